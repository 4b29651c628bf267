package org.islet.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.islet.format.WholeFile;
import org.tensorflow.ndarray.Shape;

/**
 * All that a training needs to go on from where it was.
 *
 * <p>The file holds, in Java's {@link DataOutputStream} format, {@code ISLETCP2}, the step, the
 * epoch's steps and sums, how many arrays there are, and for each its name, rank, lengths and
 * values; then the CRC-32C of all before it. At any moment there is a whole file or none.
 *
 * @param step how many steps were taken
 * @param epoch what the last of these gave that belong to an epoch under way
 * @param state weights, running statistics and Adam's averages
 */
record Checkpoint(int step, EpochSums epoch, LearntWeights state) {

  /** Before the first step. */
  static final Checkpoint START = new Checkpoint(0, EpochSums.NONE, LearntWeights.none());

  private static final long MAGIC = 0x49534c4554435032L; // ISLETCP2

  /**
   * @throws IOException if the disk is full or the file cannot be written; what was there stays
   */
  void write(Path file) throws IOException {
    WholeFile.write(
        file,
        channel -> {
          var checked = new CheckedOutputStream(Channels.newOutputStream(channel), new CRC32C());
          var out = new DataOutputStream(new BufferedOutputStream(checked, 1 << 16));
          writeTo(out);
          out.flush();
          out.writeLong(checked.getChecksum().getValue());
          out.flush();
        });
  }

  private void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(MAGIC);
    out.writeInt(step);
    out.writeInt(epoch.steps());
    out.writeDouble(epoch.diceLoss());
    out.writeDouble(epoch.centreLoss());
    out.writeDouble(epoch.gradientNorm());
    out.writeInt(state.arrays().size());
    for (var entry : state.arrays().entrySet()) {
      out.writeUTF(entry.getKey());
      long[] lengths = entry.getValue().shape().asArray();
      out.writeInt(lengths.length);
      for (long length : lengths) {
        out.writeLong(length);
      }
      float[] values = entry.getValue().values();
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      out.write(bytes.array());
    }
  }

  /**
   * @throws IOException if the file is cut short, changed, or no checkpoint; the message says so,
   *     and what to do
   */
  static Checkpoint read(Path file) throws IOException {
    try (var checked =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32C());
        var in = new DataInputStream(checked)) {
      if (in.readLong() != MAGIC) {
        throw unusable(file, "is no checkpoint of this version of Islet", null);
      }
      int step = in.readInt();
      EpochSums epoch =
          new EpochSums(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble());
      Checkpoint checkpoint = new Checkpoint(step, epoch, readState(in, Files.size(file)));
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum) {
        throw unusable(file, "is damaged: its checksum is not that of what it holds", null);
      }
      return checkpoint;
    } catch (EOFException e) {
      throw unusable(file, "is cut short", e);
    }
  }

  private static IOException unusable(Path file, String why, Exception cause) {
    return new IOException(
        "%s %s. Put back a copy of it, or delete it to begin this network again."
            .formatted(file, why),
        cause);
  }

  private static LearntWeights readState(DataInputStream in, long fileLength) throws IOException {
    Map<String, LearntWeights.Array> arrays = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      long[] lengths = new long[in.readInt() & 7];
      for (int axis = 0; axis < lengths.length; axis++) {
        lengths[axis] = in.readLong();
      }
      Shape shape = Shape.of(lengths);
      if (shape.size() < 0 || shape.size() > fileLength / Float.BYTES) {
        throw new EOFException();
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Float.BYTES * shape.size()));
      in.readFully(bytes.array());
      float[] values = new float[bytes.capacity() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      arrays.put(name, new LearntWeights.Array(shape, values));
    }
    return new LearntWeights(arrays);
  }
}
