package org.islet.intake;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.islet.job.CaseFailedException;
import org.islet.job.CaseListener;
import org.islet.job.DirectCases;
import org.islet.job.ResultPlace;
import org.islet.job.SegmentationRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.job.Segmenter;

/**
 * The {@code segment:} component: {@code segment:pancreas-two-stage} takes the CT whose path is the
 * message's body through that route to a published result, and puts the {@link
 * org.islet.job.CaseResult} into the body.
 */
public final class SegmentComponent extends DefaultComponent {

  /** The component's scheme. */
  public static final String SCHEME = "segment";

  private final SegmentationRoutes routes;
  private final DirectCases cases;
  private final CaseListener listener;

  public SegmentComponent(
      Segmenter segmenter, SegmentationRoutes routes, ResultPlace results, CaseListener listener) {
    this.routes = routes;
    this.cases = new DirectCases(segmenter, results);
    this.listener = listener;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    routes.require(remaining);
    return new SegmentEndpoint(uri, remaining);
  }

  private final class SegmentEndpoint extends DefaultEndpoint {

    private final String route;

    SegmentEndpoint(String uri, String route) {
      super(uri, SegmentComponent.this);
      this.route = route;
    }

    private SegmentationRoute opened() throws CaseFailedException {
      try {
        return routes.open(route);
      } catch (IllegalArgumentException e) {
        throw new CaseFailedException(null, "refused", null, e.getMessage(), e);
      }
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) throws Exception {
          Path ct = Objects.requireNonNull(exchange.getMessage().getBody(Path.class));
          try (SegmentationRoute now = opened()) {
            exchange.getMessage().setBody(cases.run(ct, now, listener));
          }
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "A route cannot begin with segment:; begin it with what takes CTs in, such as inbox:.");
    }
  }
}
