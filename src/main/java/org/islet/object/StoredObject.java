package org.islet.object;

import java.time.Instant;

/**
 * An object as a list tells of it.
 *
 * @param bytes how many it has
 * @param modified when it was put, by the clock of the storage
 */
public record StoredObject(String key, long bytes, Instant modified) {}
