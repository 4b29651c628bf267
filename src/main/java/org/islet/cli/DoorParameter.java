package org.islet.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.islet.intake.InboxComponent;
import org.islet.queue.QueueDoor;
import org.islet.store.JobStore;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The door that a command is about. */
final class DoorParameter {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(paramLabel = "DOOR", description = "The door: folder or queue.")
  private String door;

  /**
   * The door's name.
   *
   * @throws ParameterException if there is no such door
   */
  String in(JobStore store) {
    Set<String> doors = new TreeSet<>(List.of(InboxComponent.DOOR, QueueDoor.NAME));
    doors.addAll(store.listing().doors());
    store.pauses().all().forEach(pause -> doors.add(pause.door()));
    if (!doors.contains(door)) {
      throw new ParameterException(
          command.commandLine(),
          "There is no door '%s'. There are: %s.".formatted(door, String.join(", ", doors)));
    }
    return door;
  }
}
