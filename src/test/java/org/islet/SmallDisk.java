package org.islet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk in memory that is soon full, mounted at a folder until it is closed. */
public final class SmallDisk implements AutoCloseable {

  private final Path folder;

  /**
   * Mounts a disk, or skips the test where that cannot be done.
   *
   * @param folder empty, and there
   * @param size as tmpfs takes it, such as {@code 64m}
   */
  public SmallDisk(Path folder, String size) throws IOException {
    this.folder = folder;
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "islet", folder.toString()) == 0,
        "a tmpfs can only be mounted by root, and where the system lets it");
  }

  private static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.onExit().join().exitValue();
  }

  /** Writes into a new file on the disk until nothing goes any more. */
  public Path fill(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] some = new byte[1 << 12];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      return file;
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", "-l", folder.toString());
  }
}
