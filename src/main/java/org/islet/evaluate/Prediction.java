package org.islet.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mask to be judged: a NIfTI file, or the {@code mask.nii.gz} of a result folder of Islet.
 *
 * @param place the file or the folder
 * @param mask the file that holds the mask
 * @param label the value of the voxels that are inside
 * @param caseNames the names by which its case may go, the likeliest first
 */
record Prediction(Path place, Path mask, int label, List<String> caseNames) {

  private static final Pattern NIFTI = Pattern.compile("(.+)\\.(?:nii|nii\\.gz|hdr)");
  private static final String CHANNEL = "_0000";
  private static final int ISLET_LABEL = 1;

  /** The name of a NIfTI file without its extension; nothing for other files. */
  static Optional<String> niftiName(Path file) {
    Matcher matcher = NIFTI.matcher(file.getFileName().toString());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * The prediction in a file or folder; nothing if it is neither NIfTI nor a result of Islet.
   *
   * @param label the value of the voxels inside, for plain files
   * @throws IOException if a {@code result.json} cannot be read
   */
  static Optional<Prediction> at(Path place, int label) throws IOException {
    Path result = place.resolve("result.json");
    if (Files.isRegularFile(result)) {
      Path mask = place.resolve("mask.nii.gz");
      return Optional.of(new Prediction(place, mask, ISLET_LABEL, namesOfInput(result)));
    }
    return Files.isRegularFile(place)
        ? niftiName(place).map(name -> new Prediction(place, place, label, List.of(name)))
        : Optional.empty();
  }

  private static List<String> namesOfInput(Path result) throws IOException {
    String input;
    try {
      input = new ObjectMapper().readTree(result.toFile()).at("/input/file").asText();
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a result of Islet: it is not JSON (%s). Remove its folder or run the case again."
              .formatted(result, e.getOriginalMessage()),
          e);
    }
    Path file = Path.of(input).getFileName();
    String name = niftiName(file).orElse(file.toString());
    return name.endsWith(CHANNEL)
        ? List.of(name, name.substring(0, name.length() - CHANNEL.length()))
        : List.of(name);
  }
}
