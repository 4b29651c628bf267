package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.format.Sha256;
import org.islet.stage.StageDescription.Jar;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Stages in jars of others. */
class StageJarTest {

  @TempDir private Path folder;

  private Path jar() {
    return folder.resolve("others-1.0.jar");
  }

  private StageCatalogue catalogue() {
    return StageCatalogue.withJarsOf(folder);
  }

  private void stage(String name, String declaration) throws IOException {
    stage(name, declaration, "enum Choice { ONE, TWO }");
  }

  private void stage(String name, String declaration, String member) throws IOException {
    StageJars.write(
        jar(),
        Map.of(
            "org.example." + name,
            """
            package org.example;
            import org.islet.stage.*;
            import org.islet.volume.*;
            %s implements Stage {
              %s

              @Override
              public void run(Case c) {}
            }
            """
                .formatted(declaration, member)));
  }

  private String refusal() {
    return assertThrows(StageJarException.class, this::catalogue).getMessage();
  }

  private void assertRefused(String sentence) {
    assertEquals(jar() + ": " + sentence, refusal());
  }

  @Test
  void a_stage_of_a_jar_is_listed_among_islets_own_described_with_its_jar_and_runs()
      throws IOException {
    StageJars.write(jar(), StageJars.INVERT);
    try (StageCatalogue catalogue = catalogue()) {
      assertTrue(catalogue.names().containsAll(Stages.ALL.names()));
      assertEquals(Stages.ALL.names().size() + 1, catalogue.names().size());
      Jar expected = new Jar("others-1.0.jar", Sha256.of(jar()));
      assertEquals(Optional.of(expected), catalogue.describe("invert").jar());
      assertEquals(Optional.empty(), catalogue.describe("clip").jar());
      BoundStage invert =
          catalogue.bind("invert", Map.of("input", "found"), (model, options) -> null);
      Case c = aCase();
      invert.run(c);
      Mask outside = c.get(Stages.mask("mask"));
      assertFalse(outside.contains(1, 0, 0));
      assertEquals(7, outside.count());
    }
  }

  /** A case of 2×2×2 voxels, of which the slot {@code found} holds (1, 0, 0). */
  private static Case aCase() {
    Geometry grid = Geometry.of(new Size(2, 2, 2), 1, 1, 1);
    Case c = new Case("case", Volume.of(grid, new short[8]));
    c.put(Stages.mask("found"), Mask.of(grid, new byte[] {0, 1, 0, 0, 0, 0, 0, 0}));
    return c;
  }

  @Test
  void a_closed_catalogue_has_let_go_of_its_jars() throws IOException {
    StageJars.write(jar(), StageJars.INVERT);
    StageCatalogue catalogue = catalogue();
    BoundStage invert =
        catalogue.bind("invert", Map.of("input", "found"), (model, options) -> null);
    catalogue.close();
    assertThrows(NoClassDefFoundError.class, () -> invert.run(aCase()));
  }

  @Test
  void a_jar_may_name_others_that_it_needs_in_its_manifest() throws IOException {
    Path made = Files.createDirectories(folder.resolve("made"));
    Path whole = StageJars.write(made.resolve("whole.jar"), StageJars.INVERT);
    Path library = Files.createDirectories(folder.resolve("lib")).resolve("outside.jar");
    Files.copy(whole, library);
    try (var files = FileSystems.newFileSystem(whole)) {
      Files.delete(files.getPath("org/example/Outside.class"));
      Files.writeString(
          Files.createDirectory(files.getPath("META-INF")).resolve("MANIFEST.MF"),
          "Manifest-Version: 1.0\nClass-Path: lib/outside.jar\n");
    }
    Files.copy(whole, jar());
    try (StageCatalogue catalogue = catalogue()) {
      Case c = aCase();
      catalogue.bind("invert", Map.of("input", "found"), (model, options) -> null).run(c);
      assertEquals(7, c.get(Stages.mask("mask")).count());
    }
  }

  @Test
  void without_a_folder_there_are_islets_own_stages() {
    try (var catalogue = StageCatalogue.withJarsOf(folder.resolve("none"))) {
      assertEquals(Stages.ALL.names(), catalogue.names());
    }
  }

  @Test
  void files_that_are_hidden_or_no_jars_by_name_are_left_alone() throws IOException {
    Files.writeString(folder.resolve(".others-1.0.jar"), "being copied");
    Files.writeString(folder.resolve("README.md"), "no jar");
    try (var catalogue = catalogue()) {
      assertEquals(Stages.ALL.names(), catalogue.names());
    }
  }

