package org.islet.store;

/**
 * A CT as a case's record knows it.
 *
 * @param sha256 of its bytes, in hexadecimal
 * @param bytes how many they are
 * @param voxels null where its header could not be read
 * @param heapBytes the Java heap that its case is taken to need; null as {@code voxels}
 */
public record Input(String sha256, long bytes, Long voxels, Long heapBytes) {}
