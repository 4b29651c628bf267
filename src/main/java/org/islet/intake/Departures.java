package org.islet.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Moves what was taken on, when it has come to its end: to {@code done} or {@code failed}. */
final class Departures {

  private final Path done;
  private final Path failed;

  Departures(InboxFolders folders) {
    this.done = folders.done();
    this.failed = folders.failed();
  }

  /** Moves a claimed CT, and what goes with it, to {@code done}. */
  void finish(Claim claim) throws IOException {
    Path to = Moves.folderFor(done, claim.arrival());
    Moves.together(Arrivals.filesBeside(claim.ct()), to);
    Files.deleteIfExists(claim.ct().resolveSibling(Arrivals.REASON));
    Claim.dissolve(claim.folder());
  }

  /**
   * Moves a claimed CT, and what goes with it, to {@code failed/<name>/} and says there why; as a
   * whole, by one rename.
   */
  void fail(Claim claim, FailureReason reason) throws IOException {
    Path parent = Moves.folderFor(failed, claim.arrival());
    Path from = claim.ct().getParent();
    reason.write(from.resolve(Arrivals.REASON));
    Files.deleteIfExists(claim.taking());
    Moves.folder(from, claim.ct(), parent);
    Claim.dissolve(claim.folder());
  }
}
