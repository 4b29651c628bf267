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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageEndpointTest {

  @Purpose("Was built for another version of Islet.")
  record Outdated() implements Stage {
    @Override
    public void run(Case c) {
      throw new NoSuchMethodError("'void org.islet.stage.Case.gone()'");
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

  @ParameterizedTest
  @CsvSource({"deep, java.lang.StackOverflowError", "sure, one is two"})
  void an_error_of_the_jvm_in_a_stage_fails_its_case_and_nothing_else(String stage, String reason)
      throws Exception {
    var stages = new StageCatalogue(List.of(Deep.class, Sure.class));
    Case c = new Case("case", Volume.of(Geometry.of(new Size(1, 1, 1), 1, 1, 1), new short[1]));
    try (var context = new DefaultCamelContext()) {
      context.addComponent(StageComponent.SCHEME, new StageComponent(stages, model -> null));
      context.start();
      var exchange = context.createFluentProducerTemplate().withBody(c).to("stage:" + stage).send();
      var failure = assertInstanceOf(StageFailedException.class, exchange.getException());
      assertEquals("The stage '%s' failed: %s".formatted(stage, reason), failure.getMessage());
    }
  }

  @Test
  void a_stage_of_a_jar_that_calls_what_islet_no_longer_has_fails_its_case_with_what_to_do()
      throws Exception {
    var stages = new StageCatalogue(List.of(Outdated.class));
    Case c = new Case("case", Volume.of(Geometry.of(new Size(1, 1, 1), 1, 1, 1), new short[1]));
    try (var context = new DefaultCamelContext()) {
      context.addComponent(StageComponent.SCHEME, new StageComponent(stages, model -> null));
      context.start();
      var exchange = context.createFluentProducerTemplate().withBody(c).to("stage:outdated").send();
      var failure = assertInstanceOf(StageFailedException.class, exchange.getException());
      assertEquals(
          "The stage 'outdated' failed: it does not fit this version of Islet"
              + " (java.lang.NoSuchMethodError: 'void org.islet.stage.Case.gone()')."
              + " Build its jar anew.",
          failure.getMessage());
    }
  }
}
