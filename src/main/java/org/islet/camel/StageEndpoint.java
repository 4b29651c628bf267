package org.islet.camel;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.islet.stage.BoundStage;
import org.islet.stage.Case;
import org.islet.stage.StageFailedException;

/**
 * A stage with its options. Messages are sent to it, their body being the case; none come from it.
 */
final class StageEndpoint extends DefaultEndpoint {

  private final BoundStage stage;

  StageEndpoint(String uri, StageComponent component, BoundStage stage) {
    super(uri, component);
    this.stage = stage;
  }

  @Override
  public Producer createProducer() {
    return new DefaultProducer(this) {
      @Override
      public void process(Exchange exchange) {
        Case c = exchange.getMessage().getBody(Case.class);
        if (c == null) {
          throw new IllegalStateException(
              "The stage '%s' got a message without a case; only a route that a case was sent to may call it."
                  .formatted(stage.name()));
        }
        runOn(c);
      }
    };
  }

  private void runOn(Case c) {
    try {
      stage.run(c);
    } catch (RuntimeException | Error e) {
      throw new StageFailedException(stage.name(), e);
    }
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "A route cannot begin with stage:%s; begin it with direct:.".formatted(stage.name()));
  }
}
