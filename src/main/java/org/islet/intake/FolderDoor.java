package org.islet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.islet.format.InputRefusedException;
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

  /** As much of where a CT came from as the record takes. */
  private static final int LONGEST_INPUT = 4000;

  private final String name;
  private final Path in;
  private final Claims claims;
  private final Departures departures;
  private final FailedFolder failures;

  FolderDoor(String name, InboxFolders folders, Claims claims) {
    this.name = name;
    this.in = folders.in();
    this.claims = claims;
    this.departures = new Departures(folders);
    this.failures = new FailedFolder(folders);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path ct(Request request) throws IOException {
    return claims
        .find(request.key())
        .map(Claim::ct)
        .orElseThrow(
            () ->
                new InputRefusedException(
                    "not-found",
                    "The CT is no longer in the folder 'in-progress': it was taken out, or another worker has"
                        + " taken it over. If neither is so, put it into 'in' again."));
  }

  @Override
  public Optional<String> unreachable() {
    return claims.areThere()
        ? Optional.empty()
        : Optional.of("the folder 'in-progress' is not there; they go on when it is back");
  }

  private static Predicate<FailureReason> isOf(String caseId) {
    return reason -> caseId.equals(reason.caseId());
  }

  @Override
  public void answer(Answer answer) throws IOException {
    Optional<Claim> claim = claims.find(answer.request().key());
    if (claim.isEmpty()) {
      return; // moved before
    }
    if (answer.job().isPresent()) {
      failures.forgetReasons(claim.get().arrival(), isOf(answer.job().get().id()));
    }
    if (answer.failure().isPresent()) {
      departures.fail(claim.get(), FailureReason.of(answer));
    } else {
      departures.finish(claim.get());
    }
    CrashPoint.reached("moved");
  }

  /**
   * A claimed CT as something to submit.
   *
   * @param whole whether what goes with it is there
   */
  Submission submission(Claim claim, boolean whole) {
    return new Submission() {
      @Override
      public Incoming incoming(String route) throws RequestRefusedException {
        if (!whole) {
          throw new RequestRefusedException(
              "input-changed",
              "While this CT was taken in, another of the same name came; what lay beside the first may be the"
                  + " other's. Put it in again, with what goes with it.");
        }
        return plain(options(claim).order(route));
      }

      @Override
      public Incoming plain(Order order) {
        String arrival = claim.arrival().toString();
        return new Incoming(
            name,
            claim.key(),
            order,
            arrival.substring(0, Math.min(arrival.length(), LONGEST_INPUT)),
            "{}");
      }
    };
  }

  private CaseOptions options(Claim claim) throws RequestRefusedException {
    Optional<Path> file = Arrivals.optionsNow(claim.ct());
    if (file.isPresent()) {
      return options(file.get());
    }
    if (Arrivals.isAnythingElseAtOptions(in.resolve(claim.arrival()))) {
      throw refused("is a folder, a pipe or the like, and was left in 'in'");
    }
    return CaseOptions.NONE;
  }

  private static CaseOptions options(Path file) throws RequestRefusedException {
    if (Files.isSymbolicLink(file)) {
      throw refused("is a link, which is not followed");
    }
    try (InputStream json = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = json.readNBytes(MOST_OPTIONS + 1);
      if (bytes.length > MOST_OPTIONS) {
        throw refused("is larger than %d bytes".formatted(MOST_OPTIONS));
      }
      return CaseOptions.parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
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
