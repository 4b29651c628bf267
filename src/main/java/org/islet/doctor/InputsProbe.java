package org.islet.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder whose files requests may name: whether it is there and may be read. */
record InputsProbe(Path folder) implements Probe {

  @Override
  public String part() {
    return "inputs";
  }

  @Override
  public String whenSilent() {
    return "The drive of %s does not answer; bring it back or unmount it.".formatted(folder);
  }

  @Override
  public List<Finding> look() {
    return List.of(
        Files.isDirectory(folder) && Files.isReadable(folder)
            ? Finding.ok(part(), folder + " can be read")
            : Finding.wrong(
                part(),
                folder + " is no folder that this user may read",
                "Bring its drive back, give the service's user leave to read it, or take it out of islet.queue.roots."));
  }
}
