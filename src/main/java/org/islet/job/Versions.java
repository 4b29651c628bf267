package org.islet.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.islet.model.ModelStore;

/** The versions of what makes a result. */
public final class Versions {

  private static final String POM = "/META-INF/maven/org.islet/islet/pom.properties";

  private static final String ISLET = read();

  private Versions() {}

  /** Islet's own version; "development" where it does not run from its jar. */
  public static String islet() {
    return ISLET;
  }

  private static String read() {
    Properties pom = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(POM)) {
      if (in != null) {
        pom.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Islet's own jar cannot be read.", e);
    }
    return pom.getProperty("version", "development");
  }

  static Map<String, String> all() {
    return new TreeMap<>(
        Map.of(
            "islet",
            islet(),
            "tensorflow",
            ModelStore.tensorFlowVersion(),
            "java",
            System.getProperty("java.version")));
  }
}
