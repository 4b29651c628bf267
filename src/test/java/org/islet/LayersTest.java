package org.islet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The layers of {@code design/architecture.md}, and all that each package may see. */
class LayersTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(Stage.class.getProtectionDomain().getCodeSource().getLocation());

  /** A package, those of Islet's that it may see, and the libraries that it may see. */
  private record Layer(String name, List<String> below, List<String> libraries) {

    static Layer of(String name, List<String> below, String... libraries) {
      return new Layer(name, below, List.of(libraries));
    }

    String[] visible() {
      return Stream.of(
              Stream.of("java..", "org.islet." + name + ".."),
              below.stream().map(p -> "org.islet." + p + ".."),
              libraries.stream())
          .flatMap(s -> s)
          .toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String CAMEL = "org.apache.camel..";
  private static final String TENSORFLOW = "org.tensorflow..";
  private static final String PROTOBUF = "com.google.protobuf..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String JGRAPHT = "org.jgrapht..";
  private static final String LOGGING = "org.jboss.logging..";

  /** From the bottom to the top: a package sees only packages that stand before it. */
  private static final List<Layer> LAYERS =
      List.of(
          Layer.of("disk", List.of()),
          Layer.of("object", List.of("disk"), CAMEL, "software.amazon.awssdk.."),
          Layer.of("picture", List.of()),
          Layer.of("volume", List.of()),
          Layer.of("format", List.of("volume")),
          Layer.of("phantom", List.of("volume")),
          Layer.of("dataset", List.of("volume", "format", "phantom"), JACKSON),
          Layer.of("evaluate", List.of("picture", "volume", "format", "dataset"), JACKSON),
          Layer.of("stage", List.of("volume", "format"), "org.jboss.jandex.."),
          Layer.of("route", List.of("volume", "format", "stage"), "org.snakeyaml.engine.."),
          Layer.of("reference", List.of("volume", "stage", "route"), JACKSON),
          // A SavedModel is a network of the kind that stages ask for.
          Layer.of(
              "model",
              List.of("disk", "volume", "format", "stage"),
              TENSORFLOW,
              "org.bytedeco.javacpp..",
              "com.sun.jna..",
              PROTOBUF,
              JACKSON),
          Layer.of("imported", List.of("volume", "format", "stage", "model"), TENSORFLOW, JACKSON),
          Layer.of(
              "train",
              List.of("volume", "format", "dataset", "evaluate", "stage", "model"),
              TENSORFLOW,
              JACKSON),
          Layer.of("plan", List.of("volume", "stage", "route"), JGRAPHT),
          Layer.of("diagram", List.of("picture", "volume", "stage", "route", "plan"), JGRAPHT),
          Layer.of("carry", List.of("disk", "object", "volume", "format"), JACKSON),
          Layer.of(
              "store",
              List.of(),
              "javax.sql..",
              "io.agroal..",
              "org.jdbi..",
              "org.flywaydb..",
              "org.h2..",
              "org.postgresql.."),
          Layer.of(
              "job",
              List.of("object", "volume", "format", "stage", "model", "plan", "carry", "store"),
              JACKSON,
              LOGGING),
          Layer.of("overview", List.of("format", "stage", "store", "job"), JACKSON),
          Layer.of(
              "camel",
              List.of("volume", "format", "stage", "route", "plan", "job"),
              CAMEL,
              LOGGING),
          Layer.of("trace", List.of("stage", "store", "job"), "io.opentelemetry.."),
          Layer.of(
              "web",
              List.of("stage", "store", "job", "overview"),
              "jakarta..",
              "io.micrometer..",
              "io.vertx.core.http..",
              "io.vertx.ext.web..",
              "org.eclipse.microprofile.health.."),
          Layer.of("publish", List.of("disk", "object", "volume", "format", "job"), JACKSON),
          Layer.of(
              "request", List.of("format", "stage", "store"), JACKSON, "com.networknt.schema.."),
          Layer.of(
              "intake",
              List.of("disk", "format", "store", "job", "publish", "request"),
              CAMEL,
              JACKSON,
              LOGGING),
          Layer.of(
              "queue",
              List.of("disk", "object", "format", "stage", "store", "job", "request"),
              CAMEL,
              JACKSON,
              LOGGING,
              "jakarta.jms..",
              "org.springframework.jms..",
              "org.apache.activemq.artemis..",
              "org.apache.qpid..",
              "org.messaginghub.pooled.jms..",
              "io.netty.buffer.."),
          Layer.of(
              "load",
              List.of("volume", "format", "phantom", "job", "queue"),
              JACKSON,
              "jakarta.jms..",
              "org.HdrHistogram.."),
          Layer.of(
              "doctor",
              List.of(
                  "format", "stage", "route", "model", "train", "plan", "store", "object", "job",
                  "camel", "queue"),
              CAMEL,
              "com.sun.management.."),
          // The commands put the parts together, so they see them all.
          Layer.of(
              "cli",
              List.of(
                  "disk",
                  "object",
                  "volume",
                  "format",
                  "phantom",
                  "dataset",
                  "evaluate",
                  "stage",
                  "route",
                  "reference",
                  "model",
                  "imported",
                  "train",
                  "plan",
                  "diagram",
                  "carry",
                  "store",
                  "job",
                  "overview",
                  "camel",
                  "trace",
                  "web",
                  "publish",
                  "request",
                  "intake",
                  "queue",
                  "load",
                  "doctor"),
              CAMEL,
              LOGGING,
              "picocli..",
              "com.sun.management..",
              "io.quarkus..",
              "io.smallrye..",
              "jakarta..",
              "org.eclipse.microprofile.."));

  @ParameterizedTest
  @FieldSource("LAYERS")
  void a_package_sees_nothing_but_the_jdk_and_what_its_layer_may(Layer layer) {
    classes()
        .that()
        .resideInAPackage("org.islet." + layer.name() + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(layer.visible())
        .check(MAIN);
  }

  @Test
  void every_package_has_a_layer() {
    Set<String> packages =
        MAIN.stream()
            .map(c -> c.getPackageName().replaceFirst("org\\.islet\\.?", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        LAYERS.stream().map(Layer::name).collect(Collectors.toCollection(TreeSet::new)), packages);
  }

  @Test
  void arrows_point_only_downwards() {
    Set<String> below = new LinkedHashSet<>();
    for (Layer layer : LAYERS) {
      assertEquals(
          List.of(), layer.below().stream().filter(p -> !below.contains(p)).toList(), layer.name());
      below.add(layer.name());
    }
    slices().matching("org.islet.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void every_stage_is_one_class_with_a_test_of_its_name() {
    List<JavaClass> stages =
        MAIN.stream().filter(c -> c.isAssignableTo(Stage.class) && !c.isInterface()).toList();
    assertFalse(stages.isEmpty());
    assertEquals(
        List.of(),
        stages.stream().map(c -> c.getName() + "Test").filter(name -> !exists(name)).toList());
  }

  private static boolean exists(String name) {
    return LayersTest.class.getResource("/" + name.replace('.', '/') + ".class") != null;
  }
}
