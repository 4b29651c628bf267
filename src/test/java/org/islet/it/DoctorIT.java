package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code doctor} of the built application, with and without a service beside it. */
class DoctorIT {

  @TempDir private Path folder;
  @TempDir private Path home;

  private IsletProcess doctor(String... options) throws IOException {
    return IsletProcess.start(folder, List.of(options), "doctor", "--home", home.toString());
  }

  private static List<String> parts(String out, String verdict) {
    return out.lines()
        .filter(line -> line.startsWith(verdict + " "))
        .map(line -> line.substring(verdict.length()).strip().replaceFirst(" {2,}.*", ""))
        .toList();
  }

  @Test
  void a_new_home_is_ok_and_stays_as_it_is() throws Exception {
    try (IsletProcess islet = doctor()) {
      assertEquals(0, islet.exitCode(), islet.err() + islet.out());
      assertEquals(List.of(), parts(islet.out(), "wrong"));
      assertEquals(
          List.of(
              "intake/in", "intake/in-progress", "intake/done", "intake/failed", "data", "results"),
          parts(islet.out(), "note"));
      assertTrue(
          islet.out().contains("loaded and warmed: pancreas-coarse/2, pancreas-fine/2"),
          islet.out());
      assertTrue(islet.out().contains("TensorFlow 2.18.0, oneDNN "), islet.out());
      assertTrue(islet.out().endsWith("Nothing is wrong, 6 to note.\n"), islet.out());
    }
    try (Stream<Path> made = Files.list(home)) {
      assertEquals(List.of(), made.toList());
    }
  }

  @Test
  void it_works_while_the_service_runs() throws Exception {
    try (IsletProcess service =
        IsletProcess.start(folder, "serve", "--home", home.toString(), "--port", "0")) {
      await().atMost(Duration.ofMinutes(2)).until(() -> service.err().contains("Requests by AMQP"));
      assertTrue(service.err().contains("networks run on "), service.err());
      String port = service.err().replaceFirst("(?s).*AMQP 1.0 at amqp://127.0.0.1:(\\d+).*", "$1");
      try (IsletProcess islet = doctor("-Dislet.queue.port=" + port)) {
        assertEquals(0, islet.exitCode(), islet.err() + islet.out());
        assertEquals(List.of(), parts(islet.out(), "note"));
        assertTrue(
            islet.out().contains("that of the service that runs answers on 127.0.0.1:" + port),
            islet.out());
        assertTrue(islet.out().contains("open in a service that runs"), islet.out());
      }
      assertTrue(service.isAlive());
    }
  }

  @Test
  void what_is_wrong_is_told_with_what_to_do_and_ends_with_1() throws Exception {
    Files.writeString(home.resolve("results"), "a file");
    Path routes = Files.createDirectory(folder.resolve("routes"));
    Files.writeString(routes.resolve("bad.yaml"), "- route:\n    from: {uri: 'direct:x'}\n");
    try (IsletProcess islet =
        doctor(
            "-Dislet.routes=" + routes,
            "-Dislet.inference.device=gpu:63",
            "-Dislet.store.password=s3cret",
            "-Dislet.store.url=jdbc:postgresql://127.0.0.1:1/islet")) {
      assertEquals(1, islet.exitCode(), islet.err() + islet.out());
      assertTrue(
          parts(islet.out(), "wrong").containsAll(List.of("gpu", "routes", "database", "results")),
          islet.out());
      assertFalse((islet.out() + islet.err()).contains("s3cret"), islet.out());
    }
  }

  @Test
  void a_gpu_that_must_be_there_and_is_not_ends_commands_that_run_networks_with_2()
      throws Exception {
    try (IsletProcess islet =
        IsletProcess.start(
            folder, List.of("-Dislet.inference.device=gpu:63"), "segment", "none.nii")) {
      assertEquals(2, islet.exitCode(), islet.err());
      assertTrue(islet.err().contains("islet.inference.device asks for"), islet.err());
    }
  }

  @Test
  void a_setting_that_cannot_be_meant_ends_with_2() throws Exception {
    try (IsletProcess islet = doctor("-Dislet.inference.gpu-memory=2")) {
      assertEquals(2, islet.exitCode(), islet.err());
      assertTrue(
          islet.err().contains("growth, or a part of the GPU's memory from 0.01 to 1"),
          islet.err());
    }
  }
}
