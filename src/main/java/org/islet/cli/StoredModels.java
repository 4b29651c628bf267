package org.islet.cli;

import java.util.function.UnaryOperator;
import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;

/**
 * The models of a store, for routes.
 *
 * @param standIn which model stands for one that a route names
 */
record StoredModels(ModelStore store, UnaryOperator<String> standIn) implements RouteModels.Source {

  @Override
  public RouteModels open() {
    return new Opened(store.open(), standIn);
  }

  @Override
  public String state() {
    return store.state();
  }

  private record Opened(OpenModels models, UnaryOperator<String> standIn) implements RouteModels {

    @Override
    public Network get(String model, NetworkOptions options) {
      return models.get(standIn.apply(model), options);
    }

    @Override
    public CaseReport.Model describe(String id) {
      return CaseReport.Model.of(id, models.digest(id), models.card(id).warning());
    }

    @Override
    public void close() {
      models.close();
    }
  }
}
