package org.islet.cli;

import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.islet.web.Monitors;
import org.jboss.logging.Logger;

/** What runs inside Quarkus: one command with its engine. */
public final class IsletApplication implements QuarkusApplication {

  private static final Logger LOG = Logger.getLogger(IsletApplication.class);

  private final CamelContext context;
  private final Settings settings;
  private final Monitors monitors;
  private final Ending ending;

  @Inject
  IsletApplication(CamelContext context, Settings settings, Monitors monitors, Ending ending) {
    this.context = context;
    this.settings = settings;
    this.monitors = monitors;
    this.ending = ending;
  }

  @Override
  public int run(String... args) throws Exception {
    try (OnDemand engine = new OnDemand()) {
      return Islet.commandLine(engine, args).execute(args);
    }
  }

  /** A warning is enough, as Kubernetes sets such variables for a service that is named islet. */
  private static void tellOfUnknown() {
    for (String name : AllowedSettings.unknown(System.getenv().keySet())) {
      LOG.warnf(
          "the environment variable %s is none of Islet's settings and changes nothing; docs/running.md lists them",
          name);
    }
  }

  /** Starts the engine when a command asks for it; a start under way is waited for at the end. */
  private final class OnDemand implements Supplier<Engine>, AutoCloseable {

    private Engine engine;

    @Override
    public synchronized Engine get() {
      if (engine == null) {
        ending.first(this::close);
        ending.requireNotBegun();
        tellOfUnknown();
        context.start();
        engine = new Engine(context, settings, monitors);
      }
      return engine;
    }

    @Override
    public void close() {
      Engine made = started();
      if (made != null) {
        made.close();
      }
    }

    private synchronized Engine started() {
      return engine;
    }
  }
}
