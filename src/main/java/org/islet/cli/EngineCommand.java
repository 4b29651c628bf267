package org.islet.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/** A command that runs routes, always or for some of its options. */
abstract class EngineCommand implements Callable<Integer> {

  @ParentCommand private Islet islet;

  /** Whether the options ask for work that runs routes. */
  boolean needsEngine() {
    return true;
  }

  /**
   * The settings that the command asks for, by the name of the system property; unless it says
   * otherwise, nothing listens.
   */
  Map<String, String> settings() {
    return Map.of("quarkus.http.host-enabled", "false");
  }

  /** The engine, started when it is first asked for. */
  final Engine engine() {
    return islet.engine();
  }
}
