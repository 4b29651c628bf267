package org.islet.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.format.InputRefusedException;
import org.islet.format.Sha256;
import org.islet.job.Answer;
import org.islet.job.CrashPoint;
import org.islet.job.Door;
import org.islet.job.FailureText;
import org.islet.job.Gate;
import org.islet.job.Reception;
import org.islet.job.RecordedJson;
import org.islet.request.RequestRefusedException;
import org.islet.store.Failure;
import org.islet.store.Incoming;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.KeyReusedException;
import org.islet.store.Request;
import org.islet.store.StoreException;
import org.jboss.logging.Logger;

/**
 * The door that the queue is: a request is a message, its answer a reply, and a dead letter too
 * where there is no result.
 */
public final class QueueDoor implements Door {

  /** The door's name. */
  public static final String NAME = "queue";

  /** As many digits of its address's digest tell one input of a request from another. */
  private static final int INPUT_DIGITS = 12;

  private static final Logger LOG = Logger.getLogger(QueueDoor.class);
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final List<String> ENDINGS = List.of(".nii.gz", ".nii");

  private final QueueService queue;
  private final AllowedInputs inputs;
  private final Path downloads;
  private volatile boolean keepsNothing;

  /**
   * @param downloads where inputs lie that were fetched, until their requests are answered
   */
  public QueueDoor(QueueService queue, AllowedInputs inputs, Path downloads) {
    this.queue = queue;
    this.inputs = inputs;
    this.downloads = downloads;
  }

  /**
   * Keeps nothing that was fetched for longer than it is read, as whoever answers requests has
   * another folder of such.
   */
  public void keepNothing() {
    keepsNothing = true;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Deletes what was fetched for requests that are answered, or was not fetched to its end. */
  public void clearDownloads(JobStore store) throws IOException {
    Set<String> open =
        store.requests().openRequests(NAME).stream()
            .map(request -> request.id().toString())
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(downloads)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (open.stream().noneMatch(name::startsWith) && isOld(file)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Another worker on the same folder may just be at it. */
  private static boolean isOld(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(AN_HOUR));
  }

  /**
   * Takes requests down at a reception.
   *
   * @param gate is asked by somebody else whether it is shut
   * @param route to take where no other is asked for
   */
  public RequestHandler handler(Reception reception, Gate gate, String route) {
    return new RequestHandler() {
      @Override
      public boolean isOpen() {
        return !gate.shutDoors().containsKey(NAME);
      }

      @Override
      public void accept(ReceivedRequest received) throws RequestRefusedException, IOException {
        receive(reception, route, received);
      }

      @Override
      public void refused(Request request) {
        reception.turnedAway(request);
      }
    };
  }

  private static void receive(Reception reception, String route, ReceivedRequest received)
      throws RequestRefusedException, IOException {
    Incoming incoming =
        new Incoming(
            NAME,
            received.request().id(),
            received.request().options().order(route),
            received.request().input(),
            RequestDetails.of(received).toJson());
    try {
      reception.receive(incoming);
    } catch (KeyReusedException e) {
      throw new RequestRefusedException("id-reused", e.getMessage());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Path ct(Request request) throws IOException {
    for (String ending : ENDINGS) {
      Path kept = kept(request, ending);
      if (Files.exists(kept)) {
        return kept;
      }
    }
    try {
      AllowedInputs.Input input = inputs.open(request.input());
      return input.downloaded() ? keep(request, input.file()) : input.file();
    } catch (RequestRefusedException e) {
      throw new InputRefusedException(e.code(), e.getMessage());
    }
  }

  @Override
  public void wasRead(Request request) {
    if (keepsNothing) {
      try {
        deleteKept(request);
      } catch (IOException e) {
        LOG.warnf("a CT that was fetched cannot be deleted: %s", FailureText.withoutNames(e));
      }
    }
  }

  private void deleteKept(Request request) throws IOException {
    for (String ending : ENDINGS) {
      Files.deleteIfExists(kept(request, ending));
    }
  }

  @Override
  public Optional<String> unreachable() {
    return inputs.missingRoot().isPresent()
        ? Optional.of("a folder of islet.queue.roots is not there; they go on when it is back")
        : Optional.empty();
  }

  private Path kept(Request request, String ending) {
    String input = new Sha256().add(request.input()).toHex().substring(0, INPUT_DIGITS);
    return downloads.resolve(request.id() + "-" + input + ending);
  }

  private Path keep(Request request, Path file) throws IOException {
    String name = file.getFileName().toString();
    String ending = ENDINGS.stream().filter(name::endsWith).findFirst().orElse(ENDINGS.get(1));
    return Files.move(file, kept(request, ending), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void answer(Answer answer) throws IOException {
    Request request = answer.request();
    RequestDetails details = RequestDetails.of(request);
    boolean cancelled = answer.job().filter(job -> job.state() == JobState.CANCELLED).isPresent();
    details.replyTo().ifPresent(to -> queue.reply(to, reply(answer, details, cancelled)));
    CrashPoint.reached("replied");
    if (answer.failure().isPresent() && !cancelled) {
      queue.deadLetters().add(details, answer.failure().get(), request.key());
    }
    deleteKept(request);
  }

  private static ReplyMessage reply(Answer answer, RequestDetails details, boolean cancelled) {
    Request request = answer.request();
    ReplyMessage.About about =
        answer
            .job()
            .map(job -> details.about(request, job))
            .orElseGet(() -> details.about(request));
    Optional<Failure> failure = answer.failure();
    if (cancelled) {
      return ReplyMessage.of(ReplyMessage.Type.CANCELLED, about, answer.job().get().endedAt());
    }
    if (failure.isPresent()) {
      Instant time = answer.job().map(Job::endedAt).orElse(request.receivedAt());
      return ReplyMessage.failed(about, time, failure.get());
    }
    return done(about, answer.job().orElseThrow());
  }

  /** That a case has a result. */
  static ReplyMessage done(ReplyMessage.About about, Job job) {
    return ReplyMessage.done(
        about,
        job.endedAt(),
        new ReplyMessage.Result(job.resultPlace(), job.resultSha256(), RecordedJson.report(job)));
  }
}
