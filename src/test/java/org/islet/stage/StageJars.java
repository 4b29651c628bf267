package org.islet.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Jars as others make them, from sources. */
public final class StageJars {

  /** A stage of a jar, which needs another class of it to run. */
  public static final Map<String, String> INVERT =
      Map.of(
          "org.example.Invert",
          """
          package org.example;
          import org.islet.stage.*;
          import org.islet.volume.Mask;
          @Purpose("Keeps what is outside.")
          record Invert(
              @Reads(doc = "any mask") Slot<Mask> input,
              @Writes(value = "mask", doc = "all else") Slot<Mask> output)
              implements Stage {
            @Override
            public void run(Case c) {
              c.put(output, Outside.of(c.get(input)));
            }
          }
          """,
          "org.example.Outside",
          """
          package org.example;
          import org.islet.volume.Mask;
          final class Outside {
            static Mask of(Mask mask) {
              return mask.complement();
            }
          }
          """);

  private StageJars() {}

  /** Compiles sources, by the names of their classes, into a jar. */
  public static Path write(Path jar, Map<String, String> sources) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> files =
        sources.entrySet().stream()
            .<JavaFileObject>map(s -> new Source(s.getKey(), s.getValue()))
            .toList();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", islet().toString(), "-proc:none");
    if (!javac.getTask(null, null, null, options, null, files).call()) {
      throw new IllegalStateException("The sources do not compile.");
    }
    return pack(jar, classes, classes);
  }

  /** Packs the files below a folder, by their paths from a root on, into a jar. */
  static Path pack(Path jar, Path root, Path folder) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        packed.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, packed);
      }
    }
    return jar;
  }

  /** The folder of Islet's classes. */
  static Path islet() {
    try {
      return Path.of(Stage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
