package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training command as users type it, on a folder of labelled CTs. */
class TrainingIT {

  private static final NiftiReader READER = new NiftiReader(1L << 30);

  @TempDir private static Path folder;

  private static Path data;

  /** Four phantoms, each six times: 12 cases to train on make 6 steps an epoch and 5 epochs. */
  @BeforeAll
  static void makeDataAndTrainUndisturbed() throws Exception {
    data = folder.resolve("data");
    try (IsletProcess islet =
        IsletProcess.start(
            folder, "phantom", "--out", data.toString(), "--size", "96,96,64", "--count", "4")) {
      assertEquals(0, islet.exitCode(), islet.err());
    }
    for (int copy = 1; copy < 6; copy++) {
      copyPhantoms(data, "copy-%d-".formatted(copy));
    }
    try (IsletProcess calm = train("calm")) {
      assertEquals(0, calm.exitCode(), calm.err());
    }
  }

  /** Copies the four phantoms under other names. */
  private static void copyPhantoms(Path to, String prefix) throws IOException {
    for (String kind : List.of("images", "labels")) {
      Files.createDirectories(to.resolve(kind));
      for (int i = 1; i <= 4; i++) {
        String name = "phantom-000%d.nii.gz".formatted(i);
        Files.copy(data.resolve(kind).resolve(name), to.resolve(kind).resolve(prefix + name));
      }
    }
  }

  private static IsletProcess train(String run, String... more) throws IOException {
    return IsletProcess.start(folder, arguments(data, run, more));
  }

