package org.islet.camel;

import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Networks;

/** Models for the routes of a test, which never change while it runs. */
final class FakeModels {

  private FakeModels() {}

  /** Networks that somebody else makes and closes. */
  static RouteModels.Source of(Networks networks) {
    return new Source() {
      @Override
      public RouteModels open() {
        return opened(networks, () -> {});
      }
    };
  }

  /** The models of a store. */
  static RouteModels.Source of(ModelStore store) {
    return new Source() {
      @Override
      public RouteModels open() {
        OpenModels models = store.open();
        return opened(models, models::close);
      }
    };
  }

  private abstract static class Source implements RouteModels.Source {
    @Override
    public String state() {
      return "";
    }
  }

  private static RouteModels opened(Networks networks, Runnable close) {
    return new RouteModels() {
      @Override
      public Network get(String model, NetworkOptions options) {
        return networks.get(model, options);
      }

      @Override
      public CaseReport.Model describe(String id) {
        return CaseReport.Model.of(id, "digest", null);
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
