package org.islet.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who asked for a CT to be segmented: a file that was put into a folder, or a message.
 * Several may ask for the same case; each is answered.
 *
 * @param door the name of the door that it came through
 * @param key what the door knows it by, unique among its requests
 * @param order what is asked for; null where that could not be read, as {@code key} and {@code
 *     input} may be
 * @param input where the CT is, in the door's own form
 * @param details what the door needs to answer, in the door's own form
 * @param looks how often the CT could not be looked at
 * @param round how often it was asked for again; an answer is that of its round
 * @param answerTries how often the answer did not get through
 * @param caseId the case that it became; null as long as its CT was not looked at
 * @param repeated whether an earlier case's result is the answer
 * @param failure why it became no case; null if it did, or was not looked at yet
 * @param answeredAt null as long as it waits for its answer
 */
public record Request(
    UUID id,
    String door,
    String key,
    Order order,
    String input,
    String details,
    Instant receivedAt,
    int looks,
    int round,
    int answerTries,
    String caseId,
    boolean repeated,
    Failure failure,
    Instant answeredAt) {

  /** The same, with the case that it became; one that has a result already is the answer. */
  public Request joined(Job job) {
    return new Request(
        id,
        door,
        key,
        order,
        input,
        details,
        receivedAt,
        looks,
        round,
        answerTries,
        job.id(),
        job.state().hasResult(),
        failure,
        answeredAt);
  }
}
