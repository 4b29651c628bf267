package org.islet.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A CT that was taken, with what goes with it, in a folder of its own: {@code
 * in-progress/<worker>~<key>}. As long as that holds a file {@code .taking}, what goes with the CT
 * may still lie in {@code in}.
 *
 * @param folder whose name begins with the worker's
 * @param ct in it, below the same subfolders as it was in {@code in}
 */
record Claim(Path folder, Path ct) {

  /** What parts a worker's name from a claim's key. */
  private static final String OWNER = "~";

  /** The name of a claim's folder. */
  static String name(String worker, String key) {
    return worker + OWNER + key;
  }

  /** The key of a claim, by the name of its folder. */
  static String keyOf(String folder) {
    return folder.substring(folder.lastIndexOf(OWNER) + 1);
  }

  /** The worker of a claim, by the name of its folder. */
  static String workerOf(String folder) {
    return folder.substring(0, Math.max(0, folder.lastIndexOf(OWNER)));
  }

  /** Its name, which no other claim has, and which stays when another worker takes it over. */
  String key() {
    return keyOf(folder.getFileName().toString());
  }

  /** Where it came from, below {@code in}. */
  Path arrival() {
    return folder.relativize(ct);
  }

  /** The file that says that it is still being taken. */
  Path taking() {
    return takingIn(folder);
  }

  private static Path takingIn(Path folder) {
    return folder.resolve(".taking");
  }

  /** Takes a claim's folder away, unless a file of the claim is left in it. */
  static void dissolve(Path folder) throws IOException {
    Files.deleteIfExists(takingIn(folder));
    Moves.dissolve(folder);
  }
}
