package org.islet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.islet.model.CardNetworks;
import org.islet.model.InferenceMemory;
import org.islet.object.S3Address;
import org.islet.object.S3Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesAndModelsProbeTest {

  @TempDir private Path folder;

  private List<Finding> routes() {
    return new RoutesProbe(
            folder,
            folder.resolve("stages"),
            new CardNetworks(Path.of("models"), new InferenceMemory(1500L << 20)))
        .look();
  }

  private void write(String name, String step) throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        "- route:\n    from:\n      uri: direct:%s\n      steps:\n        - to: %s\n"
            .formatted(name, step));
  }

  private List<Finding> models(String script) throws Exception {
    return new ModelsProbe(new Child(List.of("sh", "-c", script)), folder).look();
  }

  @Test
  void routes_that_are_right_are_named() throws IOException {
    write("a", "stage:threshold?output=mask");
    write("b", "stage:threshold?output=mask");
    assertEquals(List.of(Finding.ok("routes", "nothing is wrong with a, b")), routes());
  }

  @Test
  void what_is_wrong_with_a_route_is_told_with_file_and_line() throws IOException {
    write("a", "stage:thresold?output=mask");
    List<Finding> found = routes();
    assertEquals(Verdict.WRONG, found.get(0).verdict());
    assertTrue(found.get(0).said().contains("a.yaml, line 5: "), found.get(0).said());
  }

  @Test
  void no_route_at_all_is_wrong() {
    assertEquals(Verdict.WRONG, routes().get(0).verdict());
  }

  @Test
  void intake_routes_are_read_and_not_started() throws IOException {
    assertEquals(
        "CTs come from inbox:intake, jms:queue:{{islet.queue.requests}}",
        new IntakeProbe(Path.of("routes/intake")).look().get(0).said());
    assertEquals(Verdict.NOTE, new IntakeProbe(folder.resolve("none")).look().get(0).verdict());
    Files.writeString(folder.resolve("bad.yaml"), "- route:\n    form: [\n");
    Finding bad = new IntakeProbe(folder).look().get(0);
    assertEquals(Verdict.WRONG, bad.verdict());
    assertTrue(bad.said().contains("bad.yaml"), bad.said());
  }

  @Test
  void models_are_told_as_the_process_found_them() throws Exception {
    assertEquals(
        List.of(
            Finding.ok("models", "loaded and warmed: a/1, c/3"),
            Finding.wrong(
                "models",
                "b: It is damaged.",
                "Mend it, or take its version's folder out of " + folder + ".")),
        models("printf 'loaded\\ta/1\\nrefused\\tb\\tIt is damaged.\\nloaded\\tc/3\\n'"));
    assertEquals(Verdict.WRONG, models("true").get(0).verdict());
  }

  @Test
  void a_model_that_ends_the_process_is_wrong_beside_those_that_were_loaded() throws Exception {
    List<Finding> found = models("printf 'loaded\\ta/1\\n'; echo 'Aborted' >&2; exit 134");
    assertEquals("loaded and warmed: a/1", found.get(0).said());
    assertEquals("loading them ended the process (exit code 134): Aborted", found.get(1).said());
  }

  @Test
  void heap_and_networks_that_do_not_fit_into_the_machine_are_to_be_known() {
    JavaProbe probe = new JavaProbe(1500L << 20);
    assertEquals(Verdict.OK, probe.found(2L << 30, 4L << 30).verdict());
    assertEquals(Verdict.NOTE, probe.found(3L << 30, 4L << 30).verdict());
  }

  @Test
  void variables_that_are_no_settings_are_to_be_known() {
    assertEquals(Verdict.NOTE, new SettingsProbe(List.of("ISLET_HOME")).look().get(0).verdict());
    assertEquals(Verdict.OK, new SettingsProbe(List.of()).look().get(0).verdict());
  }

  @Test
  void object_storage_that_is_not_there_is_wrong_and_its_key_is_not_told() throws IOException {
    S3Settings settings = S3Settings.of("http://127.0.0.1:1", "eu-1", "me", "s3cret", true);
    Finding found =
        new StorageProbe(
                "results",
                "islet.results",
                S3Address.parse("s3://bucket/results").orElseThrow(),
                settings)
            .look()
            .get(0);
    assertEquals(Verdict.WRONG, found.verdict());
    assertTrue(found.said().startsWith("s3://bucket/results cannot be asked: "), found.said());
    assertFalse(found.toString().contains("s3cret"), found.toString());
  }
}
