package org.islet.intake;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of files byte for byte. A path holds the bytes of a name that this locale cannot read, but
 * no string that Java makes of it does; here a name is a string of one char for each byte.
 */
final class NameBytes {

  private static final String ASCII = "\\p{ASCII}*";
  private static final int BYTE = 0xff;

  private NameBytes() {}

  /** A file's name. */
  static String of(Path file) {
    Path name = file.getFileName();
    String read = name.toString();
    return read.matches(ASCII) ? read : bytes(Path.of("/").resolve(name).toUri().getRawPath());
  }

  /** The file of a name in a folder. */
  static Path in(Path folder, String name) {
    return folder.resolve(
        name.matches(ASCII)
            ? Path.of(name)
            : Path.of(URI.create("file:///" + escaped(name))).getFileName());
  }

  /** The file of a name beside another. */
  static Path beside(Path file, String name) {
    return file.resolveSibling(in(Path.of(""), name));
  }

  private static String bytes(String rawPath) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String name = rawPath.replaceAll("^/|/$", "");
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(Integer.parseInt(name, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      escaped.append("%%%02X".formatted(name.charAt(i) & BYTE));
    }
    return escaped.toString();
  }
}
