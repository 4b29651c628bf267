package org.islet.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The CTs that folder intakes have no result of, and their way back to where they came from. */
public final class FailedCts {

  private final Path home;
  private final Set<String> doors;

  /**
   * @param home what the folders are below
   * @param doors names of doors; those that are no folders are left out
   */
  public FailedCts(Path home, Set<String> doors) {
    this.home = home;
    this.doors = doors;
  }

  /** Whether a door is a folder. */
  public static boolean isFolder(String door) {
    return InboxComponent.folderOf(Path.of(""), door).isPresent();
  }

  /** A CT that failed. */
  public static final class FailedCt {

    private final FailedFolder failures;
    private final Path folder;
    private final Optional<String> caseId;

    private FailedCt(FailedFolder failures, Path folder) {
      this.failures = failures;
      this.folder = folder;
      this.caseId = failures.reasonIn(folder).map(FailureReason::caseId);
    }

    /** The folder that it lies in, with the reason. */
    public Path folder() {
      return folder;
    }

    /** The case that it was; nothing if it was refused before it became one. */
    public Optional<String> caseId() {
      return caseId;
    }

    /**
     * Moves it back, with what goes with it, to be taken in anew. Nothing is overwritten.
     *
     * @return where it is now; nothing if its folder holds no CT
     */
    public Optional<Path> moveBack() throws IOException {
      return failures.restore(folder);
    }

    /**
     * Forgets a failure whose CT was moved out of its folder by hand: takes the reason away, and
     * the folder too unless something else is left in it, such as what was asked for with the CT.
     *
     * @return false if nothing is taken away, since the reason was written by somebody else
     */
    public boolean forget() throws IOException {
      return failures.forget(folder);
    }
  }

  /**
   * All of them, by name.
   *
   * @param unreadable told of folders that are missing or cannot be looked into; what lies in
   *     others is found all the same
   */
  public List<FailedCt> all(BiConsumer<Path, IOException> unreadable) throws IOException {
    List<FailedCt> found = new ArrayList<>();
    for (String door : doors) {
      Optional<Path> root = InboxComponent.folderOf(home, door).filter(Files::isDirectory);
      if (root.isPresent()) {
        FailedFolder failures = new FailedFolder(InboxFolders.below(root.get()));
        for (Path failure : failures.all(unreadable)) {
          found.add(new FailedCt(failures, failure));
        }
      }
    }
    return found;
  }
}
