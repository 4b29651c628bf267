package org.islet.load;

import java.time.Duration;
import java.util.Optional;

/**
 * What is sent, how fast, and what is waited for.
 *
 * @param cases how many requests
 * @param perSecond how many of them in a second; 0 for as fast as the broker takes them
 * @param inFlight how many CTs may lie on the disk, and so requests be unanswered, at one time
 * @param route to ask for; empty for the one that the service takes by itself
 * @param priority the same
 * @param reply where replies go, as in a request; empty for a queue of the run
 * @param intakeOnly whether to wait only until each request is accepted
 * @param keep whether CTs stay where they are
 * @param patience how long to wait while nothing is heard
 */
public record LoadPlan(
    int cases,
    double perSecond,
    int inFlight,
    Optional<String> route,
    Optional<String> priority,
    Optional<String> reply,
    boolean intakeOnly,
    boolean keep,
    Duration patience) {}
