package org.islet.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * Writes NIfTI-1 single files, little endian, gzipped where the name ends in {@code .gz}. Lengths
 * are in mm; the affine is written as sform and, where its axes are at right angles, also as qform,
 * both as "scanner anatomical" (code 1). An existing file is overwritten.
 */
public final class NiftiWriter {

  private static final int VOX_OFFSET = 352;
  private static final byte MM = 2;
  private static final short SCANNER = 1;

  private NiftiWriter() {}

  /** Writes a volume as int16 where it holds 16-bit integers, else as float32. */
  public static void write(Path file, Volume volume) throws IOException {
    int slice = volume.size().x() * volume.size().y();
    Optional<short[]> whole = volume.shorts();
    if (whole.isPresent()) {
      short[] voxels = whole.get();
      write(
          file,
          volume.geometry(),
          DataType.INT16,
          (k, to) -> to.asShortBuffer().put(voxels, k * slice, slice));
    } else {
      float[] voxels = volume.toFloats();
      write(
          file,
          volume.geometry(),
          DataType.FLOAT32,
          (k, to) -> to.asFloatBuffer().put(voxels, k * slice, slice));
    }
  }

  /** Writes a mask as uint8, 1 inside and 0 outside. */
  public static void write(Path file, Mask mask) throws IOException {
    byte[] slice = new byte[mask.size().x() * mask.size().y()];
    write(
        file,
        mask.geometry(),
        DataType.UINT8,
        (k, to) -> {
          mask.copySlice(k, slice, 0);
          to.put(slice);
        });
  }

  private interface Encoder {
    void encode(int slice, ByteBuffer to);
  }

  private static void write(Path file, Geometry geometry, DataType type, Encoder voxels)
      throws IOException {
    Size size = geometry.size();
    ByteBuffer slice =
        ByteBuffer.allocate(Math.multiplyExact(size.x() * size.y(), type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = open(file)) {
      out.write(header(geometry, type).array());
      for (int k = 0; k < size.z(); k++) {
        voxels.encode(k, slice.clear());
        out.write(slice.array());
      }
    }
  }

  private static OutputStream open(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return file.getFileName().toString().endsWith(".gz") ? new FastGzip(out) : out;
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** The header's 348 bytes and the four that say that no extension follows; places by nifti1.h. */
  private static ByteBuffer header(Geometry geometry, DataType type) {
    ByteBuffer b = ByteBuffer.allocate(VOX_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, HeaderFields.NIFTI_1);
    b.putShort(40, (short) 3);
    for (int axis = 0; axis < 7; axis++) {
      b.putShort(42 + 2 * axis, axis < 3 ? dim(geometry, axis) : 1);
      b.putFloat(80 + 4 * axis, axis < 3 ? (float) geometry.spacing(axis) : 1);
    }
    b.putShort(70, (short) type.code());
    b.putShort(72, (short) (8 * type.bytes()));
    b.putFloat(76, 1);
    b.putFloat(108, VOX_OFFSET);
    b.putFloat(112, 1);
    b.put(123, MM);
    QForm.of(geometry.affine()).ifPresent(form -> putQForm(b, form));
    b.putShort(254, SCANNER);
    double[] rows = geometry.affine().toArray();
    for (int i = 0; i < 12; i++) {
      b.putFloat(280 + 4 * i, (float) rows[i]);
    }
    b.put(344, "n+1".getBytes(StandardCharsets.US_ASCII));
    return b;
  }

  private static void putQForm(ByteBuffer b, QForm form) {
    b.putFloat(76, form.qfac());
    b.putShort(252, SCANNER);
    b.putFloat(256, (float) form.b());
    b.putFloat(260, (float) form.c());
    b.putFloat(264, (float) form.d());
    for (int i = 0; i < 3; i++) {
      b.putFloat(268 + 4 * i, (float) form.origin()[i]);
    }
  }

  private static short dim(Geometry geometry, int axis) {
    int length = geometry.size().along(axis);
    if (length > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "NIfTI-1 holds at most 32767 voxels along an axis, not %d.".formatted(length));
    }
    return (short) length;
  }
}
