package org.islet.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that the service works in: whether it is there and may be written, and how much room is
 * left on its disk.
 *
 * @param part what the folder is called
 * @param beside a folder that it must share a file system with; may be the folder itself
 * @param minFree bytes below which the service takes nothing in
 */
record FolderProbe(String part, Path folder, Path beside, long minFree) implements Probe {

  @Override
  public String whenSilent() {
    return "The drive of %s does not answer; bring it back or unmount it.".formatted(folder);
  }

  @Override
  public List<Finding> look() throws IOException {
    return List.of(found());
  }

  private Finding found() throws IOException {
    if (!Files.exists(folder)) {
      return missing();
    } else if (!Files.isDirectory(folder)) {
      return Finding.wrong(part, folder + " is no folder", "Move it away, or take another --home.");
    } else if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
      return Finding.wrong(
          part,
          folder + " may not be read and written by this user",
          "Give the service's user leave to do both.");
    } else if (Files.isDirectory(beside)
        && !Files.getFileStore(folder).equals(Files.getFileStore(beside))) {
      return Finding.wrong(
          part,
          "%s is on another file system than %s".formatted(folder, beside),
          "Put both on one: files are moved between them by renames alone.");
    }
    return room();
  }

  /** What the service makes by itself is no mistake, if it can. */
  private Finding missing() throws IOException {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there)) {
      there = there.getParent();
      if (there == null) {
        throw new NoSuchFileException(folder.toString());
      }
    }
    return Files.isDirectory(there) && Files.isWritable(there)
        ? Finding.note(part, folder + " is not there yet", "The service makes it when it needs it.")
        : Finding.wrong(
            part,
            "%s is not there, and cannot be made in %s".formatted(folder, there),
            "Bring its drive back, give the service's user leave to write there, or take another --home.");
  }

  private Finding room() throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    String said = "%s, %d MiB free".formatted(folder, free >> 20);
    return free >= minFree
        ? Finding.ok(part, said)
        : Finding.wrong(
            part,
            said + ", less than islet.intake.min-free (%d MiB)".formatted(minFree >> 20),
            "Nothing is taken in until there is more: free some.");
  }
}
