package org.islet.request;

import java.util.Optional;
import org.islet.store.Failure;

/**
 * A request that is not taken, and would not be if it came again. The message is a sentence for
 * whoever sent it.
 */
public final class RequestRefusedException extends Exception {

  /** The request is not of the form that it must have. */
  public static final String BAD_REQUEST = Failure.BAD_REQUEST;

  private final String code;
  private final String requestId;
  private final String reply;
  private final boolean cloudEvent;

  /**
   * @param code a stable name of the reason in kebab case
   */
  public RequestRefusedException(String code, String sentence) {
    this(code, sentence, null, null, false);
  }

  /**
   * @param requestId the request's id, or null if it has none that could be read
   * @param reply where it wants its reply, or null if it does not say so
   * @param cloudEvent whether it came as a CloudEvent
   */
  public RequestRefusedException(
      String code, String sentence, String requestId, String reply, boolean cloudEvent) {
    super(sentence);
    this.code = code;
    this.requestId = requestId;
    this.reply = reply;
    this.cloudEvent = cloudEvent;
  }

  public String code() {
    return code;
  }

  /** The request's id, if it could be read although the request is refused. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** Where the request wants its reply, if that could be read. */
  public Optional<String> reply() {
    return Optional.ofNullable(reply);
  }

  /** Whether the request is seen to be a CloudEvent, so that its sender expects CloudEvents. */
  public boolean cloudEvent() {
    return cloudEvent;
  }
}
