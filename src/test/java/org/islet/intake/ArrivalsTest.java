package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {

  @TempDir Path home;
  private Path in;

  @BeforeEach
  void makeFolder() throws IOException {
    in = Files.createDirectory(home.resolve("in"));
  }

  private Path put(String name) throws IOException {
    Path file = in.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private List<String> cts() throws IOException {
    return Arrivals.in(in).cts().stream().map(ct -> in.relativize(ct).toString()).toList();
  }

  private List<String> group(String ct) throws IOException {
    return names(Arrivals.in(in).groupOf(in.resolve(ct)));
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(f -> f.getFileName().toString()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".hidden.nii",
        ".a.nii.Xy12",
        "a.nii.part",
        "a.NII.PART",
        "b.tmp",
        "c.filepart",
        "a.nii.done",
        "a.json",
        "a.JSON",
        "reason.json",
        ".hidden/a.nii"
      })
  void what_is_hidden_under_way_a_marker_or_options_is_no_ct(String name) throws Exception {
    put(name);
    assertEquals(List.of(), cts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.nii.gz",
        "a.nii",
        "notes.txt",
        "no ending",
        "a.hdr",
        "a.img",
        "sub/folder/a.nii",
        "part",
        "a\nb.nii"
      })
  void all_else_is_taken_for_one(String name) throws Exception {
    put(name);
    assertEquals(List.of(name), cts());
  }

  @Test
  void links_are_not_followed_and_are_no_cts() throws Exception {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Files.createFile(outside.resolve("secret.nii"));
    Files.createSymbolicLink(in.resolve("link.nii"), outside.resolve("secret.nii"));
    Files.createSymbolicLink(in.resolve("folder"), outside);
    Files.createSymbolicLink(in.resolve("dangling.nii"), home.resolve("nowhere"));
    assertEquals(List.of(), cts());
  }

  @Test
  void the_folder_itself_may_be_a_link() throws Exception {
    put("sub/a.nii");
    Path link = Files.createSymbolicLink(home.resolve("link"), in);
    assertEquals(List.of(link.resolve("sub/a.nii")), Arrivals.in(link).cts());
  }

  @Test
  void a_folder_that_is_not_there_is_told() {
    assertThrows(NoSuchFileException.class, () -> Arrivals.in(home.resolve("nowhere")));
  }

  @Test
  void a_subfolder_that_cannot_be_looked_into_is_left_out_and_told() throws Exception {
    put("a.nii");
    assertEquals(List.of(), Arrivals.in(in).unreadable());
    TooDeepFolder deep = new TooDeepFolder(in, home.resolve("aside"));
    try {
      assertEquals(1, Arrivals.in(in).unreadable().size());
      assertEquals(List.of("a.nii"), cts());
    } finally {
      deep.bringUp();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "p.hdr, p.img",
    "p.hdr.gz, p.img",
    "p.hdr, p.img.gz",
    "P.HDR, P.IMG",
    "sub/1.2.hdr, sub/1.2.img"
  })
  void a_header_and_its_image_are_one_ct(String header, String image) throws Exception {
    put(header);
    put(image);
    assertEquals(List.of(header), cts());
    assertEquals(2, group(header).size());
    assertFalse(Arrivals.in(in).isHalf(in.resolve(header)));
  }

  @Test
  void a_half_is_known_as_such_and_whether_the_other_is_under_way() throws Exception {
    Path header = put("p.hdr");
    Path image = put("q.img");
    Path whole = put("a.nii");
    Arrivals arrivals = Arrivals.in(in);
    assertTrue(arrivals.isHalf(header));
    assertTrue(arrivals.isHalf(image));
    assertFalse(arrivals.isHalf(whole));
    assertFalse(arrivals.otherHalfIsUnderWay(header));
    put("p.img.filepart");
    put("q.hdr.gz.part");
    arrivals = Arrivals.in(in);
    assertTrue(arrivals.otherHalfIsUnderWay(header));
    assertTrue(arrivals.otherHalfIsUnderWay(image));
  }

  @ParameterizedTest
  @CsvSource({
    "a.nii.gz, a.nii.gz.json",
    "a.nii.gz, a.json",
    "a.nii, a.JSON",
    "c.nii.gz, c.Json",
    "c.nii.gz, c.nii.gz.jsoN",
    "z.hdr.gz, z.hdr.gz.json",
    "z.hdr.gz, z.hdr.json",
    "z.HDR.gz, z.HDR.json",
    "z.hdr.gz, z.json",
    "a, a.json",
    "1.2.3.nii, 1.2.3.json",
    "reason.nii, reason.nii.json"
  })
  void options_lie_beside_a_ct_with_its_whole_name_or_without_its_ending(String ct, String options)
      throws Exception {
    put(ct);
    put(options);
    assertEquals(List.of(ct, options), group(ct));
    assertEquals(
        options, Arrivals.optionsNow(in.resolve(ct)).orElseThrow().getFileName().toString());
    assertEquals(Set.of(), Arrivals.in(in).loneOptions());
  }

  @Test
  void the_whole_name_counts_before_the_shorter_one() throws Exception {
    put("a.nii");
    put("a.json");
    put("a.nii.json");
    assertEquals(List.of("a.nii", "a.nii.json"), group("a.nii"));
    assertEquals(Set.of(in.resolve("a.json")), Arrivals.in(in).loneOptions());
  }

  @Test
  void of_several_ways_to_write_the_ending_one_counts_and_the_others_are_left() throws Exception {
    put("a.nii");
    put("a.JSON");
    put("a.Json");
    put("a.json");
    assertEquals(List.of("a.nii", "a.json"), group("a.nii"));
    assertEquals(List.of("a.nii", "a.json"), names(Arrivals.groupNow(in.resolve("a.nii"))));
    assertEquals(Set.of(in.resolve("a.JSON"), in.resolve("a.Json")), Arrivals.in(in).loneOptions());
  }

  @Test
  void the_options_of_a_pair_go_by_its_header() throws Exception {
    put("p.hdr");
    put("p.img");
    Path lone = put("p.img.json");
    assertEquals(List.of("p.hdr", "p.img"), group("p.hdr"));
    assertEquals(Set.of(lone), Arrivals.in(in).loneOptions());
    put("p.json");
    assertEquals(List.of("p.hdr", "p.img", "p.json"), group("p.hdr"));
    put("p.hdr.json");
    assertEquals(List.of("p.hdr", "p.img", "p.hdr.json"), group("p.hdr"));
  }

  @Test
  void the_reason_of_a_failure_is_never_taken_for_options() throws Exception {
    put("reason.nii");
    put("reason.json");
    assertEquals(List.of("reason.nii"), group("reason.nii"));
    assertEquals(Set.of(), Arrivals.in(in).loneOptions());
  }

  @Test
  void options_without_a_ct_are_found() throws Exception {
    Path lone = put("sub/a.json");
    put("a.nii");
    assertEquals(Set.of(lone), Arrivals.in(in).loneOptions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.hdr.done", "p.img.done"})
  void a_pair_is_marked_at_either_half_and_as_a_whole_at_both(String marker) throws Exception {
    Path ct = put("p.hdr");
    put("p.img");
    assertFalse(Arrivals.in(in).isMarked(ct));
    Path mark = put(marker);
    assertTrue(Arrivals.in(in).isMarked(ct));
    assertFalse(Arrivals.in(in).isMarkedAsWhole(ct));
    assertEquals(List.of(mark), Arrivals.markersOf(ct));
    put(marker.equals("p.hdr.done") ? "p.img.done" : "p.hdr.done");
    assertTrue(Arrivals.in(in).isMarkedAsWhole(ct));
  }

  @Test
  void names_that_this_locale_cannot_read_are_read_all_the_same() throws Exception {
    Path ct = Files.createFile(NameBytes.in(in, "\u00ff.hdr"));
    Path image = Files.createFile(NameBytes.in(in, "\u00ff.img"));
    Path options = Files.createFile(NameBytes.in(in, "\u00ff.json"));
    Path marker = Files.createFile(NameBytes.in(in, "\u00ff.hdr.done"));
    Arrivals arrivals = Arrivals.in(in);
    assertEquals(List.of(ct), arrivals.cts());
    assertEquals(List.of(ct, image, options), arrivals.groupOf(ct));
    assertTrue(arrivals.isMarked(ct));
    assertEquals(List.of(marker), Arrivals.markersOf(ct));
  }

  @Test
  void a_name_that_leaves_no_room_for_options_and_markers_is_a_ct_like_others() throws Exception {
    String name = "x".repeat(251) + ".nii";
    Path ct = put(name);
    assertEquals(List.of(name), cts());
    assertEquals(List.of(ct), Arrivals.groupNow(ct));
    assertEquals(List.of(), Arrivals.markersOf(ct));
  }

  @Test
  void ten_thousand_files_are_looked_at_in_no_time() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      put("ct-%05d.nii".formatted(i));
    }
    Arrivals.in(in);
    long start = System.nanoTime();
    Arrivals arrivals = Arrivals.in(in);
    Set<Path> files =
        arrivals.cts().stream()
            .flatMap(ct -> arrivals.groupOf(ct).stream())
            .collect(Collectors.toSet());
    assertEquals(10_000, files.size());
    long ms = (System.nanoTime() - start) / 1_000_000;
    assertTrue(ms < 5_000, ms + " ms");
  }
}
