package org.islet.cli;

import java.nio.file.Path;
import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.model.CardNetworks;
import org.islet.model.InferenceMemory;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;

/** The models of a folder, for whoever checks routes and runs none: TensorFlow is never loaded. */
record CardedModels(Path folder, InferenceMemory memory) implements RouteModels.Source {

  @Override
  public RouteModels open() {
    return new Opened(new CardNetworks(folder, memory));
  }

  @Override
  public String state() {
    return new CardNetworks(folder, memory).state();
  }

  private record Opened(CardNetworks models) implements RouteModels {

    @Override
    public Network get(String model, NetworkOptions options) {
      return models.get(model, options);
    }

    @Override
    public CaseReport.Model describe(String id) {
      return CaseReport.Model.of(id, models.digest(id), models.card(id).warning());
    }

    @Override
    public void close() {
      // Nothing was loaded.
    }
  }
}
