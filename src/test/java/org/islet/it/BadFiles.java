package org.islet.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Ways in which a CT arrives broken, made from a whole gzip NIfTI file. */
final class BadFiles {

  private BadFiles() {}

  /** Ten kinds of broken CT, each with the code of the reason, by name. */
  static Map<String, Broken> of(byte[] gzip) throws IOException {
    byte[] raw = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    Map<String, Broken> kinds = new LinkedHashMap<>();
    kinds.put("cut.nii.gz", new Broken("truncated", Arrays.copyOf(gzip, gzip.length / 2)));
    kinds.put("short.nii", new Broken("truncated", Arrays.copyOf(raw, raw.length - 1000)));
    kinds.put("long.nii", new Broken("size-mismatch", Arrays.copyOf(raw, raw.length + 10)));
    kinds.put(
        "four.nii",
        broken("four-dimensional", raw, b -> b.putShort(40, (short) 4).putShort(48, (short) 2)));
    kinds.put("rgb.nii", broken("colour", raw, b -> b.putShort(70, (short) 128)));
    kinds.put("complex.nii", broken("complex", raw, b -> b.putShort(70, (short) 32)));
    kinds.put("absurd.nii", broken("absurd-header", raw, b -> b.putShort(42, (short) -5)));
    kinds.put(
        "huge.nii.gz",
        new Broken(
            "absurd-header",
            zipped(
                changed(
                    Arrays.copyOf(raw, 400),
                    b ->
                        b.putShort(42, (short) 1200)
                            .putShort(44, (short) 1200)
                            .putShort(46, (short) 700)))));
    kinds.put("scaled.nii", broken("out-of-range", raw, b -> b.putFloat(112, 1000)));
    kinds.put("flat.nii", new Broken("constant", flat(raw)));
    return kinds;
  }

  /** Five files that are not CTs. */
  static Map<String, byte[]> others() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("notes.txt", "not a CT".getBytes(StandardCharsets.UTF_8));
    files.put("empty.nii", new byte[0]);
    files.put("picture.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13});
    files.put("archive.zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
    files.put("text.nii.gz", zipped("hello".repeat(500).getBytes(StandardCharsets.UTF_8)));
    return files;
  }

  /**
   * A broken file.
   *
   * @param code of the reason that is expected
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Broken(String code, byte[] bytes) {}

  private static Broken broken(String code, byte[] raw, UnaryOperator<ByteBuffer> change) {
    return new Broken(code, changed(raw, change));
  }

  private static byte[] changed(byte[] raw, UnaryOperator<ByteBuffer> change) {
    return change.apply(ByteBuffer.wrap(raw.clone()).order(ByteOrder.LITTLE_ENDIAN)).array();
  }

  private static byte[] flat(byte[] raw) {
    byte[] flat = raw.clone();
    Arrays.fill(flat, 352, flat.length, (byte) 0);
    return flat;
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
