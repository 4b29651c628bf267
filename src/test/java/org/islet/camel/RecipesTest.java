package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.RouteFile;
import org.islet.stage.Case;
import org.islet.stage.FakeNetwork;
import org.islet.stage.Grid;
import org.islet.stage.Network;
import org.islet.stage.Networks;
import org.islet.stage.SliceAxis;
import org.islet.stage.Stages;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe is right as it is written, and does what it says; its networks are made up. */
class RecipesTest {

  private static final Path ROUTES = Path.of("routes");
  private static final short DARK = -200;
  private static final short BRIGHT = 200;

  /** A block of 12³ voxels that is shifted by one against the blocks of 4³ along x. */
  private static final Box BLOCK = new Box(21, 16, 12, 33, 28, 24);

  /** What a network that takes the brightest voxels finds of the block, decimated by 4. */
  private static final Box COARSE_BLOCK = new Box(20, 16, 12, 32, 28, 24);

  /** Where the block is not, and too small to be seen decimated. */
  private static final Box SPECK = new Box(36, 30, 28, 38, 32, 30);

  private static final Geometry GRID = Masks.grid(64, 48, 40);

  @TempDir Path folder;

  /** The volumes that networks were given, in order. */
  private final List<Volume> seen = Collections.synchronizedList(new ArrayList<>());

  static List<String> names() throws IOException {
    return Recipes.names();
  }

  // ---- as they are written

  private static RoutePlans planned(List<RouteFile> files) {
    return new RoutePlans(
        files,
        Stages.ALL,
        FakeNetwork.byName(RecipesTest::standIn),
        Grid.ofCt(Geometry.of(new Size(256, 256, 120), 1.5, 1.5, 2)));
  }

  /** A model of any name, of slices where the name says so. */
  private static Network standIn(String model) {
    Map<String, SliceAxis> axes =
        Map.of("axial", SliceAxis.Z, "coronal", SliceAxis.Y, "sagittal", SliceAxis.X);
    return new FakeNetwork() {
      @Override
      public String id() {
        return model;
      }

      @Override
      public Optional<SliceAxis> slices() {
        return Optional.ofNullable(axes.get(model.replaceFirst(".*-", "")));
      }
    };
  }

