package org.islet.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;
import org.islet.format.WholeFile;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Numbers by step for TensorBoard: an event file, which is a sequence of TFRecords (length, its
 * masked CRC-32C, an {@code Event}, its masked CRC-32C, all little-endian) named {@code
 * events.out.tfevents.*}. A run that goes on writes a further file; TensorBoard joins them.
 */
final class Scalars implements AutoCloseable {

  private static final SessionLog START =
      SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START).build();

  private final Path place;
  private final FileChannel file;

  /**
   * @param folder where the event files lie, made if it is not there
   * @param step the one that the run goes on from; what older files tell of later ones, TensorBoard
   *     leaves out, since this one tells of a start there
   * @throws IOException if the file cannot be made
   */
  Scalars(Path folder, int step) throws IOException {
    long second = System.currentTimeMillis() / 1000;
    place = folder.resolve("events.out.tfevents.%010d.islet".formatted(second));
    try {
      Files.createDirectories(folder);
      file = FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw WholeFile.failure(place, e);
    }
    try {
      append(event(0).setFileVersion("brain.Event:2"));
      append(event(step + 1).setSessionLog(START));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Adds the values of a step, by tag.
   *
   * @throws IOException if the disk is full; the file is as it was before
   */
  void add(int step, Map<String, Double> values) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) ->
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
    append(event(step).setSummary(summary));
  }

  private static Event.Builder event(int step) {
    return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1e3).setStep(step);
  }

  private void append(Event.Builder event) throws IOException {
    byte[] data = event.build().toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedSum(record.array(), Long.BYTES));
    record.put(data).putInt(maskedSum(data, data.length)).flip();
    long before = file.size();
    try {
      while (record.hasRemaining()) {
        file.write(record);
      }
    } catch (IOException e) {
      file.truncate(before);
      throw WholeFile.failure(place, e);
    }
  }

  /** The CRC-32C turned by 15 bits plus a constant, as the TFRecord format has it. */
  private static int maskedSum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
