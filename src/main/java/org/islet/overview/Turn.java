package org.islet.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;

/**
 * A case that waits.
 *
 * @param pool whose workers it waits for
 * @param place from 1 on in the order of turns; null while it could not be begun if its turn came
 * @param expectedWaitSeconds until it is likely to begin; null where nobody can say
 * @param held why it could not be begun now; null if it could
 * @param notBefore when it may be tried again; null unless it is held after a failure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Turn(
    @JsonProperty("case") String caseId,
    String route,
    String priority,
    String pool,
    Instant acceptedAt,
    Integer place,
    Double expectedWaitSeconds,
    String held,
    Instant notBefore) {

  /** Its place and when it begins, in words. */
  String line(Instant now) {
    return place == null ? begins(now) : "place %d, begins %s".formatted(place, begins(now));
  }

  /** When it begins, in words. */
  String begins(Instant now) {
    if (held != null) {
      return notBefore == null
          ? held
          : "%s, in %s".formatted(held, Words.span(Duration.between(now, notBefore)));
    } else if (expectedWaitSeconds == null) {
      return "unknown";
    }
    return expectedWaitSeconds < 1
        ? "next"
        : "in about " + Words.span(Duration.ofMillis((long) (1000 * expectedWaitSeconds)));
  }
}
