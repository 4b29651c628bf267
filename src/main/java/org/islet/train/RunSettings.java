package org.islet.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.islet.format.WholeFile;

/** All that a run's results depend on, as a YAML file that says it line by line. */
record RunSettings(Map<String, Object> all) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build();

  void write(Path file) throws IOException {
    WholeFile.write(file, YAML.writeValueAsBytes(all));
  }

  /**
   * @throws IllegalArgumentException if the file says otherwise; the message tells the first line
   *     that differs
   */
  void requireSameIn(Path file) throws IOException {
    List<String> then = Files.readAllLines(file);
    List<String> now = YAML.writeValueAsString(all).lines().toList();
    for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
      String was = i < then.size() ? then.get(i) : "(nothing)";
      String is = i < now.size() ? now.get(i) : "(nothing)";
      if (!was.equals(is)) {
        throw new IllegalArgumentException(
            "%s, line %d, says \"%s\", but \"%s\" is asked for now. Resume with the same options, or begin another run."
                .formatted(file, i + 1, was.strip(), is.strip()));
      }
    }
  }
}
