package org.islet.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.islet.format.NiftiReader;
import org.islet.job.CaseReport;
import org.islet.job.ResultPlace.Reservation;
import org.islet.stage.StageDescription.Jar;
import org.islet.stage.StageRun;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {

  private static final int OUTLINE = 0xffffa000;

  @TempDir Path root;
  private final Geometry grid = Geometry.of(new Size(20, 20, 20), 1, 1, 1);
  private final Volume ct = Volume.of(grid, new short[8000]);
  private final Mask mask = Masks.filled(grid, new Box(4, 6, 8, 10, 12, 14));

  private static CaseReport report(String caseId) {
    return new CaseReport(
        CaseReport.SCHEMA,
        caseId,
        CaseReport.Outcome.DONE,
        "notice",
        new CaseReport.Input(
            "ct.nii.gz",
            "abc",
            new int[] {20, 20, 20},
            new double[] {1, 1, 1},
            "RAS",
            new double[12]),
        new CaseReport.Route("r", "def"),
        List.of(new CaseReport.Model("m/1", "123", "Only a demonstration.")),
        List.of(new Jar("others.jar", "456")),
        List.of(new StageRun("clip", "clipped", 0, 0.5)),
        new CaseReport.Seconds(1, 2, 3),
        new CaseReport.MaskSize(216, 0.216),
        Map.of("box-1", new CaseReport.BoxCorners(new int[] {1, 2, 3}, new int[] {4, 5, 6})),
        List.of("careful"),
        Map.of("islet", "test"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private Path publish() throws IOException {
    try (Reservation place = new ResultFolder(root).reserve("abc")) {
      return place.publish(report(place.caseId()), mask, ct, mask);
    }
  }

  @Test
  void nothing_is_to_be_seen_before_the_result_is_whole() throws IOException {
    try (Reservation place = new ResultFolder(root).reserve("abc")) {
      assertTrue(names().stream().allMatch(n -> n.startsWith(".")), names().toString());
      place.publish(report("abc"), mask, ct, mask);
    }
    assertEquals(List.of("abc"), names());
  }

  @Test
  void a_place_that_is_given_up_leaves_nothing() throws IOException {
    new ResultFolder(root).reserve("abc").close();
    assertEquals(List.of(), names());
  }

  @Test
  void a_result_is_never_overwritten() throws IOException {
    Path first = publish();
    byte[] before = Files.readAllBytes(first.resolve(ResultFolder.REPORT));
    Path second = publish();
    assertEquals("abc-2", second.getFileName().toString());
    assertArrayEquals(before, Files.readAllBytes(first.resolve(ResultFolder.REPORT)));
  }

  @Test
  void a_place_that_is_reserved_is_not_given_twice() throws IOException {
    ResultFolder results = new ResultFolder(root);
    try (Reservation first = results.reserve("abc");
        Reservation second = results.reserve("abc")) {
      assertEquals("abc", first.caseId());
      assertEquals("abc-2", second.caseId());
    }
  }

  @Test
  void the_mask_is_read_back_voxel_for_voxel() throws IOException {
    Mask back = new NiftiReader(1 << 20).readMask(publish().resolve(ResultFolder.MASK), 1);
    assertArrayEquals(mask.toBytes(), back.toBytes());
    assertTrue(back.geometry().matches(grid));
  }

  @Test
  void the_report_has_the_documented_fields() throws IOException {
    JsonNode json = new ObjectMapper().readTree(publish().resolve(ResultFolder.REPORT).toFile());
    assertEquals("abc", json.at("/case").asText());
    assertEquals("done", json.at("/outcome").asText());
    assertEquals("ct.nii.gz", json.at("/input/file").asText());
    assertEquals("clip", json.at("/stages/0/stage").asText());
    assertEquals(0.216, json.at("/mask/millilitres").asDouble());
    assertEquals(4, json.at("/boxes/box-1/to/0").asInt());
    assertEquals("Only a demonstration.", json.at("/models/0/warning").asText());
    assertEquals("others.jar", json.at("/jars/0/file").asText());
    assertEquals("456", json.at("/jars/0/sha256").asText());
    assertEquals("careful", json.at("/warnings/0").asText());
  }

  @Test
  void the_picture_outlines_the_mask_and_shows_left_on_the_right() throws IOException {
    BufferedImage image = ImageIO.read(publish().resolve(ResultFolder.PREVIEW).toFile());
    // Axial panel of 400 pixels for 20 voxels: voxel x = 9 (patient's right) is nearer to the left.
    int leftEdge = (20 - 1 - 9) * 20 + 10;
    int row = (20 - 1 - 8) * 20 + 10;
    assertEquals(OUTLINE, image.getRGB(leftEdge, row));
    int inside = (20 - 1 - 7) * 20 + 10;
    assertFalse(image.getRGB(inside, row) == OUTLINE, "the inside is not painted over");
    int outside = (20 - 1 - 15) * 20 + 10;
    assertFalse(image.getRGB(outside, row) == OUTLINE);
  }

  @Test
  void the_picture_says_that_this_is_no_medical_device_and_what_the_model_warns_of()
      throws IOException {
    BufferedImage image = ImageIO.read(publish().resolve(ResultFolder.PREVIEW).toFile());
    int letters = "Research software, not a medical device. Only a demonstration.".length();
    int end = 8 + letters * PixelFont.ADVANCE;
    assertTrue(litPixels(image, end - 3 * PixelFont.ADVANCE, end) > 0, "the caption's end");
    assertEquals(0, litPixels(image, end, image.getWidth()), "behind the caption");
  }

  private static int litPixels(BufferedImage image, int from, int to) {
    int lit = 0;
    for (int x = from; x < to; x++) {
      for (int y = 401; y < image.getHeight(); y++) {
        lit += (image.getRGB(x, y) & 0xffffff) != 0 ? 1 : 0;
      }
    }
    return lit;
  }
}
