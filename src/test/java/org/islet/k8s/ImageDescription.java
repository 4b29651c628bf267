package org.islet.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile, of which nothing is passed over.
 *
 * @param stages by name
 */
public record ImageDescription(Map<String, Stage> stages) {

  private static final Path FILE = Path.of("k8s/image/Dockerfile");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FROM = Pattern.compile("(\\S+) AS (\\S+)");
  private static final Pattern COPY =
      Pattern.compile("(?:--from=(\\S+) )?(?:--chown=(\\d+:\\d+) )?(\\S+) (\\S+)");
  private static final Pattern HEALTH = Pattern.compile("(?:--\\S+ )*CMD (\\[.*])");

  /** What an image is made by. */
  public static final class Stage {

    private final String base;
    private final List<Copy> copies = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();

    private Stage(String base) {
      this.base = base;
    }

    public String base() {
      return base;
    }

    public List<Copy> copies() {
      return copies;
    }

    public List<String> runs() {
      return runs;
    }

    public Map<String, String> environment() {
      return environment;
    }

    public String workdir() {
      return others.get("WORKDIR");
    }

    public String user() {
      return others.get("USER");
    }

    public String exposed() {
      return others.get("EXPOSE");
    }

    public List<String> entrypoint() {
      return words(others.get("ENTRYPOINT"));
    }

    public List<String> command() {
      return words(others.get("CMD"));
    }

    public List<String> health() {
      return words(match(HEALTH, others.get("HEALTHCHECK")).group(1));
    }

    private void take(String instruction, String rest) {
      switch (instruction) {
        case "COPY" -> copies.add(Copy.of(match(COPY, rest)));
        case "RUN" -> runs.add(rest);
        case "ENV" -> {
          for (String each : rest.split(" +", -1)) {
            environment.put(each.substring(0, each.indexOf('=')), after(each, '='));
          }
        }
        case "WORKDIR", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD" ->
            others.put(instruction, rest);
        default ->
            throw new IllegalArgumentException(
                "It is not known what %s does.".formatted(instruction));
      }
    }
  }

  /**
   * A copy of files.
   *
   * @param stage from which; null for the repository
   * @param owner null for root
   */
  public record Copy(String stage, String owner, String from, String to) {

    private static Copy of(Matcher words) {
      return new Copy(words.group(1), words.group(2), words.group(3), words.group(4));
    }
  }

  /** Reads that of Islet's images. */
  public static ImageDescription read() throws IOException {
    return of(Files.readString(FILE));
  }

  static ImageDescription of(String text) {
    Map<String, Stage> stages = new LinkedHashMap<>();
    Stage stage = null;
    for (String line : text.replaceAll("(?m)^#.*\\n", "").replace("\\\n", " ").lines().toList()) {
      if (line.startsWith("FROM ")) {
        Matcher from = match(FROM, after(line, ' '));
        stage = new Stage(from.group(1));
        stages.put(from.group(2), stage);
      } else if (!line.isBlank()) {
        stage.take(line.substring(0, line.indexOf(' ')), after(line, ' ').strip());
      }
    }
    return new ImageDescription(stages);
  }

  private static Matcher match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is not of the form %s.".formatted(text, pattern));
    }
    return matcher;
  }

  private static String after(String text, char mark) {
    return text.substring(text.indexOf(mark) + 1);
  }

  /** The words of a command in exec form; that of a shell is refused. */
  private static List<String> words(String command) {
    try {
      return JSON.readValue(command, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("'%s' needs a shell.".formatted(command), e);
    }
  }
}
