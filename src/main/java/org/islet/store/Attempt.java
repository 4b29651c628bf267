package org.islet.store;

import java.time.Instant;

/**
 * One time that a case was begun.
 *
 * @param number from 1 on
 * @param outcome {@code running}, {@code done}, {@code empty}, {@code failed}, {@code handed-on},
 *     {@code put-back} or {@code lost} where its worker went away
 * @param lastStage the stage that was the last to end before the attempt did; null if none had
 * @param failure if it failed
 * @param stages the stages that ended, as JSON; null if none was recorded
 */
public record Attempt(
    int number,
    String worker,
    Instant beganAt,
    Instant endedAt,
    String outcome,
    String lastStage,
    Failure failure,
    String stages) {}