  private static String[] arguments(Path data, String run, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--data", data.toString(), "--run", folder.resolve(run).toString()));
    arguments.addAll(List.of("--models", folder.resolve("models").toString(), "--name", run));
    arguments.addAll(List.of("--stage", "coarse", "--folds", "2", "--steps", "30"));
    arguments.addAll(List.of("--levels", "2", "--base-channels", "4", "--window", "16,16,16"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Waits until a training has told of an epoch. */
  private static void awaitEpoch(int number, IsletProcess islet) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> islet.err().contains("epoch " + number + " ends") || !islet.isAlive());
  }

  private static void killAfterEpoch(int number, IsletProcess islet) throws Exception {
    awaitEpoch(number, islet);
    assertTrue(islet.isAlive(), islet.err());
    islet.kill();
  }

  private void assertSameModel(String run, String other) throws IOException {
    for (String file : List.of("saved_model.pb", "model.yaml")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("models/%s-coarse/1".formatted(run)).resolve(file)),
          Files.readAllBytes(folder.resolve("models/%s-coarse/1".formatted(other)).resolve(file)),
          file);
    }
  }

  @Test
  void killed_twice_and_resumed_it_makes_the_model_that_it_would_have_made() throws Exception {
    try (IsletProcess first = train("killed")) {
      killAfterEpoch(1, first);
    }
    try (IsletProcess second = train("killed", "--resume")) {
      killAfterEpoch(3, second);
      assertFalse(second.err().contains("epoch 1 ends"), second.err());
    }
    try (IsletProcess last = train("killed", "--resume")) {
      assertEquals(0, last.exitCode(), last.err());
      assertTrue(last.err().contains("MiB of memory"), last.err());
      assertEquals(folder.resolve("models/killed-coarse/1"), Path.of(last.out().strip()));
    }
    assertSameModel("calm", "killed");
  }

  /** Sends a signal amid an epoch, and gives the step that the training says it stopped after. */
  private static int stopped(IsletProcess islet, int afterEpoch, String signal, int exitCode)
      throws Exception {
    awaitEpoch(afterEpoch, islet);
    assertTrue(islet.isAlive(), islet.err());
    islet.signal(signal);
    assertEquals(exitCode, islet.exitCode(), islet.err());
    Matcher sentence =
        Pattern.compile("islet: stopped after step (\\d+); go on with --resume\n$")
            .matcher(islet.err());
    assertTrue(sentence.find(), islet.err());
    return Integer.parseInt(sentence.group(1));
  }

  @Test
  void stopped_by_ctrl_c_and_sigterm_and_resumed_it_makes_the_model_that_it_would_have_made()
      throws Exception {
    int step;
    try (IsletProcess first = train("stopped")) {
      assumeFalse(first.ignoresInterrupts(), "This shell lets its children ignore SIGINT.");
      step = stopped(first, 1, "INT", 130);
      assertTrue(step >= 6 && step <= 12, first.err());
    }
    try (IsletProcess second = train("stopped", "--resume")) {
      int next = stopped(second, 3, "TERM", 143);
      assertTrue(next >= 18 && next <= 24, second.err());
      assertFalse(second.err().contains("epoch 1 ends"), second.err());
    }
    try (IsletProcess last = train("stopped", "--resume")) {
      assertEquals(0, last.exitCode(), last.err());
    }
    assertSameModel("calm", "stopped");
    String settings = Files.readString(folder.resolve("stopped/run.yaml"));
    assertTrue(settings.contains("learning-rate: 0.002"), "what was not asked for is as ever");
    assertTrue(settings.contains("normalisation: BATCH"), settings);
    for (String file : List.of("epochs.csv", "checkpoint")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("calm/coarse/fold-0").resolve(file)),
          Files.readAllBytes(folder.resolve("stopped/coarse/fold-0").resolve(file)),
          file);
    }
  }

  @Test
  void bad_data_are_all_named_before_the_first_step_and_train_once_they_are_mended()
      throws Exception {
    Path bad = folder.resolve("bad-data");
    copyPhantoms(bad, "");
    Path label = bad.resolve("labels/phantom-0002.nii.gz");
    Path cut = bad.resolve("images/phantom-0003.nii.gz");
    Path noNumber = bad.resolve("images/phantom-0004.nii.gz");
    Path elsewhere = bad.resolve("labels/phantom-0001.nii.gz");
    Map<Path, byte[]> whole = new LinkedHashMap<>();
    for (Path file : List.of(label, cut, noNumber, elsewhere)) {
      whole.put(file, Files.readAllBytes(file));
    }
    Files.delete(label);
    Files.write(cut, Arrays.copyOf(whole.get(cut), 1000));
    Volume ct = READER.readCt(noNumber);
    float[] hu = ct.toFloats();
    hu[5] = Float.NaN;
    NiftiWriter.write(noNumber, Volume.of(ct.geometry(), hu));
    NiftiWriter.write(elsewhere, Mask.of(Geometry.of(ct.size(), 1, 1, 9), new byte[hu.length]));
    try (IsletProcess islet = IsletProcess.start(folder, arguments(bad, "bad"))) {
      assertEquals(1, islet.exitCode());
      for (Path file : List.of(label, cut, noNumber, elsewhere)) {
        assertTrue(islet.err().contains(file.getFileName() + ": "), islet.err());
      }
      assertTrue(islet.err().contains("Voxel (5, 0, 0) is NaN"), islet.err());
      assertFalse(islet.err().contains("network, fold"), islet.err());
    }
    assertFalse(Files.exists(folder.resolve("bad/coarse")));
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    try (IsletProcess islet = IsletProcess.start(folder, arguments(bad, "bad"))) {
      assertEquals(0, islet.exitCode(), islet.err());
    }
  }

  /** A limit on a file's length stands for a full disk: Java hears of either in the same way. */
  @Test
  void a_full_disk_is_told_in_a_sentence_and_once_there_is_room_the_same_model_is_made()
      throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "There is no bash here.");
    // A prepared case has 31 KiB, a checkpoint 58, a model 22.
    assertFull(20, ".prepared could not be written", "full");
    assertFull(40, "checkpoint could not be written", "full", "--resume");
    assertFull(20, "saved_model.pb could not be written", "full", "--resume");
    try (IsletProcess last = train("full", "--resume")) {
      assertEquals(0, last.exitCode(), last.err());
    }
    assertSameModel("calm", "full");
  }

  private void assertFull(int kibibytes, String sentence, String run, String... more)
      throws Exception {
    try (IsletProcess islet =
        IsletProcess.startWithFilesOfAtMost(kibibytes, folder, arguments(data, run, more))) {
      assertEquals(1, islet.exitCode(), islet.err());
      String last = islet.err().lines().reduce((first, second) -> second).orElseThrow();
      assertTrue(last.startsWith("islet: ") && last.contains(sentence), islet.err());
      assertTrue(last.contains("make room, or choose another folder."), last);
    }
  }
}
