package org.islet.camel;

import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.stage.Network;
import org.islet.stage.Networks;

/** Networks made up for a test, which never change. */
record FakeModels(Networks networks) implements RouteModels.Source {

  @Override
  public RouteModels open() {
    return new RouteModels() {
      @Override
      public Network get(String model) {
        return networks.get(model);
      }

      @Override
      public CaseReport.Model describe(String id) {
        return new CaseReport.Model(id, "digest", null);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public String state() {
    return "";
  }
}
