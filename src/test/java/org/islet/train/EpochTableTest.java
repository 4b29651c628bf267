package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.islet.train.Epochs.Epoch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochTableTest {

  @TempDir private Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve(EpochTable.NAME), text);
  }

  @Test
  void what_a_training_writes_of_its_epochs_comes_back_by_column() throws IOException {
    Path file = folder.resolve(EpochTable.NAME);
    Epochs epochs = new Epochs(file, 0);
    epochs.add(new Epoch(1, 5, new Trainer.Learnt(0.75, 0.01, 2), 0.5, 1.25));
    epochs.add(new Epoch(2, 10, new Trainer.Learnt(0.5, 0.005, 1), 0.625, 0));
    EpochTable table = EpochTable.read(file);
    assertEquals(Map.of(1, 0.5, 2, 0.625), table.column("validation_dsc"));
    assertEquals(Map.of(1, 1.25, 2, 0.0), table.column("validation_isolated"));
    assertEquals(Map.of(1, 0.01, 2, 0.005), table.column("centre_loss"));
    assertEquals(1, new Epochs(file, 9).count(), "an epoch that ends later is forgotten");
  }

  @Test
  void an_epoch_as_good_as_one_before_is_not_the_best_also_after_the_file_was_read()
      throws IOException {
    Path file = folder.resolve(EpochTable.NAME);
    Epoch third = new Epoch(1, 5, new Trainer.Learnt(1 / 3.0, 0, 1e-7), 1 / 3.0, 0);
    Epochs epochs = new Epochs(file, 0);
    epochs.add(third);
    assertTrue(epochs.lastIsBest());
    Epochs again = new Epochs(file, 5);
    assertEquals(epochs.byNumber(Epoch::dsc), again.byNumber(Epoch::dsc));
    again.add(new Epoch(2, 10, third.learnt(), 1 / 3.0, 0));
    assertFalse(again.lastIsBest());
    again.add(new Epoch(3, 15, third.learnt(), 0.333335, 0));
    assertTrue(again.lastIsBest());
  }

  @Test
  void a_column_that_is_not_there_is_refused_with_those_that_are() throws IOException {
    EpochTable table = EpochTable.read(write("epoch,step\n1,5\n"));
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> table.column("dsc")).getMessage();
    assertEquals(table.file() + " has no column dsc, but epoch, step.", refusal);
  }

  @Test
  void a_line_that_is_no_row_is_refused_with_its_number() throws IOException {
    Path words = write("epoch,step\n1,5\n2,x\n");
    String refusal = assertThrows(IOException.class, () -> EpochTable.read(words)).getMessage();
    assertEquals(words + ", line 3: \"2,x\" is not a row of numbers.", refusal);
    Path narrow = write("epoch,step\n1\n");
    refusal = assertThrows(IOException.class, () -> EpochTable.read(narrow)).getMessage();
    assertEquals(narrow + ", line 2, has 1 columns, but line 1 names 2.", refusal);
  }

  @Test
  void a_training_does_not_go_on_with_other_columns() throws IOException {
    Path other = write("epoch,step,dice_loss,centre_loss,gradient_norm,validation_dsc\n");
    String refusal = assertThrows(IOException.class, () -> new Epochs(other, 0)).getMessage();
    assertTrue(refusal.contains("Begin the run anew."), refusal);
  }
}
