package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.format.InputUnreachableException;
import org.islet.request.RequestRefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedInputsTest {

  @TempDir Path folder;

  private Path root;
  private AllowedInputs inputs;

  static final StoredInputs NO_OBJECTS =
      new StoredInputs(List.of(), from -> null, Path.of(""), 1, Duration.ofSeconds(1));

  private static Download nowhere(Path folder) {
    return new Download(List.of(), folder.resolve("spool"), 1, Duration.ofSeconds(1));
  }

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectories(folder.resolve("inputs"));
    Files.createDirectories(folder.resolve("inputs-of-others"));
    Files.writeString(folder.resolve("secret.nii"), "secret");
    Files.writeString(folder.resolve("inputs-of-others/ct.nii"), "secret");
    Files.writeString(root.resolve("ct.nii"), "ct");
    inputs =
        new AllowedInputs(List.of(root, folder.resolve("missing")), nowhere(folder), NO_OBJECTS);
  }

  private String refusal(String input) {
    return assertThrows(RequestRefusedException.class, () -> inputs.open(input), input).code();
  }

  private String refusal(Path input) {
    return refusal(input.toString());
  }

  @Test
  void a_file_below_a_root_is_opened_where_it_really_is() throws Exception {
    Files.createDirectories(root.resolve("day"));
    Files.createSymbolicLink(root.resolve("day/link.nii"), Path.of("../ct.nii"));
    Path real = root.resolve("ct.nii").toRealPath();
    for (String name : List.of("ct.nii", "day/../ct.nii", "./ct.nii", "day/link.nii")) {
      assertEquals(new AllowedInputs.Input(real, false), inputs.open(root + "/" + name));
    }
  }

  @Test
  void a_root_may_itself_be_a_link() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), root);
    AllowedInputs linked = new AllowedInputs(List.of(link), nowhere(folder), NO_OBJECTS);
    Path real = root.resolve("ct.nii").toRealPath();
    assertEquals(real, linked.open(link.resolve("ct.nii").toString()).file());
    assertEquals(real, linked.open(real.toString()).file());
  }

  @Test
  void what_is_elsewhere_is_not_allowed_whether_it_is_there_or_not() {
    assertEquals("not-allowed", refusal(folder.resolve("secret.nii")));
    assertEquals("not-allowed", refusal(folder.resolve("nothing.nii")));
    assertEquals("not-allowed", refusal(folder.resolve("inputs-of-others/ct.nii")));
    assertEquals("not-allowed", refusal(root.resolve("../secret.nii")));
    assertEquals("not-allowed", refusal("/etc/passwd"));
    assertEquals("not-allowed", refusal("/"));
  }

  @Test
  void a_link_that_leads_out_of_a_root_is_not_followed() throws Exception {
    Files.createSymbolicLink(root.resolve("out.nii"), folder.resolve("secret.nii"));
    Files.createSymbolicLink(root.resolve("up"), folder);
    assertEquals("not-allowed", refusal(root.resolve("out.nii")));
    assertEquals("not-allowed", refusal(root.resolve("up/secret.nii")));
  }

  @Test
  void the_other_half_of_a_pair_must_be_inside_too() throws Exception {
    Files.writeString(root.resolve("x.hdr"), "header");
    Files.createSymbolicLink(root.resolve("x.img"), folder.resolve("secret.nii"));
    assertEquals("not-allowed", refusal(root.resolve("x.hdr")));
  }

  @Test
  void what_is_no_file_is_not_found() {
    assertEquals("not-found", refusal(root));
    assertEquals("not-found", refusal(root.resolve("nothing.nii")));
    assertEquals("not-found", refusal(root + "/\0"));
    assertEquals("not-found", refusal(folder.resolve("missing/ct.nii")));
  }

  @Test
  void what_can_never_be_a_file_is_not_found() throws IOException {
    Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
    for (String name : List.of("loop", "ct.nii/below", "x".repeat(1000))) {
      assertEquals("not-found", refusal(root.resolve(name)));
    }
  }

  @Test
  void a_sentence_holds_nothing_of_the_path() {
    String sentence =
        assertThrows(RequestRefusedException.class, () -> inputs.open("/etc/doe^john"))
            .getMessage();
    assertFalse(sentence.contains("doe"), sentence);
  }

  @Property(tries = 200)
  void no_path_leads_out(@ForAll String name) throws Exception {
    Path here = Files.createTempDirectory("inputs");
    try {
      new AllowedInputs(List.of(here.resolve("root")), nowhere(here), NO_OBJECTS)
          .open(here.resolve("root") + "/../" + name);
    } catch (RequestRefusedException | InputUnreachableException e) {
      return;
    } finally {
      Files.deleteIfExists(here);
    }
    throw new AssertionError("opened: " + name);
  }
}
