package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.islet.stage.Network;
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
    assertEquals("The folder of models " + missing + " cannot be read.", refusal.getMessage());
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

  private String refusal(String name) {
    return assertThrows(IllegalArgumentException.class, () -> models.get(name)).getMessage();
  }
}
