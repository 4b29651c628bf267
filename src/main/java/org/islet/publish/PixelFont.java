package org.islet.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Capital letters, digits and some signs of 5×7 pixels. A server often has no fonts, and Java
 * cannot draw text without.
 */
final class PixelFont {

  /** Pixels from one letter to the next. */
  static final int ADVANCE = 6;

  private static final int HEIGHT = 7;
  private static final Map<Character, List<String>> GLYPHS = read();

  private PixelFont() {}

  /** Writes a text in capitals; a character that is not there is a gap. */
  static void write(Pixels image, String text, int x, int y, int rgb) {
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      List<String> rows = GLYPHS.getOrDefault(capitals.charAt(i), List.of());
      for (int row = 0; row < rows.size(); row++) {
        String dots = rows.get(row);
        for (int column = 0; column < dots.length(); column++) {
          int px = x + i * ADVANCE + column;
          if (dots.charAt(column) == '#' && px < image.width()) {
            image.set(px, y + row, rgb);
          }
        }
      }
    }
  }

  /** A character's line, then its seven rows, and so on. */
  private static Map<Character, List<String>> read() {
    try (InputStream in = PixelFont.class.getResourceAsStream("glyphs.txt")) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      Map<Character, List<String>> glyphs = new HashMap<>();
      for (int i = 0; i < lines.size(); i += HEIGHT + 1) {
        glyphs.put(lines.get(i).charAt(0), List.copyOf(lines.subList(i + 1, i + 1 + HEIGHT)));
      }
      return glyphs;
    } catch (IOException e) {
      throw new UncheckedIOException("Islet's own jar cannot be read.", e);
    }
  }
}
