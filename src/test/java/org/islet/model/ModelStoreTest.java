package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Precision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {

  @TempDir private Path root;
  private ModelStore store;
  private OpenModels models;

  @BeforeEach
  void put_three_models_in_the_folder() throws IOException {
    for (String id : List.of("pancreas-fine/2", "pancreas-fine/10", "liver/1")) {
      SavedModels.write(root.resolve(id), SavedModels.CHANNELS_LAST, (tf, x) -> tf.identity(x));
      SavedModels.card("NSARC", 1).write(root.resolve(id).resolve("model.yaml"));
    }
    Files.createDirectories(root.resolve("pancreas-fine/11"));
    Files.createDirectories(root.resolve("spleen"));
    store = newStore();
    models = store.open();
  }

  private ModelStore newStore() {
    return new ModelStore(root, new InferenceMemory(1 << 24));
  }

  @AfterEach
  void close() {
    models.close();
    store.close();
  }

  @Test
  void a_name_alone_gives_the_newest_version_that_holds_a_model() {
    assertEquals("pancreas-fine/10", models.get("pancreas-fine").id());
    assertEquals("pancreas-fine/10", models.get("pancreas-fine/latest").id());
  }

  @Test
  void a_name_and_version_give_just_this_one() {
    assertEquals("pancreas-fine/2", models.get("pancreas-fine/2").id());
  }

  @Test
  void a_versions_folder_has_the_id_that_gives_it() {
    Path version = root.resolve("spleen/../pancreas-fine/2");
    assertEquals("pancreas-fine/2", store.id(version));
    assertEquals("pancreas-fine/2", store.id(Path.of("").toAbsolutePath().relativize(version)));
  }

  @Test
  void a_folder_that_is_no_version_of_the_store_has_no_id() {
    for (String elsewhere : List.of("pancreas-fine", "pancreas-fine/2/variables", "../other/1")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> store.id(root.resolve(elsewhere)))
              .getMessage();
      assertTrue(message.contains(root.resolve(elsewhere).normalize() + " is not in"), message);
      assertTrue(message.contains("ISLET_MODELS"), message);
    }
  }

  @Test
  void a_model_is_loaded_once_and_remembered() {
    assertEquals(List.of(), store.loaded());
    var network = models.get("pancreas-fine");
    models.get("liver");
    assertSame(network, models.get("pancreas-fine/10"));
    assertEquals(List.of("liver/1", "pancreas-fine/10"), store.loaded());
    assertEquals(SavedModels.card("NSARC", 1), models.card("liver/1"));
  }

  @Test
  void an_unknown_name_is_refused_with_the_names_there_are() {
    assertEquals(
        "There is no model 'pancreas-fin'; did you mean 'pancreas-fine'?"
            + " There are: liver, pancreas-fine.",
        refusal("pancreas-fin"));
    assertEquals("There is no model 'spleen'. There are: liver, pancreas-fine.", refusal("spleen"));
  }

  @Test
  void an_unknown_version_is_refused_with_the_versions_there_are() {
    assertEquals(
        "The model 'pancreas-fine' has no version 11; it has: [2, 10].",
        refusal("pancreas-fine/11"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../liver", "..", "/etc", "", "liver\n", "liver\n/1"})
  void what_is_not_a_name_is_refused_and_never_looked_up(String model) {
    String message = refusal(model);
    String name = model.replaceFirst("/.*", "");
    assertTrue(message.startsWith("'" + name + "' is not a model's name: "), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "liver/../liver/1",
        "a/b/c",
        "liver/",
        "liver/newest",
        "liver/01",
        "liver/1234567890",
        "liver/1\n"
      })
  void what_is_not_a_version_is_refused_and_never_looked_up(String model) {
    assertEquals(
        "'"
            + model
            + "' names no version: a whole number, without a zero before it, or latest was expected"
            + " after the slash, as in pancreas-fine/1.",
        refusal(model));
  }

  @Test
  void a_folder_that_cannot_be_read_is_named() {
    Path missing = root.resolve("missing");
    var nowhere = new ModelStore(missing, new InferenceMemory(1 << 24));
    var refusal = assertThrows(IllegalArgumentException.class, () -> nowhere.open().get("liver"));
    assertEquals(
        "The folder of models %s cannot be read (NoSuchFileException). Check that it is there and that Islet may read it."
            .formatted(missing),
        refusal.getMessage());
  }

  @Test
  void a_broken_saved_model_is_refused_by_name() throws IOException {
    Files.writeString(root.resolve("liver/1/saved_model.pb"), "not a model");
    String message = refusal("liver");
    assertTrue(message.startsWith("TensorFlow cannot load the model liver/1: "), message);
  }

  private String digest(String model) {
    try (OpenModels fresh = store.open()) {
      fresh.get(model);
      return fresh.digest(model);
    }
  }

  @Test
  void the_digest_is_of_all_files_and_changes_with_a_byte() throws IOException {
    String before = digest("liver/1");
    assertTrue(before.matches("[0-9a-f]{64}"), before);
    assertEquals(before, digest("liver/1"));
    Files.copy(
        root.resolve("pancreas-fine/2/saved_model.pb"),
        root.resolve("pancreas-fine/10/saved_model.pb"),
        StandardCopyOption.REPLACE_EXISTING);
    assertEquals(digest("pancreas-fine/2"), digest("pancreas-fine/10"));

    Path card = root.resolve("liver/1/model.yaml");
    Files.writeString(card, Files.readString(card).replace("nothing", "anything"));
    assertNotEquals(before, digest("liver/1"));
  }

  @Test
  void a_model_is_shared_by_all_who_have_it_open_and_let_go_with_the_last() {
    Network network = models.get("liver");
    OpenModels others = store.open();
    assertSame(network, others.get("liver/1"));
    assertEquals(List.of("liver/1"), store.loaded());
    models.close();
    assertEquals(List.of("liver/1"), store.loaded());
    others.close();
    assertEquals(List.of(), store.loaded());
    assertThrows(IllegalStateException.class, () -> others.get("liver"));
  }

  @Test
  void whoever_has_models_open_keeps_them_when_a_newer_version_comes() throws IOException {
    Network before = models.get("pancreas-fine");
    String state = store.state();
    Path next = Files.createDirectories(root.resolve("pancreas-fine/11"));
    for (String file : List.of("saved_model.pb", "model.yaml")) {
      Files.copy(root.resolve("pancreas-fine/10").resolve(file), next.resolve(file));
    }
    assertNotEquals(state, store.state());
    assertSame(before, models.get("pancreas-fine"));
    try (OpenModels later = store.open()) {
      assertEquals("pancreas-fine/11", later.get("pancreas-fine").id());
      assertEquals(List.of("pancreas-fine/10", "pancreas-fine/11"), store.loaded());
    }
    assertEquals(List.of("pancreas-fine/10"), store.loaded());
  }

  @Test
  void a_version_whose_files_changed_is_loaded_anew_beside_the_former() throws IOException {
    models.get("liver/1");
    String before = models.digest("liver/1");
    Path card = root.resolve("liver/1/model.yaml");
    Files.writeString(card, Files.readString(card).replace("nothing", "anything"));
    try (OpenModels later = store.open()) {
      later.get("liver/1");
      assertNotEquals(before, later.digest("liver/1"));
      assertEquals(before, models.digest("liver/1"));
      assertEquals(List.of("liver/1", "liver/1"), store.loaded());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"saved_model.pb", "variables/variables.index"})
  void a_pipe_in_place_of_a_file_is_refused_and_never_read(String name)
      throws IOException, InterruptedException {
    Path pipe = root.resolve("liver/1").resolve(name);
    Files.createDirectories(pipe.getParent());
    Files.deleteIfExists(pipe);
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertEquals(
        pipe
            + " of the model liver/1 cannot be loaded (it is no regular file). Regular files that"
            + " Islet may read were expected, in at most two folders below the version's.",
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusal("liver")));
  }

  @Test
  void a_pipe_in_place_of_the_card_is_refused_and_never_read()
      throws IOException, InterruptedException {
    Path pipe = root.resolve("liver/1/model.yaml");
    Files.delete(pipe);
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertEquals(
        "The model's card %s cannot be read (it is no regular file). A text in UTF-8 that Islet may read was expected."
            .formatted(pipe),
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusal("liver")));
  }

  @Test
  void one_model_in_two_precisions_is_two_sessions_and_in_the_same_one_is_shared() {
    Network own = models.get("liver");
    assertEquals(Precision.FLOAT32, own.precision());
    assertSame(own, models.get("liver/1", in(Precision.FLOAT32)));
    Network mixed = models.get("liver", in(Precision.MIXED));
    assertEquals(Precision.MIXED, mixed.precision());
    assertEquals("liver/1", mixed.id());
    assertEquals(List.of("liver/1", "liver/1"), store.loaded());
    try (OpenModels others = store.open()) {
      assertSame(mixed, others.get("liver/latest", in(Precision.MIXED)));
    }
  }

  private static NetworkOptions in(Precision precision) {
    return new NetworkOptions(Optional.of(precision), false);
  }

  @Test
  void the_card_names_the_precision_unless_the_route_does() throws IOException {
    Files.writeString(
        root.resolve("liver/1/model.yaml"), "precision: mixed\n", StandardOpenOption.APPEND);
    assertEquals(Precision.MIXED, models.get("liver").precision());
    assertEquals(Precision.TF32, models.get("liver", in(Precision.TF32)).precision());
  }

  @Test
  void a_link_to_a_folder_among_a_versions_files_is_refused() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("liver/1/loop"), Path.of(".."));
    assertTrue(refusal("liver").startsWith(link + " of the model liver/1 "), refusal("liver"));
    assertEquals("pancreas-fine/10", models.get("pancreas-fine").id());
  }

  @Test
  void a_version_may_be_a_link_and_so_may_its_files() throws IOException {
    Files.createDirectories(root.resolve("spleen/1"));
    for (String file : List.of("saved_model.pb", "model.yaml")) {
      Files.createSymbolicLink(
          root.resolve("spleen/1").resolve(file), root.resolve("liver/1").resolve(file));
    }
    Files.createSymbolicLink(root.resolve("spleen/2"), root.resolve("liver/1"));
    assertEquals("spleen/1", models.get("spleen/1").id());
    assertEquals("spleen/2", models.get("spleen").id());
    String before = store.state();
    Files.delete(root.resolve("liver/1/model.yaml"));
    assertNotEquals(before, store.state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "liver/loop", "liver/7", "liver/1/loop"})
  void a_link_that_loops_does_not_hide_what_changes(String link) throws IOException {
    Files.createSymbolicLink(root.resolve(link), Path.of(".."));
    String before = store.state();
    assertEquals(before, store.state());
    Files.writeString(root.resolve("pancreas-fine/10/model.yaml"), "anything");
    assertNotEquals(before, store.state());
  }

  @Test
  void a_folder_that_cannot_be_read_concerns_only_its_own_name() throws IOException {
    Path closed = Files.createDirectory(root.resolve("spleen/1"));
    String before = store.state();
    closed = closed.getParent();
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      assumeFalse(Files.isReadable(closed), "root reads every folder");
      assertEquals("liver/1", models.get("liver").id());
      assertTrue(refusal("spleen").startsWith("The folder of models " + closed), refusal("spleen"));
      assertTrue(refusal("lung").endsWith("There are: liver, pancreas-fine."), refusal("lung"));
      assertNotEquals(before, store.state());
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
    assertEquals(before, store.state());
  }

  @Test
  void what_no_route_can_name_is_no_model_and_its_changes_are_none() throws IOException {
    String before = store.state();
    for (String name : List.of(".part", "lost+found")) {
      Path file = root.resolve(name).resolve("1/saved_model.pb");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "anything");
    }
    assertEquals(before, store.state());
    assertEquals("There is no model 'spleen'. There are: liver, pancreas-fine.", refusal("spleen"));
  }

  @Test
  void another_content_of_the_same_size_and_time_is_a_change() throws IOException {
    Path file = root.resolve("liver/1/saved_model.pb");
    String before = store.state();
    FileTime time = Files.getLastModifiedTime(file);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
    assertNotEquals(before, store.state());
  }

  @Test
  void a_file_that_may_be_read_now_is_a_change() throws IOException {
    Path file = root.resolve("liver/1/saved_model.pb");
    Files.setPosixFilePermissions(file, Set.of());
    String before = store.state();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertNotEquals(before, store.state());
  }

  @Test
  void to_read_a_model_is_no_change() {
    String before = store.state();
    models.get("liver");
    assertEquals(before, store.state());
  }

  @Test
  void a_folder_without_models_is_named(@TempDir Path empty) {
    try (ModelStore nothing = new ModelStore(empty, new InferenceMemory(1 << 24));
        OpenModels none = nothing.open()) {
      assertEquals(
          "There is no model 'liver': %s holds none. Set ISLET_MODELS to the folder that does."
              .formatted(empty),
          assertThrows(IllegalArgumentException.class, () -> none.get("liver")).getMessage());
    }
  }

  @Test
  void a_small_model_is_loaded_while_a_case_has_all_memory() throws Exception {
    InferenceMemory memory = new InferenceMemory(1 << 24);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    var working =
        CompletableFuture.runAsync(
            () ->
                memory.use(
                    memory.total(),
                    () -> {
                      running.countDown();
                      await(mayEnd);
                    }));
    running.await();
    try (ModelStore busy = new ModelStore(root, memory);
        OpenModels own = busy.open()) {
      var loaded = CompletableFuture.supplyAsync(() -> own.get("liver").id());
      try {
        assertEquals("liver/1", loaded.get(20, TimeUnit.SECONDS));
      } finally {
        mayEnd.countDown();
        working.get();
        loaded.get();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 20,000 bytes of 0xff in the middle of the weights are 5,000 values that are no numbers. */
  @Test
  void spoilt_weights_are_refused() throws IOException {
    for (String file : List.of("saved_model.pb", "model.yaml")) {
      Files.copy(
          Path.of("models/pancreas-coarse/2").resolve(file),
          root.resolve("liver/1").resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Path file = root.resolve("liver/1/saved_model.pb");
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, content.length / 2, content.length / 2 + 20_000, (byte) 0xff);
    Files.write(file, content);
    String message = refusal("liver");
    assertTrue(
        message.matches(
            "The model liver/1 holds what is no number \\(NaN\\) in [A-Za-z0-9_/]+, so its weights are"
                + " damaged. Copy its version's folder again, or write it anew."),
        message);
  }

  private String refusal(String name) {
    return assertThrows(IllegalArgumentException.class, () -> models.get(name)).getMessage();
  }
}
