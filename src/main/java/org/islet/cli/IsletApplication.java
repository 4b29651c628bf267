package org.islet.cli;

import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.islet.web.Monitors;

/** What runs inside Quarkus: one command with its engine. */
public final class IsletApplication implements QuarkusApplication {

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

  /** Starts the engine when a command asks for it. */
  private final class OnDemand implements Supplier<Engine>, AutoCloseable {

    private Engine engine;

    @Override
    public Engine get() {
      if (engine == null) {
        context.start();
        engine = new Engine(context, settings, monitors);
        ending.first(engine::close);
      }
      return engine;
    }

    @Override
    public void close() {
      if (engine != null) {
        engine.close();
      }
    }
  }
}
