package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.stage.Case;
import org.islet.stage.Purpose;
import org.islet.stage.Stage;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageFailedException;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class StageEndpointTest {

  @Purpose("Was built for another version of Islet.")
  record Outdated() implements Stage {
    @Override
    public void run(Case c) {
      throw new NoSuchMethodError("'void org.islet.stage.Case.gone()'");
    }
  }

  @Purpose("Needs a library that was not packed with it.")
  record Incomplete() implements Stage {
    @Override
    public void run(Case c) {
      throw new NoClassDefFoundError("org/example/Library$Part");
    }
  }

  @Purpose("Goes too deep.")
  record Deep() implements Stage {
    @Override
    public void run(Case c) {
      throw new StackOverflowError();
    }
  }

  @Purpose("Asserts what is not so.")
  record Sure() implements Stage {
    @Override
    public void run(Case c) {
      throw new AssertionError("one is two");
    }
  }

  private static String failure(Class<? extends Stage> stage) throws Exception {
    var stages = new StageCatalogue(List.of(stage));
    String name = stages.names().get(0);
    Case c = new Case("case", Volume.of(Geometry.of(new Size(1, 1, 1), 1, 1, 1), new short[1]));
    try (var context = new DefaultCamelContext()) {
      context.addComponent(
          StageComponent.SCHEME, new StageComponent(stages, (model, options) -> null));
      context.start();
      var exchange = context.createFluentProducerTemplate().withBody(c).to("stage:" + name).send();
      return assertInstanceOf(StageFailedException.class, exchange.getException()).getMessage();
    }
  }

  @Test
  void an_error_of_the_jvm_in_a_stage_fails_its_case_and_nothing_else() throws Exception {
    assertEquals("The stage 'deep' failed: java.lang.StackOverflowError", failure(Deep.class));
    assertEquals("The stage 'sure' failed: one is two", failure(Sure.class));
  }

  @Test
  void a_class_that_is_missing_from_a_jar_is_named() throws Exception {
    assertEquals(
        "The stage 'incomplete' failed: the class org.example.Library$Part is missing. Build the"
            + " jar with all classes that it needs, and for this version of Islet.",
        failure(Incomplete.class));
  }

  @Test
  void a_stage_of_a_jar_that_calls_what_islet_no_longer_has_fails_its_case_with_what_to_do()
      throws Exception {
    assertEquals(
        "The stage 'outdated' failed: it does not fit this version of Islet"
            + " (java.lang.NoSuchMethodError: 'void org.islet.stage.Case.gone()')."
            + " Build its jar anew.",
        failure(Outdated.class));
  }
}
