package org.islet.intake;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.islet.format.InputRefusedException;
import org.islet.intake.InboxFolders.Claim;
import org.islet.job.Answer;
import org.islet.job.CrashPoint;
import org.islet.job.Door;
import org.islet.request.CaseOptions;
import org.islet.request.RequestRefusedException;
import org.islet.store.Incoming;
import org.islet.store.Order;
import org.islet.store.Request;

/** The door that a watched folder is: a request is a claimed CT, its answer is where that goes. */
final class FolderDoor implements Door {

  private static final int MOST_OPTIONS = 1 << 16;

  private final String name;
  private final InboxFolders folders;

  FolderDoor(String name, InboxFolders folders) {
    this.name = name;
    this.folders = folders;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path ct(Request request) throws IOException {
    return folders
        .claim(request.key())
        .map(Claim::ct)
        .orElseThrow(
            () ->
                new InputRefusedException(
                    "not-found",
                    "The CT was taken out of the folder 'in-progress'. Put it into 'in' again."));
  }

  @Override
  public void answer(Answer answer) throws IOException {
    Optional<Claim> claim = folders.claim(answer.request().key());
    if (claim.isEmpty()) {
      return; // moved before
    }
    if (answer.failure().isPresent()) {
      folders.fail(claim.get(), FailureReason.of(answer));
    } else {
      folders.finish(claim.get());
    }
    CrashPoint.reached("moved");
  }

  /** A claimed CT as something to submit. */
  Submission submission(Claim claim) {
    return new Submission() {
      @Override
      public Incoming incoming(String route) throws RequestRefusedException {
        return plain(options(claim).order(route));
      }

      @Override
      public Incoming plain(Order order) {
        return new Incoming(name, claim.name(), order, claim.arrival().toString(), "{}");
      }
    };
  }

  private static CaseOptions options(Claim claim) throws RequestRefusedException {
    Optional<Path> file = Arrivals.optionsOf(claim.ct());
    if (file.isEmpty()) {
      return CaseOptions.NONE;
    }
    try {
      if (Files.size(file.get()) > MOST_OPTIONS) {
        throw refused("is larger than %d bytes".formatted(MOST_OPTIONS));
      }
      return CaseOptions.parse(Files.readString(file.get()));
    } catch (MalformedInputException e) {
      throw refused("is not UTF-8");
    } catch (IOException e) {
      throw refused("cannot be read (%s)".formatted(e.getClass().getSimpleName()));
    }
  }

  private static RequestRefusedException refused(String wrong) {
    return new RequestRefusedException(
        RequestRefusedException.BAD_REQUEST,
        "The file of options beside the CT %s. Mend it or take it away.".formatted(wrong));
  }
}
