package org.islet.publish;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A picture in memory, black at first, and its PNG. */
final class Pixels {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS = 8;
  private static final byte RGB = 2;
  private static final byte DIFFERENCE_FROM_ABOVE = 2;
  private static final int LEVEL = 2;

  private final int width;
  private final int height;
  private final int[] rgb;

  Pixels(int width, int height) {
    this.width = width;
    this.height = height;
    this.rgb = new int[width * height];
  }

  int width() {
    return width;
  }

  /** Colours a pixel, as 0xrrggbb. */
  void set(int x, int y, int colour) {
    rgb[y * width + x] = colour;
  }

  /** Gives a part of a row the colours that the row above has there. */
  void repeatRow(int x, int y, int columns) {
    int at = y * width + x;
    System.arraycopy(rgb, at - width, rgb, at, columns);
  }

  /**
   * The picture as PNG. Rows are stored as what differs from the row above, since in an enlarged
   * picture most rows stand there twice.
   *
   * @see <a href="https://www.w3.org/TR/png-3/">PNG</a>
   */
  byte[] toPng() {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(BITS).put(RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream(rgb.length / 2);
    png.writeBytes(SIGNATURE);
    write(png, "IHDR", header.array());
    write(png, "IDAT", deflated(filteredRows()));
    write(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void write(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }

  private byte[] filteredRows() {
    int rowBytes = 1 + 3 * width;
    byte[] bytes = new byte[height * rowBytes];
    for (int y = 0; y < height; y++) {
      bytes[y * rowBytes] = DIFFERENCE_FROM_ABOVE;
      if (!isAsAbove(y)) {
        filterRow(y, bytes, y * rowBytes + 1);
      }
    }
    return bytes;
  }

  private boolean isAsAbove(int y) {
    int at = y * width;
    return y > 0 && Arrays.equals(rgb, at, at + width, rgb, at - width, at);
  }

  private void filterRow(int y, byte[] bytes, int start) {
    int to = start;
    for (int at = y * width; at < (y + 1) * width; at++) {
      int above = y == 0 ? 0 : rgb[at - width];
      bytes[to++] = (byte) ((rgb[at] >> 16) - (above >> 16));
      bytes[to++] = (byte) ((rgb[at] >> 8) - (above >> 8));
      bytes[to++] = (byte) (rgb[at] - above);
    }
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
      byte[] chunk = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
