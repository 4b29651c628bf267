package org.islet.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.islet.format.WholeFile;

/**
 * The CTs of a run that lie on the disk now; their names tell the run and a number, nothing else.
 */
final class Copies implements Closeable {

  private final Path folder;
  private final String run;
  private final Originals originals;
  private final boolean keep;
  private final Map<Integer, Path> there = new ConcurrentHashMap<>();

  /**
   * @param folder of the run alone
   * @param keep whether they stay when they are not needed any more
   */
  Copies(Path folder, String run, Originals originals, boolean keep) {
    this.folder = folder;
    this.run = run;
    this.originals = originals;
    this.keep = keep;
  }

  Path folder() {
    return folder;
  }

  /**
   * Writes the CT of a request.
   *
   * @param number of the request, from 0
   * @throws IOException if it cannot be written, as a sentence
   */
  Path write(int number) throws IOException {
    Original original = originals.of(number);
    String mark = "%s-%07d".formatted(run, number);
    Path file = folder.resolve(mark + original.ending());
    there.put(number, file);
    try {
      original.copy(file, mark);
    } catch (IOException e) {
      throw WholeFile.failure(file, e);
    }
    return file;
  }

  /** Deletes the CT of a request that was answered, if it is still there. */
  void delete(int number) throws IOException {
    Path file = there.remove(number);
    if (file != null && !keep) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes all that is left, unless they are to be kept. */
  @Override
  public void close() throws IOException {
    for (int number : there.keySet()) {
      delete(number);
    }
  }
}
