package org.islet.format;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A NumPy archive ({@code .npz}): a ZIP file of arrays, stored or deflated, as {@code numpy.savez}
 * and {@code numpy.savez_compressed} write it. An entry's name is an array's name and nothing else:
 * no file is ever made of it. Python objects are never loaded.
 */
public final class NpzArchive implements Closeable {

  private static final int MOST_ENTRIES = 10_000;
  private static final String SUFFIX = ".npy";

  /** Numbers that are read at once. */
  private static final int CHUNK = 1 << 14;

  private final ZipFile zip;
  private final SortedMap<String, ZipEntry> entries = new TreeMap<>();

  private NpzArchive(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens an archive and reads the names of its arrays.
   *
   * @param maxBytes the most that all arrays together may inflate to
   * @throws InputRefusedException {@code unreadable}, {@code not-zip}, {@code not-npy} or {@code
   *     inflates-too-far}
   */
  @SuppressWarnings("JdkObsolete") // ZipFile has nothing else
  public static NpzArchive open(Path file, long maxBytes) throws IOException {
    NpzArchive archive = new NpzArchive(zip(file));
    try {
      for (ZipEntry entry : Collections.list(archive.zip.entries())) {
        archive.add(entry);
      }
      archive.requireAtMost(maxBytes);
      return archive;
    } catch (IOException e) {
      archive.close();
      throw e;
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException | IllegalArgumentException e) {
      throw new InputRefusedException(
          "not-zip",
          "The archive is no whole ZIP file (%s). Copy it again, or write it by numpy.savez."
              .formatted(e.getMessage()));
    } catch (IOException e) { // its message is the file's name, so it does not become the cause
      throw new InputRefusedException(
          "unreadable",
          "The archive cannot be opened (%s). Check that it is there and may be read."
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private void add(ZipEntry entry) throws InputRefusedException {
    String name = entry.getName();
    if (!name.endsWith(SUFFIX)) {
      throw new InputRefusedException(
          "not-npy",
          "The archive holds '%s', which is no array: names ending in .npy were expected."
              .formatted(name));
    }
    if (entries.put(name.substring(0, name.length() - SUFFIX.length()), entry) != null) {
      throw new InputRefusedException(
          "not-npy", "The archive holds two arrays named '%s'.".formatted(name));
    }
    if (entries.size() > MOST_ENTRIES) {
      throw new InputRefusedException(
          "inflates-too-far", "The archive holds more than %d arrays.".formatted(MOST_ENTRIES));
    }
  }

  private void requireAtMost(long maxBytes) throws InputRefusedException {
    long left = maxBytes;
    for (ZipEntry entry : entries.values()) {
      if (entry.getSize() < 0 || entry.getSize() > left) {
        throw new InputRefusedException(
            "inflates-too-far",
            "The archive's arrays have more than the %d MiB allowed.".formatted(maxBytes >> 20));
      }
      left -= entry.getSize();
    }
  }

  /** The names of the arrays, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Reads an array.
   *
   * @throws InputRefusedException {@code not-zip}, {@code not-npy}, {@code absurd-header}, {@code
   *     wrong-numbers}, {@code size-mismatch}, {@code truncated} or {@code damaged}
   * @throws IllegalArgumentException if there is none of this name
   */
  public NpyArray read(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("The archive has no array '%s'.".formatted(name));
    }
    try (CheckedInputStream checked =
            new CheckedInputStream(zip.getInputStream(entry), new CRC32());
        DataInputStream in = new DataInputStream(checked)) {
      NpyHeader header = NpyHeader.read(in, name);
      requireLength(entry, header, name);
      float[] values = values(in, header);
      if (in.read() >= 0 || checked.getChecksum().getValue() != entry.getCrc()) {
        throw new InputRefusedException(
            "damaged",
            "The array %s is damaged: its checksum is not right. Copy the archive again."
                .formatted(name));
      }
      return header.fortranOrder()
          ? NpyArray.ofFortranOrder(header.shape(), values)
          : new NpyArray(header.shape(), values);
    } catch (EOFException e) {
      throw new InputRefusedException(
          "truncated", "The array %s is cut short. Copy the archive again.".formatted(name));
    } catch (ZipException e) {
      throw new InputRefusedException(
          "not-zip",
          "The array %s cannot be inflated (%s). Copy the archive again."
              .formatted(name, e.getMessage()));
    }
  }

  /** Checks, before anything is allocated, that the entry holds what the header announces. */
  private static void requireLength(ZipEntry entry, NpyHeader header, String name)
      throws InputRefusedException {
    long expected = header.length() + (long) header.count() * header.number().bytes();
    if (entry.getSize() != expected) {
      throw new InputRefusedException(
          "size-mismatch",
          "The array %s holds %d bytes, but its header announces %d. Copy the archive again."
              .formatted(name, entry.getSize(), expected));
    }
    if (expected / GunzipChannel.MOST_PER_BYTE > entry.getCompressedSize()) {
      throw new InputRefusedException(
          "absurd-header",
          "The array %s announces %d bytes, which %d cannot inflate to. Copy the archive again."
              .formatted(name, expected, entry.getCompressedSize()));
    }
  }

  private static float[] values(DataInputStream in, NpyHeader header) throws IOException {
    float[] values = new float[header.count()];
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.min(CHUNK, values.length) * header.number().bytes())
            .order(header.order());
    for (int at = 0; at < values.length; at += CHUNK) {
      int count = Math.min(CHUNK, values.length - at);
      in.readFully(chunk.array(), 0, count * header.number().bytes());
      chunk.clear();
      for (int i = 0; i < count; i++) {
        values[at + i] = header.number().next(chunk);
      }
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