  @Test
  void a_file_in_place_of_the_folder_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("stages"), "");
    var refusal =
        assertThrows(StageJarException.class, () -> StageCatalogue.withJarsOf(file).close());
    assertEquals("The folder of stages %s cannot be read.".formatted(file), refusal.getMessage());
  }

  @Test
  void a_jar_that_is_none_or_cut_short_is_refused() throws IOException {
    Files.writeString(jar(), "no jar");
    assertTrue(refusal().startsWith(jar() + ": it is not a jar, or not whole ("), refusal());
    byte[] whole = Files.readAllBytes(StageJars.write(jar(), StageJars.INVERT));
    Files.write(jar(), Arrays.copyOf(whole, whole.length / 2));
    assertTrue(refusal().startsWith(jar() + ": it is not a jar, or not whole ("), refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "cafe01, Input is not a valid class file; must begin with a 4-byte integer 0xCAFEBABE",
    "cafebabe01, java.io.EOFException",
  })
  void a_class_file_that_is_none_is_refused_by_its_name(String bytes, String why)
      throws IOException {
    Path classes = Files.createDirectories(folder.resolve("made/org/example"));
    Files.write(classes.resolve("Cut.class"), HexFormat.of().parseHex(bytes));
    StageJars.pack(jar(), folder.resolve("made"), classes);
    assertRefused(
        "org/example/Cut.class is not a class file, or not whole (%s). Build the jar anew."
            .formatted(why));
  }

  @Test
  void a_jar_without_a_stage_is_refused() throws IOException {
    StageJars.write(jar(), Map.of("org.example.Helper", "package org.example; class Helper {}"));
    assertRefused(
        "no class in it implements org.islet.stage.Stage. Take the jar away, or build it with its"
            + " stages.");
  }

  @Test
  void a_class_that_is_not_declared_as_a_stage_is_refused_by_its_name() throws IOException {
    stage("Plain", "@Purpose(\"Is no record.\") class Plain");
    assertRefused("The stage org.example.Plain must be a record annotated @Purpose.");
    stage("Silent", "record Silent()");
    assertRefused("The stage org.example.Silent must be a record annotated @Purpose.");
    stage(
        "Raw", "@Purpose(\"Reads what is no slot.\") record Raw(@Reads(doc = \"any\") Mask input)");
    assertTrue(
        refusal().startsWith(jar() + ": The component input of org.example.Raw must be a Slot"),
        refusal());
  }

  /** Of a component x of the stage org.example.Bad, what is wrong with it. */
  static Stream<Arguments> wrongComponents() {
    return Stream.of(
        arguments(
            "@Param(value = \"6\", max = 5, doc = \"a\") int x",
            "has a default that is not allowed: bad: x must be a whole number of at most 5, not '6'."),
        arguments(
            "@Param(value = \"abc\", doc = \"a\") double x",
            "has a default that is not allowed: bad: x must be a number, not 'abc'."),
        arguments(
            "@Param(value = \"yes\", doc = \"a\") boolean x",
            "has a default that is not allowed: bad: x must be true or false, not 'yes'."),
        arguments(
            "@Param(value = \"ONE\", doc = \"a\") Bad.Choice x",
            "has a default that is not allowed: bad: x must be one of one, two, not 'ONE'."),
        arguments(
            "@Param(value = \"1,2\", doc = \"a\") Spacing x",
            "has a default that is not allowed: bad: x must be a number, or three for x, y and z as"
                + " in 1,1,2.5, not '1,2'."),
        arguments(
            "@Reads(value = \"a b\", doc = \"a\") Slot<Mask> x",
            "has a default that is not allowed: bad: x: 'a b' is not a slot's name: up to 64"
                + " letters, digits and hyphens were expected."),
        arguments(
            "@Param(min = 5, max = 1, doc = \"a\") int x",
            "allows no number: its min is 5.0 and its max 1.0."),
        arguments(
            "@Param(min = Double.NaN, doc = \"a\") double x",
            "allows no number: its min is NaN and its max Infinity."),
        arguments("@Param(doc = \"\") int x", "has an empty doc; say what it is for."),
        arguments("@Reads(doc = \" \") Slot<Mask> x", "has an empty doc; say what it is for."),
        arguments(
            "@Writes(value = \"mask\", doc = \"a\") Slot<Mask> y,"
                + " @Writes(value = \"mask\", doc = \"a\") Slot<Mask> x",
            "has the default 'mask', as y has; give each output a slot of its own."));
  }

  @ParameterizedTest
  @MethodSource("wrongComponents")
  void a_component_that_no_route_could_be_right_with_is_refused(String component, String wrong)
      throws IOException {
    stage("Bad", "@Purpose(\"Is wrong.\") record Bad(%s)".formatted(component));
    assertRefused("The component x of org.example.Bad " + wrong);
  }

  @Test
  void a_stage_that_does_not_say_what_it_is_for_is_refused() throws IOException {
    stage("Bad", "@Purpose(\"\") record Bad()");
    assertRefused(
        "The @Purpose of org.example.Bad is empty; say in a sentence what the stage does.");
  }

  @Test
  void a_model_may_be_a_default_and_two_outputs_may_have_none() throws IOException {
    stage(
        "Good",
        "@Purpose(\"Is right.\") record Good("
            + "@Param(value = \"pancreas\", doc = \"a\") Network model,"
            + "@Writes(doc = \"a\") Slot<Mask> x, @Writes(doc = \"a\") Slot<Mask> y)");
    try (var catalogue = catalogue()) {
      assertEquals(
          List.of("model", "x", "y", "precision", "device"),
          catalogue.describe("good").optionNames());
    }
  }

  @Test
  void an_option_that_every_stage_with_a_network_has_is_not_declared_once_more()
      throws IOException {
    stage(
        "Bad",
        "@Purpose(\"Is wrong.\") record Bad(@Param(doc = \"a\") Network model,"
            + "@Param(doc = \"a\") int device)");
    assertRefused(
        "The component device of org.example.Bad has the name of an option that every stage with a"
            + " Network has; rename it.");
  }

  /** What a stage has that cannot be made, and what is told of it. */
  static Stream<Arguments> unmakeable() {
    return Stream.of(
        arguments(
            "Bad { throw new IllegalStateException(\"no\"); }",
            "its code throws java.lang.IllegalStateException: no. Mend it, and build the jar anew."),
        arguments(
            "Bad { throw new IllegalArgumentException(); }",
            "its code throws java.lang.IllegalArgumentException. Mend it, and build the jar anew."),
        arguments(
            "Bad { throw new StackOverflowError(); }",
            "its code throws java.lang.StackOverflowError. Mend it, and build the jar anew."),
        arguments(
            "Bad { throw new NoSuchMethodError(\"gone()\"); }",
            "it does not fit this version of Islet (java.lang.NoSuchMethodError: gone()). Build its"
                + " jar anew."),
        arguments(
            "static { if (true) throw new AssertionError(\"no\"); }",
            "its code throws java.lang.AssertionError: no. Mend it, and build the jar anew."),
        arguments(
            "static final int N = Integer.parseInt(\"x\");",
            "a static initialiser fails (java.lang.NumberFormatException: For input string: \"x\")."
                + " Mend it, and build the jar anew."));
  }

  @ParameterizedTest
  @MethodSource("unmakeable")
  void a_stage_that_cannot_be_made_refuses_its_step_with_its_jar_and_the_cause(
      String member, String told) throws IOException {
    stage("Bad", "@Purpose(\"Cannot be made.\") record Bad()", member);
    try (var catalogue = catalogue()) {
      assertEquals(
          "The stage 'bad' of others-1.0.jar cannot be made: " + told, bindingRefusal(catalogue));
    }
  }

  private static String bindingRefusal(StageCatalogue catalogue) {
    return assertThrows(
            StageBindingException.class,
            () -> catalogue.bind("bad", Map.of(), (model, options) -> null))
        .getMessage();
  }

  @Test
  void a_static_initialiser_that_failed_is_told_of_the_next_step_too() throws IOException {
    stage(
        "Bad",
        "@Purpose(\"Cannot be made.\") record Bad()",
        "static final int N = Integer.parseInt(\"x\");");
    try (var catalogue = catalogue()) {
      bindingRefusal(catalogue);
      String second = bindingRefusal(catalogue);
      assertTrue(second.contains("cannot be made: a static initialiser fails ("), second);
      assertTrue(second.contains("NumberFormatException: For input string"), second);
    }
  }

  @Test
  void a_class_that_a_constructor_needs_and_the_jar_has_not_is_named() throws IOException {
    Path whole = Files.createDirectories(folder.resolve("whole")).resolve("whole.jar");
    StageJars.write(
        whole,
        Map.of(
            "org.example.Needed",
            "package org.example; class Needed { static void check() {} }",
            "org.example.Bad",
            """
            package org.example;
            import org.islet.stage.*;
            @Purpose("Needs a class.")
            record Bad() implements Stage {
              Bad {
                Needed.check();
              }

              @Override
              public void run(Case c) {}
            }
            """));
    without(whole, "org/example/Needed.class");
    try (var catalogue = catalogue()) {
      assertEquals(
          "The stage 'bad' of others-1.0.jar cannot be made: the class org.example.Needed is"
              + " missing. Build the jar with all classes that it needs, and for this version of"
              + " Islet.",
          bindingRefusal(catalogue));
    }
  }

  @Test
  void a_jar_is_one_in_capitals_too() throws IOException {
    StageJars.write(folder.resolve("OTHERS.JAR"), StageJars.INVERT);
    try (var catalogue = catalogue()) {
      assertEquals("OTHERS.JAR", catalogue.describe("invert").jar().orElseThrow().file());
    }
  }

  @Test
  void interfaces_and_abstract_classes_between_are_no_stages() throws IOException {
    Map<String, String> sources = new LinkedHashMap<>(StageJars.INVERT);
    sources.put(
        "org.example.MaskStage",
        "package org.example; interface MaskStage extends org.islet.stage.Stage {}");
    sources.put(
        "org.example.Base", "package org.example; abstract class Base implements MaskStage {}");
    sources.put(
        "org.example.Twice",
        """
        package org.example;
        import org.islet.stage.*;
        @Purpose("Implements Stage by way of another interface.")
        record Twice() implements MaskStage {
          @Override
          public void run(Case c) {}
        }
        """);
    StageJars.write(jar(), sources);
    try (var catalogue = catalogue()) {
      assertEquals("twice", catalogue.describe("twice").name());
      assertEquals(Stages.ALL.names().size() + 2, catalogue.names().size());
    }
  }

  @Test
  void a_stage_with_the_name_of_one_of_islets_is_refused() throws IOException {
    stage("Clip", "@Purpose(\"Has the name of another.\") record Clip()");
    assertRefused(
        "the stage org.example.Clip is named 'clip', as org.islet.stage.Clip of Islet itself is."
            + " Rename one of the two classes, or take the jar away.");
  }

  @Test
  void two_jars_with_a_stage_of_one_name_are_refused() throws IOException {
    Path first = StageJars.write(folder.resolve("a.jar"), StageJars.INVERT);
    Files.copy(first, jar());
    assertRefused(
        "the stage org.example.Invert is named 'invert', as org.example.Invert of a.jar is."
            + " Rename one of the two classes, or take the jar away.");
  }

  @Test
  void a_jar_that_holds_a_copy_of_islet_is_refused() throws IOException {
    Path box = StageJars.islet().resolve("org/islet/stage/Box.class");
    StageJars.pack(jar(), StageJars.islet(), box);
    assertRefused(
        "it holds a copy of Islet's own org.islet.stage.Box. Build it without Islet's classes.");
  }

  @Test
  void a_class_that_needs_one_that_is_not_in_the_jar_is_refused() throws IOException {
    Map<String, String> sources =
        Map.of(
            "org.example.Side",
            "package org.example; enum Side { LEFT, RIGHT }",
            "org.example.Keep",
            """
            package org.example;
            import org.islet.stage.*;
            @Purpose("Needs an enum.")
            record Keep(@Param(doc = "a side") Side side) implements Stage {
              @Override
              public void run(Case c) {}
            }
            """);
    Path whole = Files.createDirectories(folder.resolve("whole")).resolve("whole.jar");
    StageJars.write(whole, sources);
    without(whole, "org/example/Side.class");
    String sentence = refusal();
    assertTrue(
        sentence.startsWith(jar() + ": the class org.example.Keep cannot be loaded ("), sentence);
    assertTrue(sentence.contains("org/example/Side"), sentence);
  }

  private void without(Path whole, String entry) throws IOException {
    try (var files = FileSystems.newFileSystem(whole)) {
      Files.delete(files.getPath(entry));
    }
    Files.copy(whole, jar());
  }

  @Test
  void a_class_built_for_a_newer_java_is_refused() throws IOException {
    Path made = Files.createDirectories(folder.resolve("made"));
    Path whole = StageJars.write(made.resolve("whole.jar"), StageJars.INVERT);
    try (var files = FileSystems.newFileSystem(whole)) {
      Path invert = files.getPath("org/example/Invert.class");
      byte[] bytes = Files.readAllBytes(invert);
      bytes[7] = 99; // the major version
      Files.write(invert, bytes);
    }
    Files.copy(whole, jar());
    String sentence = refusal();
    assertTrue(sentence.contains("the class org.example.Invert cannot be loaded ("), sentence);
    assertTrue(
        sentence.contains("Build it for Java %d or older".formatted(Runtime.version().feature())),
        sentence);
  }
}
