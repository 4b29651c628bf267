package org.islet.imported;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives of weights for tests. */
public final class Archives {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);

  /** Adds an array of 32-bit floats. */
  public Archives with(String name, List<Integer> shape, float... values) {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }\n"
            .formatted(shape.stream().map(n -> n + ",").collect(Collectors.joining()));
    ByteBuffer npy =
        ByteBuffer.allocate(10 + header.length() + 4 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length())
            .put(header.getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      npy.putFloat(value);
    }
    try {
      zip.putNextEntry(new ZipEntry(name + ".npy"));
      zip.write(npy.array());
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public Path write(Path file) throws IOException {
    zip.close();
    return Files.write(file, bytes.toByteArray());
  }
}
