package org.islet.store;

import java.time.Instant;

/** A door that an operator has shut. */
public record Pause(String door, Instant since, String reason) {}
