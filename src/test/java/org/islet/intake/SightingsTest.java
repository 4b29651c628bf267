package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.islet.intake.Sightings.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightingsTest {

  private static final Rule THREE = rule(3, Duration.ZERO);

  @TempDir Path in;

  private static Rule rule(int looks, Duration age) {
    return new Rule(false, looks, age, Duration.ofMillis(200));
  }

  private List<String> complete(Sightings sightings) throws IOException {
    return sightings.complete(Arrivals.in(in)).stream()
        .map(c -> c.ct().getFileName().toString())
        .toList();
  }

  private void assertIncomplete(Sightings sightings) throws IOException {
    assertEquals(List.of(), complete(sightings));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(in.resolve(name), content);
  }

  @Test
  void a_ct_is_complete_when_several_looks_have_found_the_same() throws Exception {
    write("a.nii", "one");
    Sightings sightings = new Sightings(THREE);
    assertIncomplete(sightings);
    assertIncomplete(sightings);
    assertEquals(List.of("a.nii"), complete(sightings));
  }

  @Test
  void a_change_of_size_begins_the_count_again() throws Exception {
    Path file = write("a.nii", "one");
    FileTime time = Files.getLastModifiedTime(file);
    Sightings sightings = new Sightings(THREE);
    assertIncomplete(sightings);
    assertIncomplete(sightings);
    write("a.nii", "longer");
    Files.setLastModifiedTime(file, time);
    assertIncomplete(sightings);
    assertIncomplete(sightings);
    assertEquals(List.of("a.nii"), complete(sightings));
  }

  @Test
  void a_change_that_keeps_size_and_time_is_noticed_where_the_system_notes_it() throws Exception {
    Path file = write("a.nii", "one");
    FileTime time = Files.getLastModifiedTime(file);
    Sightings sightings = new Sightings(rule(2, Duration.ZERO));
    assertIncomplete(sightings);
    Thread.sleep(20);
    write("a.nii", "two");
    Files.setLastModifiedTime(file, time);
    assertIncomplete(sightings);
    assertEquals(List.of("a.nii"), complete(sightings));
  }

  @Test
  void the_age_is_counted_from_the_first_look_whatever_the_times_of_the_file_say()
      throws Exception {
    for (String name : List.of("a.nii", "b.nii")) {
      write(name, "one");
    }
    Files.setLastModifiedTime(in.resolve("a.nii"), FileTime.fromMillis(0));
    Files.setLastModifiedTime(in.resolve("b.nii"), FileTime.fromMillis(1L << 42));
    Sightings sightings = new Sightings(rule(1, Duration.ofMillis(200)));
    assertIncomplete(sightings);
    assertIncomplete(sightings);
    Thread.sleep(210);
    assertEquals(List.of("a.nii", "b.nii"), complete(sightings));
  }

  @Test
  void a_ct_that_went_away_in_between_is_counted_anew() throws Exception {
    Path file = write("a.nii", "one");
    Sightings sightings = new Sightings(rule(2, Duration.ZERO));
    assertIncomplete(sightings);
    Path away = Files.move(file, in.resolve(".away"));
    assertIncomplete(sightings);
    Files.move(away, file);
    assertIncomplete(sightings);
    assertEquals(List.of("a.nii"), complete(sightings));
  }

  @Test
  void a_ct_is_complete_when_its_image_and_its_options_are() throws Exception {
    write("p.hdr", "header");
    write("p.img", "image");
    write("p.json", "{");
    Sightings sightings = new Sightings(rule(2, Duration.ZERO));
    assertIncomplete(sightings);
    write("p.json", "{}");
    assertIncomplete(sightings);
    write("p.img", "whole image");
    assertIncomplete(sightings);
    assertEquals(List.of("p.hdr"), complete(sightings));
  }

  @Test
  void options_that_come_after_their_ct_begin_the_count_again() throws Exception {
    write("a.nii", "one");
    Sightings sightings = new Sightings(rule(2, Duration.ZERO));
    assertIncomplete(sightings);
    write("a.json", "{}");
    assertIncomplete(sightings);
    assertEquals(List.of("a.nii"), complete(sightings));
  }

  @Test
  void a_half_waits_longer_and_as_long_as_the_other_is_under_way() throws Exception {
    write("p.hdr", "header");
    Path part = write("p.img.part", "half an im");
    Sightings sightings = new Sightings(rule(1, Duration.ZERO));
    assertIncomplete(sightings);
    Thread.sleep(210);
    assertIncomplete(sightings);
    Files.move(part, in.resolve("p.img"));
    assertEquals(List.of("p.hdr"), complete(sightings));
  }

  @Test
  void a_half_that_stays_alone_is_given_up_in_the_end() throws Exception {
    write("p.hdr", "header");
    write("q.img", "image");
    Sightings sightings = new Sightings(rule(1, Duration.ZERO));
    assertIncomplete(sightings);
    Thread.sleep(210);
    assertEquals(List.of("p.hdr", "q.img"), complete(sightings));
  }

  @Test
  void with_markers_nothing_else_counts() throws Exception {
    Sightings sightings = new Sightings(new Rule(true, 1, Duration.ZERO, Duration.ofMinutes(1)));
    write("a.nii", "one");
    write("b.nii", "two");
    assertIncomplete(sightings);
    assertIncomplete(sightings);
    write("b.nii.done", "");
    assertEquals(List.of("b.nii"), complete(sightings));
  }

  @Test
  void with_markers_a_pair_is_complete_when_both_halves_have_theirs() throws Exception {
    Sightings sightings = new Sightings(new Rule(true, 1, Duration.ZERO, Duration.ofMinutes(1)));
    write("p.img", "image");
    write("p.img.done", "");
    assertIncomplete(sightings);
    write("p.hdr", "head");
    assertIncomplete(sightings);
    write("p.hdr.done", "");
    assertEquals(List.of("p.hdr"), complete(sightings));
  }

  @Test
  void with_markers_a_pair_that_lacks_one_or_a_half_waits_until_nothing_changes_any_more()
      throws Exception {
    Sightings sightings = new Sightings(new Rule(true, 1, Duration.ZERO, Duration.ofMillis(200)));
    write("p.hdr", "header");
    write("p.hdr.done", "");
    write("p.img", "half an im");
    write("q.img", "image");
    write("q.img.done", "");
    assertIncomplete(sightings);
    Thread.sleep(210);
    write("p.img", "half an image");
    assertEquals(List.of("q.img"), complete(sightings));
    Thread.sleep(210);
    assertEquals(List.of("p.hdr", "q.img"), complete(sightings));
  }

  @Test
  void a_marker_that_is_a_link_is_none() throws Exception {
    Sightings sightings = new Sightings(new Rule(true, 1, Duration.ZERO, Duration.ofMinutes(1)));
    Files.createSymbolicLink(in.resolve("a.nii.done"), write("a.nii", "one"));
    assertIncomplete(sightings);
  }
}
