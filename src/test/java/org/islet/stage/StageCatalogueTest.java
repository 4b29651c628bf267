package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;
import org.islet.volume.Mask;
import org.islet.volume.Volume;
import org.jboss.jandex.IndexWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageCatalogueTest {

  @Test
  void names_its_stages_in_kebab_case_and_alphabetical_order() {
    List<Class<? extends Stage>> types = List.of(Vote.class, LargestComponent.class, Box.class);
    assertEquals(List.of("box", "largest-component", "vote"), new StageCatalogue(types).names());
  }

  @Test
  void finds_the_stages_of_an_index_on_the_class_path(@TempDir Path folder) throws IOException {
    Path index = folder.resolve("META-INF/jandex.idx");
    Files.createDirectories(index.getParent());
    try (OutputStream out = Files.newOutputStream(index)) {
      new IndexWriter(out).write(Stages.index());
    }
    URL[] path = {folder.toUri().toURL()};
    try (var loader = new URLClassLoader(path, Stage.class.getClassLoader())) {
      assertEquals(Stages.ALL.names(), onClassPathOf(loader).names());
      assertTrue(Stages.ALL.names().contains("clip"));
    }
  }

  @Test
  void says_so_if_no_index_names_a_stage() throws IOException {
    try (var loader = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      var refusal = assertThrows(IllegalStateException.class, () -> onClassPathOf(loader));
      assertTrue(refusal.getMessage().contains("META-INF/jandex.idx"), refusal.getMessage());
    }
  }

  private static StageCatalogue onClassPathOf(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return StageCatalogue.onClassPath();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void describes_slots_and_parameters_in_the_order_of_their_declaration() {
    StageDescription clip = Stages.ALL.describe("clip");
    assertEquals("clip", clip.name());
    assertEquals(
        "Clips HU to a window and rescales the window to 0…1, or leaves it in HU.", clip.purpose());
    assertEquals(List.of("input", "output", "min", "max", "rescale"), clip.optionNames());
    assertEquals(
        new Option(
            Kind.READS,
            "input",
            Volume.class,
            false,
            false,
            "ct",
            "",
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            "a volume in HU"),
        clip.options().get(0));
    assertEquals(Kind.WRITES, clip.options().get(1).kind());
    Option min = clip.options().get(2);
    assertEquals(Kind.PARAMETER, min.kind());
    assertEquals(double.class, min.type());
    assertEquals("-100", min.defaultValue());
    assertEquals("HU", min.unit());
    assertFalse(min.isRequired());
  }

  @Test
  void describes_limits_lists_and_what_a_route_must_give() {
    Option factor = Stages.ALL.describe("downsample").options().get(2);
    assertEquals(1, factor.min());
    assertEquals(64, factor.max());
    Option inputs = Stages.ALL.describe("vote").options().get(0);
    assertTrue(inputs.many());
    assertEquals(Mask.class, inputs.type());
    assertTrue(inputs.isRequired());
    assertFalse(inputs.replaces());
    assertTrue(Stages.ALL.describe("carry").options().get(1).replaces());
  }

  @Test
  void an_unknown_stage_is_refused_with_the_nearest_and_all_there_are() {
    List<Class<? extends Stage>> types = List.of(Clip.class, Crop.class);
    var catalogue = new StageCatalogue(types);
    var refusal =
        assertThrows(
            StageBindingException.class,
            () -> catalogue.bind("clipp", Map.of(), (model, options) -> null));
    assertEquals(
        "There is no stage 'clipp'; did you mean 'clip'? There are: clip, crop.",
        refusal.getMessage());
    assertThrows(StageBindingException.class, () -> catalogue.describe("clipp"));
  }

  @Test
  void refuses_two_stages_of_one_name() {
    List<Class<? extends Stage>> both = List.of(Clip.class, Other.Clip.class);
    var refusal = assertThrows(IllegalArgumentException.class, () -> new StageCatalogue(both));
    assertEquals("Two stages are named 'clip'.", refusal.getMessage());
  }

  @Test
  void refuses_a_stage_that_is_not_a_record_or_says_no_purpose() {
    assertTrue(refusal(NoRecord.class).contains("NoRecord must be a record annotated @Purpose"));
    assertTrue(refusal(NoPurpose.class).contains("NoPurpose must be a record annotated @Purpose"));
  }

  @Test
  void refuses_a_component_of_a_type_that_no_route_can_give() {
    String sentence = refusal(TextParameter.class);
    assertTrue(sentence.startsWith("The component text of org.islet.stage."), sentence);
    assertTrue(sentence.contains("int, double, boolean, Size, Spacing, enum or Network"), sentence);
    assertTrue(refusal(RawSlot.class).startsWith("The component input of "));
    assertTrue(refusal(NoAnnotation.class).startsWith("The component input of "));
    assertTrue(refusal(ManyOutputs.class).startsWith("The component outputs of "));
  }

  private static String refusal(Class<? extends Stage> type) {
    return assertThrows(IllegalArgumentException.class, () -> new StageCatalogue(List.of(type)))
        .getMessage();
  }

  interface Other {
    @Purpose("Has the name of another.")
    record Clip() implements Stage {
      @Override
      public void run(Case c) {}
    }
  }

  @Purpose("Is no record.")
  static final class NoRecord implements Stage {
    @Override
    public void run(Case c) {}
  }

  record NoPurpose() implements Stage {
    @Override
    public void run(Case c) {}
  }

  @Purpose("Has a parameter of text.")
  record TextParameter(@Param(doc = "any") String text) implements Stage {
    @Override
    public void run(Case c) {}
  }

  @Purpose("Reads what is no slot.")
  record RawSlot(@Reads(doc = "any") Volume input) implements Stage {
    @Override
    public void run(Case c) {}
  }

  @Purpose("Says nothing of a component.")
  record NoAnnotation(Slot<Volume> input) implements Stage {
    @Override
    public void run(Case c) {}
  }

  @Purpose("Writes a list.")
  record ManyOutputs(@Writes(doc = "any") List<Slot<Volume>> outputs) implements Stage {
    @Override
    public void run(Case c) {}
  }
}
