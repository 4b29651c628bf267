package org.islet.intake;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.islet.job.Reception;
import org.islet.job.SegmentationRoutes;
import org.islet.request.RequestRefusedException;
import org.islet.store.Failure;
import org.islet.store.KeyReusedException;
import org.islet.store.Order;
import org.islet.store.Request;
import org.islet.store.UnstorableException;

/**
 * The {@code submit:} component: {@code submit:pancreas-two-stage} takes down the request that came
 * in, to go through that route unless it asks for another. When it returns, the request is durable,
 * and whatever sent it may forget it; the {@link Request} is the message's body then.
 */
public final class SubmitComponent extends DefaultComponent {

  /** The component's scheme. */
  public static final String SCHEME = "submit";

  private final Reception reception;
  private final SegmentationRoutes routes;
  private final Messages messages;

  /** Takes down what came in as a message. */
  public interface Messages {

    /** Takes no messages. */
    Messages NONE = route -> exchange -> refuse();

    /** What does so, with a route to take where no other is asked for. */
    Processor to(String route);

    private static void refuse() {
      throw new IllegalStateException(
          "submit: takes what inbox: has taken in, and messages of jms: where the queue is on. Begin the route with"
              + " one of these.");
    }
  }

  /**
   * @param messages for whatever comes in that is no {@link Submission}
   */
  public SubmitComponent(Reception reception, SegmentationRoutes routes, Messages messages) {
    this.reception = reception;
    this.routes = routes;
    this.messages = messages;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    routes.require(remaining);
    return new SubmitEndpoint(uri, remaining);
  }

  private Request submit(Submission submission, String route) throws KeyReusedException {
    try {
      return reception.receive(submission.incoming(route));
    } catch (RequestRefusedException e) {
      return refuse(submission, route, new Failure(e.code(), e.getMessage()));
    } catch (UnstorableException e) {
      return refuse(
          submission, route, new Failure(RequestRefusedException.BAD_REQUEST, e.getMessage()));
    }
  }

  private Request refuse(Submission submission, String route, Failure why)
      throws KeyReusedException {
    return reception.refuse(submission.plain(Order.of(route)), why);
  }

  private final class SubmitEndpoint extends DefaultEndpoint {

    private final String route;

    SubmitEndpoint(String uri, String route) {
      super(uri, SubmitComponent.this);
      this.route = route;
    }

    @Override
    public Producer createProducer() {
      Processor message = messages.to(route);
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) throws Exception {
          if (exchange.getMessage().getBody() instanceof Submission submission) {
            exchange.getMessage().setBody(submit(submission, route));
          } else {
            message.process(exchange);
          }
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "A route cannot begin with submit:; begin it with what takes CTs in, such as inbox:.");
    }
  }
}
