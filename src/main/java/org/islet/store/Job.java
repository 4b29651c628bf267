package org.islet.store;

import java.time.Instant;

/**
 * A case's record.
 *
 * @param id the case's id: the first 12 digits of its CT's digest, with a number behind it where
 *     that is taken
 * @param inputSha256 the digest of the CT's bytes, in hexadecimal
 * @param inputBytes how many they are
 * @param voxels of the CT; null where its header could not be read
 * @param heapBytes the Java heap that it is taken to need; null as {@code voxels}
 * @param notBefore when it may be taken up; later than now after a failure that may pass
 * @param tries how often it was begun since it was last accepted
 * @param attempt how often it was begun in all; only the worker of the latest one may end it
 * @param worker who is at it, or was last
 * @param stage the stage that ended last
 * @param stagesEnded how many ended in this attempt
 * @param stages how many a case passes at the most
 * @param pool whose workers it waits for, or are at it
 * @param handed what was handed to that pool, as JSON; null where the case begins
 * @param calledOff whether it shall end without a result
 * @param failure of the last attempt that failed
 * @param method the digest of the route and the models that made the result
 * @param resultPlace where the result is
 * @param resultSha256 the digest of the result's manifest, in hexadecimal
 * @param report what is in {@code result.json}
 */
public record Job(
    String id,
    String inputSha256,
    long inputBytes,
    Long voxels,
    Long heapBytes,
    Order order,
    JobState state,
    Instant acceptedAt,
    Instant notBefore,
    Instant startedAt,
    Instant endedAt,
    int tries,
    int attempt,
    String worker,
    String stage,
    int stagesEnded,
    int stages,
    String pool,
    String handed,
    boolean calledOff,
    Failure failure,
    String method,
    String resultPlace,
    String resultSha256,
    String report) {

  /** The pool that every case begins in. */
  public static final String START = "start";
}
