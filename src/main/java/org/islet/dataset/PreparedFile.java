package org.islet.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.islet.format.WholeFile;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * A prepared case in a file: {@value #HEADER_BYTES} bytes of JSON, padded by spaces, that say what
 * it was made of and on which grid it lies; then the stored values, little endian; then the truth,
 * a byte a voxel.
 */
final class PreparedFile {

  private static final int HEADER_BYTES = 4096;
  private static final int CHUNK = 1 << 16;
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = new JsonMapper();

  /** What the file says of itself. */
  private record Header(
      int format,
      String preparation,
      String source,
      List<Integer> size,
      List<Double> affine,
      int truthCount) {

    Geometry geometry() {
      return new Geometry(
          new Size(size.get(0), size.get(1), size.get(2)),
          Affine.of(affine.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    boolean isOf(String ofPreparation, String ofSource) {
      return format == FORMAT && ofPreparation.equals(preparation) && ofSource.equals(source);
    }
  }

  private PreparedFile() {}

  /**
   * Maps a case into memory.
   *
   * @return nothing if there is no such file, or it cannot be opened, was made of something else or
   *     is not whole
   */
  static Optional<PreparedCase> read(Path file, String preparation, String source)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      Header header = header(channel);
      if (!header.isOf(preparation, source)) {
        return Optional.empty();
      }
      Geometry geometry = header.geometry();
      long voxels = geometry.size().count();
      if (channel.size() != HEADER_BYTES + 3 * voxels) {
        return Optional.empty();
      }
      ShortBuffer values =
          channel
              .map(MapMode.READ_ONLY, HEADER_BYTES, 2 * voxels)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asShortBuffer();
      ByteBuffer inside = channel.map(MapMode.READ_ONLY, HEADER_BYTES + 2 * voxels, voxels);
      return Optional.of(new PreparedCase(geometry, values, inside, header.truthCount()));
    } catch (FileSystemException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Whether there is such a file, and it was made of something else. */
  static boolean isOfAnother(Path file, String source) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return !source.equals(header(channel).source());
    } catch (FileSystemException | JsonProcessingException e) {
      return false;
    }
  }

  private static Header header(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    return JSON.readValue(bytes.array(), 0, bytes.position(), Header.class);
  }

  /** Writes a case, whole or not at all. */
  static void write(Path file, String preparation, String source, PreparedCase prepared)
      throws IOException {
    Size size = prepared.size();
    Header header =
        new Header(
            FORMAT,
            preparation,
            source,
            List.of(size.x(), size.y(), size.z()),
            Arrays.stream(prepared.geometry().affine().toArray()).boxed().toList(),
            prepared.truthCount());
    byte[] text = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, HEADER_BYTES);
    Arrays.fill(padded, text.length, HEADER_BYTES, (byte) ' ');
    WholeFile.write(
        file,
        channel -> {
          put(channel, ByteBuffer.wrap(padded));
          putValues(channel, prepared.values());
          put(channel, prepared.inside().duplicate());
        });
  }

  private static void putValues(FileChannel channel, ShortBuffer values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < values.limit(); done += CHUNK) {
      int n = Math.min(CHUNK, values.limit() - done);
      bytes.clear().asShortBuffer().put(0, values, done, n);
      put(channel, bytes.limit(2 * n));
    }
  }

  private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
