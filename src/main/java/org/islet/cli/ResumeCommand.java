package org.islet.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.islet.store.Database;
import org.islet.store.JobStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A door opened again. */
@Command(
    name = "resume",
    header = "Opens a door that was shut by ./islet pause.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Opens a door that was shut by ./islet pause; what waits outside is taken in.")
public final class ResumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DoorParameter door;

  @Mixin private RecordOptions options;

  @Override
  public Integer call() {
    try (Database database = options.open()) {
      JobStore store = new JobStore(database);
      String name = door.in(store);
      boolean shut = store.pauses().reason(name).isPresent();
      store.pauses().set(name, Optional.empty());
      spec.commandLine()
          .getOut()
          .printf(shut ? "The %s takes requests in again.%n" : "The %s was open.%n", name);
      spec.commandLine().getOut().flush();
      return CommandLine.ExitCode.OK;
    }
  }
}