  @Test
  void all_recipes_together_beside_the_bundled_routes_have_no_problem() throws IOException {
    List<RouteFile> files =
        Stream.of(ROUTES, Recipes.FOLDER).flatMap(f -> RouteFile.readAll(f).stream()).toList();
    RoutePlans plans = planned(files);
    assertEquals(List.of(), plans.problems());
    Set<String> expected = new TreeSet<>(names());
    expected.addAll(List.of("abdomen-crop", "pancreas-two-stage"));
    assertEquals(expected, plans.entries().keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_recipe_that_is_copied_beside_the_bundled_route_has_no_problem(String name) {
    List<RouteFile> files = new ArrayList<>(RouteFile.readAll(ROUTES));
    files.add(RouteFile.read(Recipes.FOLDER.resolve(name + ".yaml")));
    assertEquals(List.of(), planned(files).problems());
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_recipe_says_what_it_does_and_when_to_take_it_before_its_first_route(String name)
      throws IOException {
    List<String> lines = Files.readAllLines(Recipes.FOLDER.resolve(name + ".yaml"));
    List<String> comment = lines.stream().takeWhile(line -> line.startsWith("# ")).toList();
    assertTrue(comment.size() >= 3 && comment.size() <= 6, comment::toString);
    assertTrue(String.join(" ", comment).contains("Take "), comment::toString);
    assertEquals("- route:", lines.get(comment.size()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_ct_in_which_nothing_is_found_has_an_empty_result_or_none(String name) throws IOException {
    Case c = new Case("dark", ct(GRID));
    run(
        name,
        c,
        (model, options) -> model.startsWith("obelisk") ? organ(model, 2) : brightest(model));
    assertTrue(c.find(RoutePlan.RESULT).map(Mask::isEmpty).orElse(true));
  }

  // ---- what they do

  private void run(String recipe, Case c, Networks networks) throws IOException {
    run(recipe, recipe, c, networks);
  }

  private void run(String file, String route, Case c, Networks networks) throws IOException {
    try (LiveRoutes routes = Recipes.load(folder, FakeModels.of(networks), file);
        var opened = routes.open(route)) {
      opened.run(c);
    }
  }

  /** A dark CT with bright boxes. */
  private static Volume ct(Geometry grid, Box... bright) {
    short[] hu = new short[grid.size().count()];
    Arrays.fill(hu, DARK);
    for (Box box : bright) {
      paint(hu, grid.size(), box, BRIGHT);
    }
    return Volume.of(grid, hu);
  }

  private static void paint(short[] hu, Size size, Box box, short value) {
    for (int k = box.z0(); k < box.z1(); k++) {
      for (int j = box.y0(); j < box.y1(); j++) {
        for (int i = box.x0(); i < box.x1(); i++) {
          hu[size.index(i, j, k)] = value;
        }
      }
    }
  }

  private static void assertVoxels(Mask expected, Mask found) {
    assertEquals(expected.geometry(), found.geometry());
    assertEquals(expected.count(), found.count());
    assertArrayEquals(expected.toBytes(), found.toBytes());
  }

  private static void assertVoxels(Box expected, Case c) {
    assertVoxels(Masks.filled(c.get(Case.CT).geometry(), expected), c.get(RoutePlan.RESULT));
  }

  /** Takes the voxels of more than half of the range, and remembers what it was given. */
  private class Brightest implements FakeNetwork {

    private final String id;

    Brightest(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Optional<SliceAxis> slices() {
      return standIn(id).slices();
    }

    @Override
    public Mask segment(Volume volume) {
      seen.add(volume);
      return volume.within(0.5, 1);
    }

    @Override
    public Scores scores(Volume volume) {
      return Scores.of(volume.geometry(), volume.toFloats());
    }
  }

  private Network brightest(String model) {
    return new Brightest(model);
  }

  /** Keeps what the brightest have in the first slab along x in which there are any. */
  private Network head(String model) {
    return new Brightest(model) {
      @Override
      public Mask segment(Volume volume) {
        Mask whole = super.segment(volume);
        Size n = volume.size();
        int first = Box.around(whole).orElseThrow().x0();
        Box slab = new Box(first, 0, 0, first + 1, n.y(), n.z());
        return whole.cropped(slab).pastedInto(volume.geometry(), slab);
      }
    };
  }

  /** A coarse network that sees the organ's end only, and a fine one that sees all there is. */
  private Network headThenAll(String model) {
    return model.equals("pancreas-coarse") ? head(model) : brightest(model);
  }

  /** The fine network sees the left half of the block in the crop of 28 voxels along x. */
  private Network unlikeInBothBoxes(String model) {
    return new Brightest(model) {
      @Override
      public Mask segment(Volume volume) {
        Mask whole = super.segment(volume);
        Size n = volume.size();
        if (n.x() != 28) {
          return whole;
        }
        Box left = new Box(0, 0, 0, 15, n.y(), n.z());
        return whole.cropped(left).pastedInto(volume.geometry(), left);
      }
    };
  }

  @Test
  void two_stage_is_the_majority_of_the_coarse_mask_and_of_a_fine_one_in_each_box()
      throws IOException {
    Case c = new Case("1", ct(GRID, BLOCK, SPECK));
    run("two-stage", c, FakeNetwork.byName(this::unlikeInBothBoxes));
    assertEquals(new Box(12, 8, 4, 40, 36, 32), c.get(Stages.box("box-1")));
    assertEquals(new Box(10, 6, 2, 42, 38, 34), c.get(Stages.box("box-2")));
    assertVoxels(Masks.filled(GRID, COARSE_BLOCK), c.get(Stages.mask("coarse-full")));
    Box left = new Box(21, 16, 12, 27, 28, 24);
    assertVoxels(Masks.filled(GRID, left), c.get(Stages.mask("fine-1")));
    assertEquals(BLOCK.count() + SPECK.count(), c.get(Stages.mask("fine-2")).count());
    assertVoxels(new Box(21, 16, 12, 32, 28, 24), c);
  }

  @Test
  void two_stage_finds_what_the_bundled_route_finds() throws IOException {
    Case c = new Case("1", ct(GRID, BLOCK, SPECK));
    run("two-stage", c, FakeNetwork.byName(this::unlikeInBothBoxes));
    Case bundled = new Case("1", ct(GRID, BLOCK, SPECK));
    Networks networks = FakeNetwork.byName(this::unlikeInBothBoxes);
    try (LiveRoutes routes = new LiveRoutes(ROUTES, Stages.ALL, FakeModels.of(networks));
        var route = routes.open("pancreas-two-stage")) {
      route.run(bundled);
    }
    assertVoxels(bundled.get(RoutePlan.RESULT), c.get(RoutePlan.RESULT));
    assertEquals(
        bundled.slotsOf(Object.class).keySet(),
        c.slotsOf(Object.class).keySet(),
        "both write the same slots");
  }

  @Test
  void coarse_only_gives_blocks_of_4_voxels_and_never_runs_the_fine_network() throws IOException {
    Case c = new Case("2", ct(GRID, BLOCK, new Box(48, 40, 32, 52, 44, 36)));
    run("coarse-only", c, FakeNetwork.byName(this::brightest));
    assertVoxels(COARSE_BLOCK, c);
    assertEquals(List.of("pancreas-coarse"), c.models());
  }

  @Test
  void one_box_gives_the_largest_piece_of_what_is_found_in_the_box_of_the_small_mask()
      throws IOException {
    Case c = new Case("3", ct(GRID, BLOCK, SPECK));
    run("one-box", c, FakeNetwork.byName(this::brightest));
    assertEquals(new Box(12, 8, 4, 40, 36, 32), c.get(Stages.box("box")));
    assertEquals(BLOCK.count() + SPECK.count(), c.get(Stages.mask("fine")).count());
    assertVoxels(BLOCK, c);
  }

  @Test
  void coarse_to_fine_gives_all_pieces_of_what_is_found_in_the_box_of_the_full_mask()
      throws IOException {
    Case c = new Case("4", ct(GRID, BLOCK, SPECK));
    run("coarse-to-fine", c, FakeNetwork.byName(this::brightest));
    assertEquals(new Box(10, 6, 2, 42, 38, 34), c.get(Stages.box("box")));
    assertEquals(BLOCK.count() + SPECK.count(), c.get(RoutePlan.RESULT).count());
  }

  /**
   * A rod whose end is at x = 12; from it each pass sees 10 voxels further. 60 voxels are seen
   * whole after the sixth pass, and the masks of the fifth and the sixth have a Dice of 108 / 114;
   * of 300 voxels the tenth pass sees 104.
   */
  @ParameterizedTest
  @CsvSource({"60, 7, 60", "300, 10, 104"})
  void fixed_point_ends_when_two_masks_agree_and_after_ten_passes_at_the_latest(
      int length, int passes, int found) throws IOException {
    Case c = new Case("5", ct(Masks.grid(320, 16, 16), new Box(12, 4, 4, 12 + length, 12, 12)));
    run("fixed-point", c, FakeNetwork.byName(this::headThenAll));
    assertEquals(4 + passes * 6 + 1, c.runs().size());
    assertVoxels(new Box(12, 4, 4, 12 + found, 12, 12), c);
  }

  @Test
  void wider_retry_looks_again_in_a_wider_box_where_the_mask_reaches_a_side_of_the_first()
      throws IOException {
    Box rod = new Box(12, 4, 4, 40, 12, 12);
    Case c = new Case("7", ct(Masks.grid(64, 16, 16), rod));
    run("wider-retry", c, FakeNetwork.byName(this::headThenAll));
    assertEquals(new Box(6, 0, 0, 22, 16, 16), c.get(Stages.box("narrow")));
    assertEquals(new Box(0, 0, 0, 42, 16, 16), c.get(Stages.box("wide")));
    assertEquals(3, seen.size());
    assertVoxels(rod, c);
  }

  @Test
  void wider_retry_is_content_with_the_first_box_where_the_mask_ends_inside() throws IOException {
    Box rod = new Box(12, 4, 4, 20, 12, 12);
    Case c = new Case("7", ct(Masks.grid(64, 16, 16), rod));
    run("wider-retry", c, FakeNetwork.byName(this::headThenAll));
    assertFalse(c.isWritten(Stages.box("wide")));
    assertEquals(2, seen.size());
    assertVoxels(rod, c);
  }

  @Test
  void fixed_spacing_shows_the_networks_voxels_of_08_by_08_by_1_mm_and_returns_to_those_of_the_ct()
      throws IOException {
    Geometry grid = Geometry.of(new Size(32, 24, 20), 1.6, 1.6, 2);
    Box organ = new Box(10, 8, 6, 16, 14, 12);
    Case c = new Case("8", ct(grid, organ));
    run("fixed-spacing", c, FakeNetwork.byName(this::brightest));
    assertEquals(
        List.of(new Size(16, 12, 10), new Size(28, 28, 28)),
        seen.stream().map(Volume::size).toList());
    for (int axis = 0; axis < 3; axis++) {
      assertEquals(axis < 2 ? 3.2 : 4, seen.get(0).geometry().spacing(axis), 1e-9);
      assertEquals(axis < 2 ? 0.8 : 1, seen.get(1).geometry().spacing(axis), 1e-9);
    }
    assertVoxels(organ, c);
  }

  /**
   * Beside the organ, of which one network in four is sure, lies what all are in doubt about: the
   * mean takes the first, and a majority of the four masks would take neither.
   */
  private Network ofFold(String model) {
    float sure = model.equals("ours-fine/1") ? 0.9f : 0.4f;
    float doubtful = model.equals("ours-fine/4") ? 0.6f : 0.45f;
    return new Brightest(model) {
      @Override
      public Scores scores(Volume volume) {
        float[] values = volume.toFloats();
        for (int i = 0; i < values.length; i++) {
          values[i] = values[i] > 0.85f ? sure : values[i] > 0.7f ? doubtful : 0;
        }
        return Scores.of(volume.geometry(), values);
      }
    };
  }

  @Test
  void ensemble_keeps_what_has_a_mean_probability_of_one_half() throws IOException {
    short[] hu = new short[GRID.size().count()];
    Arrays.fill(hu, DARK);
    paint(hu, GRID.size(), BLOCK, BRIGHT);
    paint(hu, GRID.size(), new Box(21, 28, 12, 33, 32, 24), (short) 150);
    Case c = new Case("9", Volume.of(GRID, hu));
    run("ensemble", c, FakeNetwork.byName(this::ofFold));
    assertVoxels(BLOCK, c);
    assertEquals(
        List.of("ours-coarse", "ours-fine/1", "ours-fine/2", "ours-fine/3", "ours-fine/4"),
        c.models());
  }

  /** Nine classes: one has what is brighter than fat and organ mixed, the first all else. */
  private Network organ(String model, int label) {
    return new Brightest(model) {
      @Override
      public Scores scores(Volume volume) {
        seen.add(volume);
        float[][] scores = new float[9][volume.size().count()];
        for (int i = 0; i < scores[0].length; i++) {
          scores[volume.at(i) >= 10 ? label : 0][i] = 1;
        }
        return Scores.of(volume.geometry(), scores);
      }
    };
  }

  private static final Box BODY = new Box(10, 8, 0, 50, 42, 40);
  private static final Box ORGAN = new Box(20, 20, 10, 32, 30, 20);

  /** Air, and a body of fat in which there is an organ, with voxels of 3 mm. */
  private static Case trunk() {
    Geometry grid = Geometry.of(new Size(60, 50, 40), 3, 3, 3);
    short[] hu = new short[grid.size().count()];
    Arrays.fill(hu, (short) -1000);
    paint(hu, grid.size(), BODY, (short) -100);
    paint(hu, grid.size(), ORGAN, (short) 120);
    return new Case("10", Volume.of(grid, hu));
  }

  @Test
  void liver_is_the_seventh_class_of_what_the_network_finds_in_the_body() throws IOException {
    Case c = trunk();
    run("liver", c, (model, options) -> organ(model, 6));
    assertEquals(c.get(Case.CT).geometry().cropped(BODY).resized(cube()), seen.get(0).geometry());
    assertVoxels(ORGAN, c);
  }

  @Test
  void abdomen_unet_is_the_third_class_of_what_the_network_finds_in_the_body() throws IOException {
    Case c = trunk();
    run("abdomen-unet", c, (model, options) -> organ(model, 2));
    assertEquals(c.get(Case.CT).geometry().cropped(BODY).resized(cube()), seen.get(0).geometry());
    assertVoxels(ORGAN, c);
  }

  @Test
  void abdomen_crop_shows_the_network_all_of_the_ct() throws IOException {
    Case c = trunk();
    run("abdomen-unet", "abdomen-crop", c, (model, options) -> organ(model, 2));
    assertEquals(c.get(Case.CT).geometry().resized(cube()), seen.get(0).geometry());
    assertVoxels(ORGAN, c);
  }

  private static Size cube() {
    return new Size(144, 144, 144);
  }
}
