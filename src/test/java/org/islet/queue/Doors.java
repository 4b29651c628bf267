package org.islet.queue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;

/** A queue with a route at work, as the service has it. */
final class Doors implements AutoCloseable {

  static final String REQUESTS = "islet.requests";
  static final String DEAD = "islet.requests.dead";
  static final String EVENTS = "islet.events";

  private final DefaultCamelContext context = new DefaultCamelContext();
  final QueueService queue;

  /** A queue that waits hardly at all before a message comes again. */
  Doors(QueueService queue, RequestHandler handler) throws Exception {
    this(queue, handler, Duration.ofNanos(1000));
  }

  /**
   * @param pause before a message comes again the first time
   */
  Doors(QueueService queue, RequestHandler handler, Duration pause) throws Exception {
    this.queue = queue;
    context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    context.addComponent(QueueComponent.SCHEME, queue.component());
    RequestDoor door =
        new RequestDoor(
            handler,
            queue.deadLetters(),
            queue.sender(),
            Set.of(REQUESTS, DEAD, EVENTS),
            Clock.systemUTC(),
            pause);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(queue.requests()).process(door);
          }
        });
    context.start();
  }

  static QueueSettings settings(String url) {
    return new QueueSettings(url, "", "", "127.0.0.1", 0, REQUESTS, DEAD, EVENTS, 2);
  }

  static QueueService embedded(Path folder) {
    return new QueueService(settings(""), folder);
  }

  Peer peer() {
    return new Peer(queue.connections().consuming());
  }

  /** Ends the routes, but not the queue. */
  @Override
  public void close() {
    context.stop();
  }
}
