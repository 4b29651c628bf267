package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.islet.job.SegmentationRoute;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.ProcessorSettings;
import org.islet.route.Problem;
import org.islet.stage.Stages;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What routes say of how their networks run, with the bundled models. */
class NetworkOptionsInRoutesTest {

  @TempDir private Path folder;

  private static ModelStore store(String device) {
    return new ModelStore(
        Path.of("models"),
        new InferenceMemory(1500L << 20),
        ProcessorSettings.of(device, "growth", false),
        (id, took) -> {});
  }

  /**
   * A route whose first step, on line 5, runs the coarse network so, and the second as it comes.
   */
  private void write(String options) throws IOException {
    Files.writeString(
        folder.resolve("r.yaml"),
        """
        - route:
            from:
              uri: direct:test
              steps:
                - to: stage:infer?model=pancreas-coarse&input=ct&output=first%s
                - to: stage:infer?model=pancreas-coarse&input=ct&output=second
                - to: stage:union?inputs=first,second&output=mask
        """
            .formatted(options));
  }

  private LiveRoutes load(ModelStore store) {
    return new LiveRoutes(folder, Stages.ALL, FakeModels.of(store));
  }

  private List<String> precisions(String options) throws IOException {
    write(options);
    try (ModelStore store = store("cpu");
        LiveRoutes routes = load(store);
        SegmentationRoute route = routes.open("test")) {
      assertEquals(List.of("pancreas-coarse/2"), route.models());
      return route.describe("pancreas-coarse/2").precisions();
    }
  }

  @Test
  void a_result_tells_in_which_precisions_its_route_runs_a_model() throws IOException {
    assertEquals(List.of("float32"), precisions(""));
    assertEquals(List.of("float32"), precisions("&precision=card"));
    assertEquals(List.of("float32", "mixed"), precisions("&precision=mixed"));
  }

  @Test
  void a_route_that_wants_a_gpu_is_refused_with_file_and_line_where_there_is_none()
      throws IOException {
    write("&device=gpu");
    try (ModelStore store = store("auto")) {
      Assumptions.assumeTrue(store.runsOn().equals("the CPU"), "TensorFlow sees a GPU here.");
      List<Problem> problems =
          assertThrows(RouteProblemsException.class, () -> load(store)).problems();
      assertEquals(
          List.of(
              folder.resolve("r.yaml")
                  + ", line 5: infer: model: device=gpu asks for a GPU, but TensorFlow sees none. Take it out of"
                  + " the route, or set islet.inference.device to cpu, which runs everything on the CPU."),
          Problem.sentences(problems));
    }
  }

  @Test
  void a_route_that_wants_a_gpu_runs_on_the_cpu_where_the_settings_say_so() throws IOException {
    assertEquals(List.of("float32"), precisions("&device=gpu"));
  }
}
