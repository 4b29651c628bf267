package org.islet.publish;

import static org.islet.publish.Published.segmentation;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.islet.format.NiftiReader;
import org.islet.format.Sha256;
import org.islet.job.BrokenResultException;
import org.islet.job.CaseResult;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFolderTest {

  private static final int OUTLINE = 0xffffa000;

  @TempDir Path root;

  private List<String> names() throws IOException {
    return names(root);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private ResultFolder results() {
    return new ResultFolder(root);
  }

  private Path publish() throws IOException {
    return results().publish(segmentation("abc"), () -> true).orElseThrow().folder();
  }

  @Test
  void nothing_is_to_be_seen_before_the_result_is_whole() throws IOException {
    List<String> before = new ArrayList<>();
    results().publish(segmentation("abc"), () -> before.addAll(namesUnchecked()));
    assertEquals(List.of(".parts"), before);
    assertEquals(List.of("abc"), names());
    assertEquals(
        List.of("manifest.json", "mask.nii.gz", "preview.png", "result.json"),
        names(root.resolve("abc")));
  }

  private List<String> namesUnchecked() {
    try {
      return names();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void all_is_written_before_it_is_asked_whether_the_result_may_appear() throws IOException {
    List<String> problems = new ArrayList<>();
    results()
        .publish(
            segmentation("abc"),
            () -> {
              problems.addAll(ResultCheck.of(onlyPart()).problems());
              return true;
            });
    assertEquals(List.of(), problems);
  }

  private Path onlyPart() {
    try (Stream<Path> parts = Files.list(root.resolve(".parts"))) {
      return parts.filter(Files::isDirectory).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_result_that_may_not_appear_leaves_nothing() throws IOException {
    assertEquals(Optional.empty(), results().publish(segmentation("abc"), () -> false));
    assertEquals(List.of(), names());
    assertTrue(results().isFree("abc"));
  }

  @Test
  void a_failure_on_the_way_leaves_nothing() throws IOException {
    Mask tooLong = Mask.empty(Geometry.of(new Size(1, 1, 40_000), 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            results()
                .publish(Published.segmentation(Published.report("abc", 0), tooLong), () -> true));
    assertThrows(
        IllegalStateException.class,
        () ->
            results()
                .publish(
                    segmentation("abc"),
                    () -> {
                      throw new IllegalStateException("No answer.");
                    }));
    assertEquals(List.of(), names());
  }

  @Test
  void a_result_is_never_overwritten() throws IOException {
    Path first = publish();
    byte[] before = Files.readAllBytes(first.resolve("manifest.json"));
    assertThrows(FileAlreadyExistsException.class, this::publish);
    assertArrayEquals(before, Files.readAllBytes(first.resolve("manifest.json")));
    assertEquals(List.of("abc"), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "full folder", "file", "dangling link"})
  void whatever_has_the_name_already_stays_also_if_it_came_at_the_last_moment(String kind)
      throws IOException {
    ResultFolder results = results();
    assertThrows(
        FileAlreadyExistsException.class,
        () -> results.publish(segmentation("abc"), () -> made(root.resolve("abc"), kind)));
    assertTrue(Files.exists(root.resolve("abc"), LinkOption.NOFOLLOW_LINKS));
    assertFalse(Files.exists(root.resolve("abc/manifest.json")));
    assertEquals(List.of("abc"), names());
    assertFalse(results.isFree("abc"));
    assertThrows(IOException.class, () -> results.find("abc"));
  }

  private static boolean made(Path place, String kind) {
    try {
      switch (kind) {
        case "folder" -> Files.createDirectory(place);
        case "full folder" -> Files.writeString(Files.createDirectory(place).resolve("a"), "a");
        case "file" -> Files.writeString(place, "a");
        default -> Files.createSymbolicLink(place, Path.of("nowhere"));
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void of_many_that_want_one_name_one_gets_it() throws Exception {
    ResultFolder results = results();
    AtomicInteger published = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  results.publish(segmentation("abc"), () -> true);
                  published.incrementAndGet();
                } catch (FileAlreadyExistsException e) {
                  refused.incrementAndGet();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
    assertEquals(1, published.get());
    assertEquals(7, refused.get());
    assertEquals(List.of("abc"), names());
  }

  @Test
  void a_reader_never_sees_a_part() throws Exception {
    Path sparse = root.resolve("results");
    ResultFolder results = new ResultFolder(sparse);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 200; i++) {
                try {
                  results.publish(segmentation("case-" + i), () -> true);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    Set<String> seen = new HashSet<>();
    while (seen.size() < 200) {
      for (String name : Files.exists(sparse) ? names(sparse) : List.<String>of()) {
        if (!name.startsWith(".") && seen.add(name)) {
          assertEquals(List.of(), ResultCheck.of(sparse.resolve(name)).problems(), name);
        }
      }
      assertFalse(writer.isCompletedExceptionally());
    }
    writer.get(1, TimeUnit.MINUTES);
    assertEquals(200, names(sparse).size());
  }

  @Test
  void a_result_is_found_again_as_it_was_published() throws IOException {
    CaseResult published = results().publish(segmentation("abc"), () -> true).orElseThrow();
    CaseResult found = results().find("abc").orElseThrow();
    assertEquals(published.folder(), found.folder());
    assertEquals(published.sha256(), found.sha256());
    assertEquals(Sha256.of(found.folder().resolve("manifest.json")), found.sha256());
    assertEquals(ReportJson.write(published.report()), ReportJson.write(found.report()));
    assertEquals(Optional.empty(), results().find("abcd"));
    assertTrue(results().isFree("abcd"));
  }

  @Test
  void while_a_folder_of_results_is_away_there_is_no_saying_what_it_holds_and_none_is_made()
      throws IOException {
    Path away = root.resolve("results");
    ResultFolder results = new ResultFolder(away);
    results.open();
    results.publish(segmentation("abc"), () -> true);
    Files.move(away, root.resolve("elsewhere"));
    for (boolean file : List.of(false, true)) {
      if (file) {
        Files.createFile(away);
      }
      assertThrows(IOException.class, () -> results.isFree("abc"));
      Exception e = assertThrows(IOException.class, () -> results.find("abc"));
      assertFalse(e instanceof BrokenResultException, e.toString());
      assertThrows(IOException.class, () -> results.publish(segmentation("abd"), () -> true));
      assertFalse(Files.isDirectory(away));
    }
    Files.delete(away);
    Files.move(root.resolve("elsewhere"), away);
    assertTrue(results.find("abc").isPresent());
  }

  @Test
  void what_is_not_whole_is_not_found_and_the_failure_says_why() throws IOException {
    Files.writeString(publish().resolve("result.json"), "{}");
    String message =
        assertThrows(BrokenResultException.class, () -> results().find("abc")).getMessage();
    assertTrue(message.contains("case abc is not whole. result.json has 2 bytes"), message);
  }

  @Test
  void the_result_of_another_case_is_not_found() throws IOException {
    Files.move(publish(), root.resolve("abd"));
    String message = assertThrows(IOException.class, () -> results().find("abd")).getMessage();
    assertTrue(message.contains("another case"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".parts", "../abc", "a/b", "a\\b", "/abc"})
  void a_name_that_leads_elsewhere_is_no_name_of_a_case(String name) {
    assertThrows(IllegalArgumentException.class, () -> results().find(name));
    assertThrows(IllegalArgumentException.class, () -> results().isFree(name));
  }

  @Test
  void the_mask_is_read_back_voxel_for_voxel() throws IOException {
    Mask back = new NiftiReader(1 << 20).readMask(publish().resolve(ResultFolder.MASK), 1);
    assertArrayEquals(Published.MASK.toBytes(), back.toBytes());
    assertTrue(back.geometry().matches(Published.GRID));
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
