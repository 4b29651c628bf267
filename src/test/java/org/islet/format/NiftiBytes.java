package org.islet.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Builds NIfTI files byte by byte, by nifti1.h and nifti2.h, valid until a test spoils them. */
final class NiftiBytes {

  private final boolean wide;
  private final ByteBuffer header;
  private DataType type = DataType.INT16;
  private double[] voxels;
  private boolean pair;

  private NiftiBytes(int version, ByteOrder order) {
    wide = version == 2;
    header = ByteBuffer.allocate(wide ? 540 : 348).order(order);
    header.putInt(0, header.limit());
    magic("n+" + version);
    size(3, 4, 5);
    spacing(1, 1, 1);
    voxOffset(header.limit() + 4);
    type(DataType.INT16);
    slope(1, 0);
    sform(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
  }

  static NiftiBytes nifti(int version, ByteOrder order) {
    return new NiftiBytes(version, order);
  }

  /** NIfTI-1, little endian, int16, 3×4×5 voxels of 1 mm with the values 0, 1, 2, … */
  static NiftiBytes nifti1() {
    return nifti(1, ByteOrder.LITTLE_ENDIAN);
  }

  NiftiBytes magic(String letters) {
    header.put(wide ? 4 : 344, Arrays.copyOf(letters.getBytes(StandardCharsets.US_ASCII), 4));
    pair = letters.startsWith("ni");
    return this;
  }

  NiftiBytes size(int x, int y, int z) {
    dim(0, 3).dim(1, x).dim(2, y).dim(3, z);
    voxels = new double[x * y * z];
    Arrays.setAll(voxels, i -> i);
    return this;
  }

  /** Changes one entry of dim and nothing else. */
  NiftiBytes dim(int i, long value) {
    if (wide) {
      header.putLong(16 + 8 * i, value);
    } else {
      header.putShort(40 + 2 * i, (short) value);
    }
    return this;
  }

  NiftiBytes spacing(double x, double y, double z) {
    real(104, 76, 0, 1);
    return real(104, 76, 1, x).real(104, 76, 2, y).real(104, 76, 3, z);
  }

  NiftiBytes qfac(double qfac) {
    return real(104, 76, 0, qfac);
  }

  NiftiBytes type(DataType dataType) {
    type = dataType;
    return datatypeCode(dataType.code());
  }

  NiftiBytes datatypeCode(int code) {
    header.putShort(wide ? 12 : 70, (short) code);
    return this;
  }

  NiftiBytes voxOffset(double offset) {
    if (wide) {
      header.putLong(168, (long) offset);
    } else {
      header.putFloat(108, (float) offset);
    }
    return this;
  }

  NiftiBytes slope(double slope, double intercept) {
    return real(176, 112, 0, slope).real(184, 116, 0, intercept);
  }

  NiftiBytes units(int code) {
    header.put(wide ? (header.order() == ByteOrder.BIG_ENDIAN ? 503 : 500) : 123, (byte) code);
    return this;
  }

  NiftiBytes codes(int qform, int sform) {
    if (wide) {
      header.putInt(344, qform).putInt(348, sform);
    } else {
      header.putShort(252, (short) qform).putShort(254, (short) sform);
    }
    return this;
  }

  NiftiBytes qform(double b, double c, double d, double ox, double oy, double oz) {
    double[] values = {b, c, d, ox, oy, oz};
    for (int i = 0; i < 6; i++) {
      real(352, 256, i, values[i]);
    }
    return codes(1, 0);
  }

  NiftiBytes sform(double... rows) {
    for (int i = 0; i < 12; i++) {
      real(400, 280, i, rows[i]);
    }
    return codes(0, 1);
  }

  NiftiBytes voxels(double... values) {
    voxels = values;
    return this;
  }

  private NiftiBytes real(int placeIfWide, int place, int i, double value) {
    if (wide) {
      header.putDouble(placeIfWide + 8 * i, value);
    } else {
      header.putFloat(place + 4 * i, (float) value);
    }
    return this;
  }

  byte[] header() {
    return header.array().clone();
  }

  byte[] image() {
    ByteBuffer b = ByteBuffer.allocate(voxels.length * type.bytes()).order(header.order());
    for (double v : voxels) {
      switch (type) {
        case UINT8, INT8 -> b.put((byte) (int) v);
        case INT16, UINT16 -> b.putShort((short) (int) v);
        case INT32, UINT32 -> b.putInt((int) (long) v);
        case INT64 -> b.putLong((long) v);
        case UINT64 -> b.putLong(v < 0x1p63 ? (long) v : (long) (v - 0x1p63) | Long.MIN_VALUE);
        case FLOAT32 -> b.putFloat((float) v);
        case FLOAT64 -> b.putDouble(v);
      }
    }
    return b.array();
  }

  /** Header, four bytes that say that no extension follows, voxels. */
  byte[] bytes() {
    byte[] image = image();
    return ByteBuffer.allocate(header.limit() + 4 + image.length)
        .put(header())
        .putInt(0)
        .put(image)
        .array();
  }

  Path writeTo(Path folder) {
    return save(folder.resolve("a.nii"), bytes());
  }

  Path writeGzipTo(Path folder) {
    return save(folder.resolve("a.nii.gz"), gzip(bytes()));
  }

  /** Writes a.hdr and a.img, each with an ending more, and returns the .hdr. */
  Path writePairTo(Path folder, String headerEnding, String imageEnding) {
    if (!pair) {
      magic(wide ? "ni2" : "ni1").voxOffset(0);
    }
    save(folder.resolve("a.img" + imageEnding), imageEnding.isEmpty() ? image() : gzip(image()));
    return save(
        folder.resolve("a.hdr" + headerEnding), headerEnding.isEmpty() ? header() : gzip(header()));
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Path save(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
