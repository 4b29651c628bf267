package org.islet.carry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.disk.Disk;
import org.islet.object.FolderStore;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriedSlotsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** More voxels than one piece holds, as numbers of either kind, and no multiple of eight. */
  private static final Size LARGE = new Size(211, 103, 101);

  @TempDir Path folder;

  private static Map<String, Optional<Object>> slots(String name, Object value) {
    return Map.of(name, Optional.ofNullable(value));
  }

  /** What comes of slots that are kept, told by JSON and got again. */
  private static Map<String, Optional<Object>> carried(
      Map<String, Optional<Object>> values, Path root) throws IOException {
    CarryPlace place = new CarryFolder(root);
    CarriedSlots kept = CarriedSlots.keep(values, place, "case/1");
    CarriedSlots told = JSON.readValue(JSON.writeValueAsString(kept), CarriedSlots.class);
    return told.values(place);
  }

  private <T> T carried(T value) throws IOException {
    @SuppressWarnings("unchecked")
    T again = (T) carried(slots("slot", value), folder).get("slot").orElseThrow();
    return again;
  }

  private static Geometry oblique(Size size) {
    return new Geometry(
        size, Affine.of(0.7, 0.1, 0, -101.25, -0.1, 0.7, 1e-9, 33.3, 0, 0.2, 2.5, 1 / 3.0));
  }

  private static short[] shorts(Size size, long seed) {
    Random random = new Random(seed);
    short[] voxels = new short[size.count()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (short) random.nextInt();
    }
    return voxels;
  }

  private static void assertSameBits(float[] expected, float[] found) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(found[i]), "voxel " + i);
    }
  }

  @Test
  void whole_numbers_stay_whole_numbers_on_the_same_grid() throws IOException {
    short[] voxels = shorts(LARGE, 1);
    Volume again = carried(Volume.of(oblique(LARGE), voxels));
    assertArrayEquals(voxels, again.shorts().orElseThrow());
    assertEquals(oblique(LARGE), again.geometry());
  }

  @Test
  void floats_come_again_to_the_last_bit() throws IOException {
    float[] voxels = new float[LARGE.count()];
    Random random = new Random(2);
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = Float.intBitsToFloat(random.nextInt());
    }
    voxels[0] = -0.0f;
    voxels[1] = Float.NEGATIVE_INFINITY;
    voxels[voxels.length - 1] = Float.MIN_VALUE;
    assertSameBits(voxels, carried(Volume.of(oblique(LARGE), voxels)).toFloats());
  }

  @Test
  void a_clipped_volume_shares_the_voxels_of_its_ct_which_are_kept_once() throws IOException {
    Volume ct = Volume.of(oblique(LARGE), shorts(LARGE, 3));
    Volume clipped = ct.clippedToUnit(-100, 240);
    Map<String, Optional<Object>> again =
        carried(Map.of("ct", Optional.of(ct), "clipped", Optional.of(clipped)), folder);
    Volume clippedAgain = (Volume) again.get("clipped").orElseThrow();
    assertSameBits(clipped.toFloats(), clippedAgain.toFloats());
    assertSame(
        ((Volume) again.get("ct").orElseThrow()).stored().voxels(), clippedAgain.stored().voxels());
    assertEquals(2L * LARGE.count(), bytesBelow(folder));
  }

  private static long bytesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  @Property(tries = 60)
  void a_mask_comes_again_in_its_frame(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int x,
      @ForAll @IntRange(min = 1, max = 9) int y,
      @ForAll @IntRange(min = 1, max = 9) int z)
      throws IOException {
    Random random = new Random(seed);
    Size size = new Size(x, y, z);
    Box frame = new Box(random.nextInt(x), random.nextInt(y), random.nextInt(z), x, y, z);
    byte[] framed = new byte[(int) frame.count()];
    for (int i = 0; i < framed.length; i++) {
      framed[i] = (byte) random.nextInt(2);
    }
    Path root = Files.createTempDirectory("carried");
    try {
      Mask mask = Mask.of(oblique(size), frame, framed);
      Mask again = (Mask) carried(slots("mask", mask), root).get("mask").orElseThrow();
      assertEquals(frame, again.frame());
      assertEquals(mask.geometry(), again.geometry());
      assertArrayEquals(mask.toBytes(), again.toBytes());
      assertEquals((frame.count() + 7) / 8, bytesBelow(root));
    } finally {
      Disk.delete(root);
    }
  }

  @Test
  void scores_boxes_numbers_truths_and_what_is_absent_come_again() throws IOException {
    Size size = new Size(5, 4, 3);
    float[] first = new float[size.count()];
    float[] second = new float[size.count()];
    first[7] = 0.25f;
    second[59] = Float.NaN;
    Map<String, Optional<Object>> again =
        carried(
            Map.of(
                "scores", Optional.of(Scores.of(oblique(size), first, second)),
                "box", Optional.of(new Box(1, 2, 0, 4, 4, 3)),
                "number", Optional.of(1 / 3.0),
                "yes", Optional.of(true),
                "no", Optional.of(false),
                "nothing", Optional.empty()),
            folder);
    Scores scores = (Scores) again.remove("scores").orElseThrow();
    assertEquals(2, scores.channels());
    assertSameBits(first, scores.channel(0).toFloats());
    assertSameBits(second, scores.channel(1).toFloats());
    assertEquals(
        Map.of(
            "box", Optional.of(new Box(1, 2, 0, 4, 4, 3)),
            "number", Optional.of(1 / 3.0),
            "yes", Optional.of(true),
            "no", Optional.of(false),
            "nothing", Optional.empty()),
        again);
  }

  @Test
  void what_cannot_travel_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> carried("text"));
  }

  private CarriedSlots kept(CarryPlace place) throws IOException {
    return CarriedSlots.keep(
        slots("ct", Volume.of(oblique(LARGE), shorts(LARGE, 4))), place, "case/1");
  }

  @Test
  void damage_and_loss_are_told_from_a_place_that_is_away() throws IOException {
    Path root = folder.resolve("carried");
    CarryPlace place = new CarryFolder(root);
    CarriedSlots kept = kept(place);
    Path file = root.resolve("case/1/0");
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);
    CarriedLostException damage =
        assertThrows(CarriedLostException.class, () -> kept.values(place));
    assertTrue(damage.getMessage().contains("SHA-256"), damage.getMessage());
    Files.write(file, List.of("short"));
    assertThrows(CarriedLostException.class, () -> kept.values(place));
    Files.delete(file);
    assertThrows(CarriedLostException.class, () -> kept.values(place));
    Files.move(root, folder.resolve("elsewhere"));
    IOException away = assertThrows(IOException.class, () -> kept.values(place));
    assertFalse(away instanceof CarriedLostException, away.toString());
  }

  @Test
  void nothing_is_ever_kept_in_the_place_of_another() throws IOException {
    CarryPlace place = new CarryFolder(folder);
    kept(place);
    assertThrows(IOException.class, () -> kept(place));
  }

  @Test
  void what_is_kept_is_listed_by_case_and_forgotten_with_it() throws IOException {
    CarryPlace place = new CarryFolder(folder.resolve("carried"));
    assertEquals(Map.of(), place.kept());
    Instant before = Instant.now().minusSeconds(5);
    kept(place);
    assertEquals(List.of("case"), List.copyOf(place.kept().keySet()));
    assertTrue(place.kept().get("case").isAfter(before));
    place.forget("case");
    place.forget("case");
    assertEquals(Map.of(), place.kept());
  }

  @Test
  void objects_hold_what_files_do() throws IOException {
    Path scratch = folder.resolve("scratch");
    CarryPlace place = new CarryObjects(new FolderStore(folder.resolve("objects")), scratch);
    CarriedSlots kept = kept(place);
    Volume again = (Volume) kept.values(place).get("ct").orElseThrow();
    assertArrayEquals(shorts(LARGE, 4), again.shorts().orElseThrow());
    assertEquals(List.of("case"), List.copyOf(place.kept().keySet()));
    assertEquals(0, bytesBelow(scratch), "what was on its way is left");
    Path object = folder.resolve("objects/case/1/0");
    byte[] bytes = Files.readAllBytes(object);
    bytes[0] ^= 1;
    Files.write(object, bytes);
    assertThrows(CarriedLostException.class, () -> kept.values(place));
    Files.write(object, new byte[7]);
    assertThrows(CarriedLostException.class, () -> kept.values(place));
    place.forget("case");
    assertThrows(CarriedLostException.class, () -> kept.values(place));
    assertEquals(Map.of(), place.kept());
  }
}
