package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.stage.Network;
import org.islet.stage.SliceAxis;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardNetworksTest {

  private static final ModelCard.Output OUTPUT =
      new ModelCard.Output("probability", ModelCard.Kind.THRESHOLD, 1, 0, 0.5f);

  @TempDir private Path root;
  private CardNetworks networks;

  @BeforeEach
  void make_a_folder() {
    networks = new CardNetworks(root, new InferenceMemory(1 << 20));
  }

  /** Puts a version into the folder whose SavedModel nobody could load. */
  private void put(String id, ModelCard.Input input, ModelCard.Memory memory, Long flopPerVoxel)
      throws IOException {
    Path version = Files.createDirectories(root.resolve(id));
    Files.createFile(version.resolve("saved_model.pb"));
    ModelCard.Work work = flopPerVoxel == null ? null : new ModelCard.Work(flopPerVoxel);
    new ModelCard("Finds nothing.", null, "MIT", input, OUTPUT, null, memory, work, null, null)
        .write(version.resolve("model.yaml"));
  }

  private static ModelCard.Input input(String layout, int divisor, Integer... size) {
    return new ModelCard.Input(
        "serving_default", "x", layout, 0, 1, divisor, size.length == 0 ? null : List.of(size));
  }

  @Test
  void a_name_is_found_as_a_store_finds_it() throws IOException {
    put("organ/2", input("NSARC", 1), null, null);
    put("organ/10", input("NARC", 1), null, null);
    for (String newest : List.of("organ", "organ/latest", "organ/10")) {
      assertEquals("organ/10", networks.get(newest).id());
    }
    assertEquals(
        "There is no model 'orgn'; did you mean 'organ'? There are: organ.",
        assertThrows(IllegalArgumentException.class, () -> networks.get("orgn")).getMessage());
    assertEquals(
        "The model 'organ' has no version 3; it has: [2, 10].",
        assertThrows(IllegalArgumentException.class, () -> networks.get("organ/3")).getMessage());
    assertEquals(Optional.of(SliceAxis.Z), networks.get("organ").slices());
    assertEquals(Optional.empty(), networks.get("organ/2").slices());
    assertEquals("NARC", networks.card("organ/10").input().layout());
  }

  @Test
  void a_folder_with_a_zero_before_its_number_is_no_version() throws IOException {
    put("organ/2", input("NSARC", 1), null, null);
    put("organ/03", input("NSARC", 1), null, null);
    assertEquals("organ/2", networks.get("organ").id());
    assertEquals(
        "'organ/03' names no version: a whole number, without a zero before it, or latest was"
            + " expected after the slash, as in pancreas-fine/1.",
        assertThrows(IllegalArgumentException.class, () -> networks.get("organ/03")).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0, 1, true", "-0.009, 1.009, true", "0, 1.02, false", "-0.02, 1, false"})
  void values_beyond_what_the_card_states_are_strange(float min, float max, boolean right)
      throws IOException {
    put("organ/1", input("NSARC", 1), null, null);
    Volume volume = Volume.of(Masks.grid(3, 1, 1), new float[] {min, 0.5f, max});
    assertEquals(right, networks.get("organ").strangeness(volume).isEmpty());
    Volume hu = Volume.of(Masks.grid(2, 2, 1), new short[] {40, -1024, 3071, 0});
    assertEquals(
        "The model organ/1 learnt from values of 0.000 to 1.000, but was given -1024 to 3071; its"
            + " answer may mean nothing. Clip them to that range first.",
        networks.get("organ").strangeness(hu).orElseThrow());
  }

  @Test
  void a_volume_that_fits_costs_its_voxels_made_up_to_the_divisor() throws IOException {
    put("organ/1", input("NSARC", 8), new ModelCard.Memory(100, 3), 2000L);
    Network organ = networks.get("organ");
    Size size = new Size(15, 16, 17); // 16×16×24
    assertEquals(100 * 6144, organ.bytes(size));
    assertEquals(1, organ.tiles(size));
    assertEquals(0.012288, organ.gigaflops(size).orElseThrow(), 1e-12);
  }

  @Test
  void a_volume_that_does_not_fit_costs_its_largest_tile_and_the_work_of_all() throws IOException {
    put("organ/1", input("NSARC", 4), new ModelCard.Memory(64, 5), 1000L);
    Network organ = networks.get("organ");
    // 16384 voxels are allowed: 64×16×32 is cut once along x, with 8 voxels from beyond the cut,
    // and that read only once more along z.
    Size size = new Size(64, 16, 16);
    assertEquals(1, organ.tiles(size));
    Size twice = new Size(112, 16, 16);
    assertEquals(2, organ.tiles(twice));
    assertEquals(64 * 64 * 16 * 16, organ.bytes(twice));
    assertEquals(128 * 256 * 1000 / 1e9, organ.gigaflops(twice).orElseThrow(), 1e-12);
  }

  @Test
  void a_card_that_does_not_tell_the_work_tells_the_rest() throws IOException {
    put("organ/1", input("NSARC", 1), null, null);
    Network organ = networks.get("organ");
    assertEquals(OptionalDouble.empty(), organ.gigaflops(new Size(4, 4, 4)));
    assertEquals(64 * 1024, organ.bytes(new Size(4, 4, 4)));
    assertEquals(
        "The model organ/1 needs 31 MiB for a volume of 20×40×40, more than the 1 MiB allowed, and"
            + " cannot be run in tiles because its model.yaml gives no memory.receptive-radius."
            + " Raise islet.inference.memory or add it.",
        refusal(organ, new Size(40, 40, 20)).replace("40×40×20", "20×40×40"));
  }

  @Test
  void a_fixed_size_is_the_only_one_and_named_along_the_patients_axes() throws IOException {
    put("organ/1", input("NRASC", 1, 12, 10, 8), new ModelCard.Memory(64, null), 10L);
    Network organ = networks.get("organ");
    assertEquals(64 * 960, organ.bytes(new Size(12, 10, 8)));
    assertEquals(
        "The model organ/1 takes volumes of 12×10×8 voxels (x, y, z) and no others, but this one"
            + " has 8×10×12. Put resample-to-size before it.",
        refusal(organ, new Size(8, 10, 12)));
  }

  @Test
  void a_fixed_size_is_never_cut() throws IOException {
    put("organ/1", input("NSARC", 1, 64, 64, 64), new ModelCard.Memory(64, 1), 10L);
    assertEquals(
        "The model organ/1 needs 16 MiB for a volume of 64×64×64, more than the 1 MiB allowed, and"
            + " cannot be run in tiles because its model.yaml fixes input.size. Raise"
            + " islet.inference.memory.",
        refusal(networks.get("organ"), new Size(64, 64, 64)));
  }

  @Test
  void slices_come_in_batches_whose_neighbours_are_not_read() throws IOException {
    put("organ/1", input("NSRC", 8), new ModelCard.Memory(64, null), 10L);
    Network organ = networks.get("organ");
    // Coronal slices of 60×60, made up to 64×64: 4 of them have 16384 voxels.
    Size size = new Size(60, 11, 60);
    assertEquals(3, organ.tiles(size));
    assertEquals(64 * 4 * 64 * 64, organ.bytes(size));
    assertEquals(11 * 64 * 64 * 10 / 1e9, organ.gigaflops(size).orElseThrow(), 1e-12);
    assertEquals(
        "The model organ/1 cannot be run on a volume of 256×256×3 within 1 MiB: Not even a tile of"
            + " 65536 voxels fits: 16384 are allowed. Raise islet.inference.memory.",
        refusal(organ, new Size(250, 3, 250)));
  }

  @Test
  void slices_of_a_fixed_size_may_be_any_number() throws IOException {
    put("organ/1", input("NCAR", 1, 32, 64), new ModelCard.Memory(64, null), 10L);
    Network organ = networks.get("organ");
    assertEquals(3, organ.tiles(new Size(64, 32, 20)));
    assertEquals(
        "The model organ/1 takes volumes of 64×32×20 voxels (x, y, z) and no others, but this one"
            + " has 32×64×20. Put resample-to-size before it.",
        refusal(organ, new Size(32, 64, 20)));
  }

  @Test
  void it_runs_nothing() throws IOException {
    put("organ/1", input("NSARC", 1), null, null);
    Volume volume = Masks.indices(Masks.grid(2, 2, 2));
    assertEquals(
        "Only the card of the model organ/1 was read; it cannot be run here.",
        assertThrows(
                UnsupportedOperationException.class, () -> networks.get("organ").segment(volume))
            .getMessage());
    assertThrows(UnsupportedOperationException.class, () -> networks.get("organ").scores(volume));
  }

  private static String refusal(Network network, Size size) {
    return assertThrows(IllegalArgumentException.class, () -> network.bytes(size)).getMessage();
  }
}
