package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training command as users type it, on a folder of labelled CTs. */
class TrainingIT {

  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void makeData() throws Exception {
    data = folder.resolve("data");
    try (IsletProcess islet =
        IsletProcess.start(
            folder, "phantom", "--out", data.toString(), "--size", "96,96,64", "--count", "4")) {
      assertEquals(0, islet.exitCode(), islet.err());
    }
  }

  private IsletProcess train(String run, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--data", data.toString(), "--run", folder.resolve(run).toString()));
    arguments.addAll(List.of("--models", folder.resolve("models").toString(), "--name", run));
    arguments.addAll(List.of("--stage", "coarse", "--folds", "2", "--steps", "30"));
    arguments.addAll(List.of("--levels", "2", "--base-channels", "2", "--window", "16,16,16"));
    arguments.addAll(List.of(more));
    return IsletProcess.start(folder, arguments.toArray(String[]::new));
  }

  /** Kills a training once it has told of an epoch. */
  private static void killAfterEpoch(int number, IsletProcess islet) throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> islet.err().contains("epoch " + number + " ends") || !islet.isAlive());
    assertTrue(islet.isAlive(), islet.err());
    islet.kill();
  }

  @Test
  void killed_twice_and_resumed_it_makes_the_model_that_it_would_have_made() throws Exception {
    try (IsletProcess calm = train("calm")) {
      assertEquals(0, calm.exitCode(), calm.err());
    }
    try (IsletProcess first = train("killed")) {
      killAfterEpoch(3, first);
    }
    try (IsletProcess second = train("killed", "--resume")) {
      killAfterEpoch(9, second);
      assertFalse(second.err().contains("epoch 3 ends"), second.err());
    }
    try (IsletProcess last = train("killed", "--resume")) {
      assertEquals(0, last.exitCode(), last.err());
      assertTrue(last.err().contains("MiB of memory"), last.err());
      assertEquals(folder.resolve("models/killed-coarse/1"), Path.of(last.out().strip()));
    }
    for (String file : List.of("saved_model.pb", "model.yaml")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("models/calm-coarse/1").resolve(file)),
          Files.readAllBytes(folder.resolve("models/killed-coarse/1").resolve(file)),
          file);
    }
  }

  @Test
  void bad_data_are_all_named_before_the_first_step() throws Exception {
    Files.delete(data.resolve("labels/phantom-0002.nii.gz"));
    Files.write(data.resolve("images/phantom-0003.nii.gz"), new byte[100]);
    try (IsletProcess islet = train("bad")) {
      assertEquals(1, islet.exitCode());
      assertTrue(islet.err().contains("phantom-0002.nii.gz: "), islet.err());
      assertTrue(islet.err().contains("phantom-0003.nii.gz: "), islet.err());
      assertFalse(islet.err().contains("network, fold"), islet.err());
    }
  }
}
