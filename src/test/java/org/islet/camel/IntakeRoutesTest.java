package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.route.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeRoutesTest {

  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void start() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void write(String from, String to) throws IOException {
    Files.writeString(
        folder.resolve("intake.yaml"),
        "- route:\n    from:\n      uri: %s\n      steps:\n        - to: %s\n".formatted(from, to));
  }

  private Problem problem() {
    IntakeRoutes routes = new IntakeRoutes(context, folder, uri -> true);
    return assertThrows(RouteProblemsException.class, routes::start).problems().get(0);
  }

  @Test
  void a_route_may_use_whatever_of_camel_is_there() throws IOException {
    write("direct:in", "log:taken");
    new IntakeRoutes(context, folder, uri -> true).start();
    assertEquals(1, context.getRoutesSize());
  }

  @Test
  void a_component_that_is_not_there_is_named_with_its_line_and_nothing_is_started()
      throws IOException {
    context.getComponent("log"); // there since it was asked for
    write("direct:in", "logg:taken");
    Problem problem = problem();
    assertEquals(5, problem.location().line());
    assertTrue(problem.sentence().contains("'logg'; did you mean 'log'"), problem.toString());
    assertEquals(0, context.getRoutesSize());
  }

  @Test
  void a_file_that_is_not_a_route_is_named() throws IOException {
    Files.writeString(folder.resolve("intake.yaml"), "- route:\n    from: [\n");
    assertTrue(problem().location().file().endsWith("intake.yaml"));
  }

  @Test
  void where_a_route_begins_is_told_with_the_values_of_settings() throws IOException {
    Properties settings = new Properties();
    settings.setProperty("ward", "radiology");
    context.getPropertiesComponent().setInitialProperties(settings);
    write("inbox:{{ward}}?delay=500", "log:taken");
    assertEquals(List.of("inbox:radiology?delay=500"), IntakeRoutes.origins(context, folder));
    write("inbox:{{nowhere}}", "log:taken");
    assertEquals(List.of("inbox:{{nowhere}}"), IntakeRoutes.origins(context, folder));
  }

  @Test
  void a_folder_that_is_not_there_holds_no_routes() {
    new IntakeRoutes(context, folder.resolve("nowhere"), uri -> true).start();
    assertEquals(0, context.getRoutesSize());
  }
}
