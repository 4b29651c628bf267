package org.islet.cli;

import java.util.function.UnaryOperator;
import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.model.ModelStore;
import org.islet.stage.Network;

/**
 * The models of a store.
 *
 * @param standIn which model stands for one that a route names
 */
record StoredModels(ModelStore store, UnaryOperator<String> standIn) implements RouteModels {

  @Override
  public Network get(String model) {
    return store.get(standIn.apply(model));
  }

  @Override
  public CaseReport.Model describe(String id) {
    return new CaseReport.Model(id, store.digest(id), store.card(id).warning());
  }

  @Override
  public void close() {}
}
