package org.islet.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.format.NiftiName;

/**
 * A mask to be judged: a NIfTI file, or the {@code mask.nii.gz} of a result folder of Islet.
 *
 * @param place the file or the folder
 * @param mask the file that holds the mask
 * @param label the value of the voxels that are inside
 * @param caseNames the names by which its case may go, the likeliest first
 */
record Prediction(Path place, Path mask, int label, List<String> caseNames) {

  private static final int ISLET_LABEL = 1;

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
        ? NiftiName.of(place).map(name -> new Prediction(place, place, label, List.of(name)))
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
    String name = NiftiName.of(file).orElse(file.toString());
    return Stream.of(name, NiftiName.withoutChannel(name)).distinct().toList();
  }
}
