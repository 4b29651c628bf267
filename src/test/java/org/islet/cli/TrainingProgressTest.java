package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.islet.dataset.Preparation;
import org.islet.train.Architecture;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.Augmentation;
import org.islet.train.Training;
import org.islet.train.Training.CentreLoss;
import org.islet.train.Training.Stage;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  /** 2000 voxels a step. */
  private static final Training COARSE =
      training(Stage.COARSE, 100, new Size(10, 10, 10), new Size(10, 10, 10));

  /** 8000 voxels a step: as long as four of the coarse network's. */
  private static final Training FINE =
      training(Stage.FINE, 50, new Size(20, 20, 10), new Size(20, 20, 20));

  private static Training training(Stage stage, int steps, Size window, Size lastWindow) {
    return new Training(
        stage,
        new Preparation.Coarse(4),
        Architecture.plain(2, 2, Normalisation.BATCH, 1),
        window,
        lastWindow,
        steps,
        1,
        0.01,
        CentreLoss.NONE,
        Augmentation.NONE,
        1);
  }

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private long seconds;

  private TrainingProgress progress(boolean terminal) {
    TrainingProgress progress =
        new TrainingProgress(
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            terminal,
            () -> TimeUnit.SECONDS.toNanos(seconds));
    progress.planned(List.of(COARSE, FINE), List.of(0, 1));
    return progress;
  }

  /** What was shown since the last time. */
  private String shown() {
    String text = shown.toString(StandardCharsets.UTF_8);
    shown.reset();
    return text;
  }

  @Test
  void on_a_terminal_one_line_is_written_anew_for_each_step() {
    try (TrainingProgress progress = progress(true)) {
      progress.begins(COARSE, 0, "up to 100 MiB of memory");
      assertEquals(
          "coarse network, fold 0 left out: 100 steps, up to 100 MiB of memory\n", shown());
      progress.step(1, 0.98765);
      assertEquals(
          "\r\033[Kcoarse, fold 0 [················] 1/100, Dice loss 0.9877, DSC –, -:--:-- left",
          shown());
      progress.epoch(1, 1, 0.5, true);
      assertEquals("", shown());
      // 10 s a step: 50 steps here, 100 of the other fold, and twice 50 that last 40 s each.
      seconds = 490;
      progress.step(50, 0.25);
      assertEquals(
          "\r\033[Kcoarse, fold 0 [████████········] 50/100, Dice loss 0.2500, DSC 0.5000,"
              + " 1:31:40 left",
          shown());
    }
    assertEquals("\n", shown());
  }

  @Test
  void the_time_left_counts_only_what_is_still_to_come_and_goes_by_the_network_under_way() {
    TrainingProgress progress = progress(true);
    progress.begins(COARSE, 1, "");
    progress.step(1, 0.5);
    seconds = 99;
    progress.step(100, 0.5); // 1 s a step
    assertTrue(shown().endsWith(" 0:06:40 left"), "twice 50 steps of 4 s");
    progress.begins(FINE, 1, ""); // fold 0 was trained before
    progress.step(11, 0.5); // gone on with
    assertTrue(shown().endsWith(" 0:02:36 left"), "39 steps, at the pace of before");
    seconds += 9;
    progress.step(20, 0.5);
    assertTrue(shown().endsWith(" 0:00:30 left"), "30 steps, at the pace of now");
  }

  @Test
  void larger_windows_are_reckoned_with_beforehand_and_go_by_their_own_pace_once_they_are_seen() {
    Training training = training(Stage.FINE, 100, new Size(10, 10, 10), new Size(20, 20, 10));
    TimeLeft left =
        new TimeLeft(List.of(training), List.of(0), () -> TimeUnit.SECONDS.toNanos(seconds));
    left.begins(training, 0);
    assertTrue(left.after(1).isEmpty());
    seconds = 50; // 1 s a step, up to step 70; then there are twice as many voxels
    assertEquals(19 + 30 * 2, left.after(51).orElseThrow(), 1e-9);
    assertEquals(29 * 2, left.after(71).orElseThrow(), 1e-9);
    seconds += 10;
    assertEquals(28 * 10, left.after(72).orElseThrow(), 1e-9);
  }

  @Test
  void elsewhere_there_is_a_line_for_every_20_cases_or_steps_and_for_every_epoch() {
    TrainingProgress progress = progress(false);
    progress.prepared(19, 21);
    assertEquals("", shown());
    seconds = 65;
    progress.prepared(20, 21);
    progress.prepared(21, 21);
    assertEquals("20 of 21 cases prepared, 0:01:05\n21 of 21 cases prepared, 0:01:05\n", shown());
    progress.begins(FINE, 1, "");
    shown();
    progress.step(19, 0.5);
    assertEquals("", shown());
    seconds += 2;
    progress.step(20, 0.5);
    assertEquals("fine: step 20 of 50, Dice loss 0.5000, 0:01:00 left\n", shown());
    progress.epoch(3, 20, 0.71234, true);
    progress.epoch(4, 21, 0.7, false);
    assertEquals(
        """
        fine: epoch 3 ends, validation DSC 0.7123, the best so far
        fine: epoch 4 ends, validation DSC 0.7000
        """,
        shown());
    progress.step(50, 0.5);
    assertEquals("fine: step 50 of 50, Dice loss 0.5000, 0:00:00 left\n", shown());
    progress.close();
    assertEquals("", shown());
  }

  @Test
  void what_is_told_on_a_terminal_stands_on_a_line_of_its_own() {
    TrainingProgress progress = progress(true);
    progress.prepared(3, 4);
    progress.stopping();
    assertEquals(
        "\r\033[K3 of 4 cases prepared, 0:00:00\nislet: stopping after the step under way\n",
        shown());
  }
}
