package org.islet.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.job.CaseFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path home;
  private Path in;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @BeforeEach
  void makeFolders() throws IOException {
    in = Files.createDirectories(home.resolve("intake/in"));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  /** A route that takes note of a file's content, and fails on "bad". */
  private void start() throws Exception {
    context.addComponent(InboxComponent.SCHEME, new InboxComponent(home));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("inbox:intake?delay=50&stablePolls=3")
                .process(
                    e -> {
                      Path ct = e.getMessage().getBody(Path.class);
                      String content = Files.readString(ct);
                      if (content.equals("worse")) {
                        throw new AssertionError("this cannot be");
                      } else if (content.equals("bad")) {
                        throw new CaseFailedException(
                            "c1", "truncated", "infer", "It is cut short.", null);
                      }
                      taken.add(content);
                    });
          }
        });
    context.start();
  }

  private void arrive(String name, String content) throws IOException {
    Path hidden = home.resolve("." + name);
    Files.writeString(hidden, content);
    Files.move(hidden, in.resolve(name));
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("intake").resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void awaitIn(String folder, String... names) {
    await().atMost(SOON).until(() -> names(folder).equals(List.of(names)));
  }

  @Test
  void an_error_of_the_jvm_fails_its_file_and_the_next_one_is_taken() throws Exception {
    start();
    context.getShutdownStrategy().setTimeout(1); // Camel takes what threw an error for under way
    arrive("a.nii.gz", "worse");
    await().atMost(SOON).until(() -> names("failed").size() == 1 && names("in-progress").isEmpty());
    JsonNode reason =
        new ObjectMapper().readTree(home.resolve("intake/failed/a.nii.gz/reason.json").toFile());
    assertEquals("internal", reason.at("/code").asText());
    assertEquals("this cannot be", reason.at("/reason").asText());
    arrive("b.nii.gz", "one");
    awaitIn("done", "b.nii.gz");
    assertEquals(List.of(), names("in-progress"));
  }

  @Test
  void a_complete_file_goes_down_the_route_and_then_to_done() throws Exception {
    start();
    arrive("a.nii.gz", "one");
    awaitIn("done", "a.nii.gz");
    assertEquals(List.of("one"), taken);
    assertEquals(List.of(), names("in"));
    assertEquals(List.of(), names("in-progress"));
  }

  @Test
  void a_failed_file_goes_to_a_folder_of_its_own_with_the_reason() throws Exception {
    start();
    arrive("b.nii.gz", "bad");
    awaitIn("failed", "b.nii.gz");
    await().atMost(SOON).until(() -> names("failed/b.nii.gz").size() == 2);
    assertEquals("bad", Files.readString(home.resolve("intake/failed/b.nii.gz/b.nii.gz")));
    JsonNode reason =
        new ObjectMapper().readTree(home.resolve("intake/failed/b.nii.gz/reason.json").toFile());
    assertEquals("truncated", reason.at("/code").asText());
    assertEquals("It is cut short.", reason.at("/reason").asText());
    assertEquals("infer", reason.at("/stage").asText());
    assertEquals("c1", reason.at("/case").asText());
    assertFalse(reason.at("/next").asText().isEmpty());
  }

  @Test
  void a_file_that_still_grows_is_left_alone() throws Exception {
    start();
    Path growing = in.resolve("growing.nii");
    for (int i = 0; i < 20; i++) {
      Files.writeString(growing, "x".repeat(i + 1));
      Thread.sleep(60);
      assertTrue(Files.exists(growing), "taken after " + i + " writes");
    }
    awaitIn("done", "growing.nii");
    assertEquals(List.of("x".repeat(20)), taken);
  }

  @Test
  void hidden_and_partial_names_and_links_and_folders_are_left_alone() throws Exception {
    Path outside = Files.writeString(home.resolve("outside"), "secret");
    Files.createSymbolicLink(in.resolve("link.nii"), outside);
    Files.createDirectory(in.resolve("folder.nii"));
    for (String name : List.of(".hidden.nii", "a.nii.part", "b.tmp", "c.filepart")) {
      Files.writeString(in.resolve(name), "no");
    }
    start();
    arrive("last.nii", "yes");
    awaitIn("done", "last.nii");
    Thread.sleep(400);
    assertEquals(List.of("yes"), taken);
    assertEquals(6, names("in").size());
  }

  @Test
  void a_name_that_comes_again_overwrites_nothing() throws Exception {
    start();
    arrive("a.nii.gz", "one");
    awaitIn("done", "a.nii.gz");
    arrive("a.nii.gz", "two");
    awaitIn("done", "a.nii.gz", "a~2.nii.gz");
    assertEquals("one", Files.readString(home.resolve("intake/done/a.nii.gz")));
    assertEquals("two", Files.readString(home.resolve("intake/done/a~2.nii.gz")));
  }

  @ParameterizedTest
  @CsvSource({"p.hdr, p.img", "p.hdr.gz, p.img", "P.HDR, P.IMG"})
  void a_pair_is_one_case_and_stays_together(String header, String image) throws Exception {
    arrive(image, "image");
    arrive(header, "header");
    start();
    awaitIn("done", header, image);
    assertEquals(List.of("header"), taken);
  }

  @Test
  void what_an_ended_process_had_claimed_is_taken_up_again() throws Exception {
    Path claim = Files.createDirectories(home.resolve("intake/in-progress/old-claim"));
    Files.writeString(claim.resolve("c.nii"), "again");
    start();
    awaitIn("done", "c.nii");
    assertEquals(List.of("again"), taken);
    assertEquals(List.of(), names("in-progress"));
  }

  @Test
  void names_with_spaces_and_other_scripts_keep_their_names() throws Exception {
    start();
    arrive("Müller Ω 膵臓.nii.gz", "one");
    awaitIn("done", "Müller Ω 膵臓.nii.gz");
  }
}
