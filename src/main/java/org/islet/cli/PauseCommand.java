package org.islet.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.islet.store.Database;
import org.islet.store.JobStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A door shut. */
@Command(
    name = "pause",
    header = "Shuts a door, so that nothing more is taken in by it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shuts a door until ./islet resume, also over restarts: what comes to it stays outside.",
      "Cases that were taken in go on."
    },
    footer = {"", "Example: ./islet pause folder --reason \"The scanner is being serviced.\""})
public final class PauseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DoorParameter door;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "no reason was given",
      description = "Why, for whoever looks.")
  private String reason;

  @Mixin private RecordOptions options;

  @Override
  public Integer call() {
    try (Database database = options.open()) {
      JobStore store = new JobStore(database);
      String name = door.in(store);
      store.pauses().set(name, Optional.of(reason));
      spec.commandLine()
          .getOut()
          .printf("The %s takes nothing in until: ./islet resume %s%n", name, name);
      spec.commandLine().getOut().flush();
      return CommandLine.ExitCode.OK;
    }
  }
}
