package org.islet.publish;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.job.CaseReport;
import org.islet.job.ResultPlace;
import org.islet.publish.Preview.Outline;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/**
 * Results as folders {@code <root>/<case>/} with {@code mask.nii.gz}, {@code result.json} and
 * {@code preview.png}. A folder is written under a hidden name and then renamed, so a reader sees
 * it whole or not at all; none is ever overwritten.
 */
public final class ResultFolder implements ResultPlace {

  public static final String MASK = "mask.nii.gz";
  public static final String REPORT = "result.json";
  public static final String PREVIEW = "preview.png";

  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writerFor(CaseReport.class);

  private final Path root;

  /**
   * @param root made when the first result is
   */
  public ResultFolder(Path root) {
    this.root = root;
  }

  /** A report as {@code result.json} holds it. */
  public static String toJson(CaseReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("A report is always JSON.", e);
    }
  }

  @Override
  public Reservation reserve(String name) throws IOException {
    Files.createDirectories(root);
    for (int attempt = 1; ; attempt++) {
      String caseId = attempt == 1 ? name : name + "-" + attempt;
      Path part = root.resolve("." + caseId + ".part");
      if (!Files.exists(root.resolve(caseId)) && madeDirectory(part)) {
        return new Part(caseId, part);
      }
    }
  }

  private static boolean madeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** A hidden folder that becomes the result. */
  private final class Part implements Reservation {

    private final String caseId;
    private final Path part;

    Part(String caseId, Path part) {
      this.caseId = caseId;
      this.part = part;
    }

    @Override
    public String caseId() {
      return caseId;
    }

    @Override
    public Path publish(CaseReport report, Mask mask, Volume ct, Mask seen) throws IOException {
      NiftiWriter.write(part.resolve(MASK), mask);
      Files.writeString(part.resolve(REPORT), toJson(report) + "\n");
      List<String> notes = report.models().stream().map(CaseReport.Model::warning).toList();
      String caption = notes.stream().filter(n -> n != null).findFirst().orElse("");
      List<Outline> outline = List.of(new Outline(seen, Preview.FOUND, "found"));
      Files.write(part.resolve(PREVIEW), Preview.png(ct, outline, caption));
      return Files.move(part, root.resolve(caseId), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
      if (Files.exists(part)) {
        try (Stream<Path> files = Files.walk(part)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
