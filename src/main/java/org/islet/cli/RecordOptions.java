package org.islet.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.islet.job.Hours;
import org.islet.overview.WaitingRules;
import org.islet.queue.QueueService;
import org.islet.store.Database;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which record of cases a command asks beside the service, and how it reaches that. */
final class RecordOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The --home of ./islet serve (default: the current folder).")
  private Path home;

  Path home() {
    return home;
  }

  /**
   * Opens the record for a short while, whether the service runs or not.
   *
   * @throws ParameterException if there is none
   * @throws org.islet.store.StoreException if it cannot be reached
   */
  Database open() {
    Optional<Database.Address> address = new SettingsAtOnce().store();
    if (address.isPresent()) {
      return Database.postgres(address.get());
    }
    Path data = home.resolve(Service.DATA);
    if (!Database.isIn(data)) {
      throw new ParameterException(
          command.commandLine(),
          "There is no record of cases in %s. Give the --home of ./islet serve, or start that once."
              .formatted(data));
    }
    return Database.visit(data);
  }

  /** A folder whose files requests may name; it need not be there. */
  Path inputs() {
    return new SettingsAtOnce()
        .queueRoots().stream()
            .filter(root -> !ObjectStorage.isAddress(root))
            .findFirst()
            .map(Path::of)
            .orElse(home.resolve(QueueParts.INPUTS));
  }

  /** The broker that the service has, reached for a short while. */
  QueueService queue() {
    return QueueService.visit(new SettingsAtOnce().queue());
  }

  /** What decides for how long cases wait. */
  WaitingRules rules() {
    SettingsAtOnce settings = new SettingsAtOnce();
    return new WaitingRules(settings.casesAtOnce(), settings.offPeak().map(Hours::parse));
  }
}
