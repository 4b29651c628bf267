package org.islet.load;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;

/**
 * A CT that is copied very often, each time with the same voxels in other bytes, so that each copy
 * is a case of its own.
 *
 * <p>A gzip file gets a member more before its own ones, which holds nothing but a comment (RFC
 * 1952 lets a file have several); in a {@code .nii} file, the header's description ({@code
 * descrip}) is another.
 */
final class Original implements Closeable {

  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int NIFTI_1 = 348;
  private static final int NIFTI_2 = 540;
  private static final int DESCRIPTION_1 = 148;
  private static final int DESCRIPTION_2 = 240;
  private static final int DESCRIPTION_BYTES = 80;

  /** Of a member of gzip: the byte of flags, the flag that a comment follows, and its place. */
  private static final int FLAGS = 3;

  private static final int COMMENT = 16;
  private static final int MEMBER_HEADER = 10;

  /** That with the comment's end, nothing deflated, its checksum and its length. */
  private static final int EMPTY_MEMBER = MEMBER_HEADER + 1 + 2 + 8;

  private final FileChannel file;
  private final OptionalInt description;

  private Original(FileChannel file, OptionalInt description) {
    this.file = file;
    this.description = description;
  }

  /**
   * Opens a CT.
   *
   * @throws IllegalArgumentException if it is neither NIfTI in one file nor gzip
   * @throws IOException if it cannot be read
   */
  static Original open(Path ct) throws IOException {
    FileChannel file = FileChannel.open(ct, StandardOpenOption.READ);
    try {
      return new Original(file, description(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Where the description stands; nothing in a gzip file. */
  private static OptionalInt description(FileChannel file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
    if (file.read(start, 0) < start.capacity()) {
      throw new IllegalArgumentException("It is too short.");
    }
    if (Short.toUnsignedInt(start.getShort(0)) == GZIP_MAGIC) {
      return OptionalInt.empty();
    }
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      int length = start.order(order).getInt(0);
      if (length == NIFTI_1 || length == NIFTI_2) {
        return OptionalInt.of(length == NIFTI_1 ? DESCRIPTION_1 : DESCRIPTION_2);
      }
    }
    throw new IllegalArgumentException("It begins as no NIfTI file does, and as no gzip file.");
  }

  /** The length of a copy in bytes, or a few more. */
  long length() throws IOException {
    return file.size() + EMPTY_MEMBER + DESCRIPTION_BYTES;
  }

  /** How a copy's name has to end. */
  String ending() {
    return description.isPresent() ? ".nii" : ".nii.gz";
  }

  /**
   * Writes a copy.
   *
   * @param to a file that is not there yet
   * @param mark what tells it from all others: up to 80 ASCII letters
   */
  void copy(Path to, String mark) throws IOException {
    byte[] letters = mark.getBytes(StandardCharsets.US_ASCII);
    if (letters.length > DESCRIPTION_BYTES) {
      throw new IllegalArgumentException("A mark has at most 80 letters: " + mark);
    }
    try (FileChannel out =
        FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (description.isEmpty()) {
        write(out, emptyMember(letters));
        transferTo(out);
      } else {
        transferTo(out);
        out.position(description.getAsInt());
        write(out, Arrays.copyOf(letters, DESCRIPTION_BYTES));
      }
    }
  }

  /** A whole member of gzip that inflates to nothing. */
  private static byte[] emptyMember(byte[] comment) throws IOException {
    ByteArrayOutputStream nothing = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(nothing)) {
      gzip.flush();
    }
    byte[] member = nothing.toByteArray();
    member[FLAGS] |= COMMENT;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(member, 0, MEMBER_HEADER);
    all.write(comment);
    all.write(0);
    all.write(member, MEMBER_HEADER, member.length - MEMBER_HEADER);
    return all.toByteArray();
  }

  private void transferTo(FileChannel out) throws IOException {
    long end = file.size();
    for (long at = 0; at < end; ) {
      long count = file.transferTo(at, end - at, out);
      if (count == 0) {
        throw new IOException("The CT became shorter while it was copied.");
      }
      at += count;
    }
  }

  private static void write(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      out.write(left);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
