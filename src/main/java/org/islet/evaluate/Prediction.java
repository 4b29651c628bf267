package org.islet.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.islet.format.NiftiName;

/**
 * A mask to be judged: a NIfTI file, or the {@code mask.nii.gz} of a result folder of Islet.
 *
 * @param place the file or the folder
 * @param mask the file that holds the mask
 * @param label the value of the voxels that are inside
 * @param caseNames the names by which its case may go, the likeliest first
 * @param warnings what the cards of the models that made it warn of, by the model's id
 */
record Prediction(
    Path place, Path mask, int label, List<String> caseNames, Map<String, String> warnings) {

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
      JsonNode json = read(result);
      return Optional.of(
          new Prediction(place, mask, ISLET_LABEL, namesOfInput(json), warnings(json)));
    }
    return Files.isRegularFile(place)
        ? NiftiName.of(place)
            .map(name -> new Prediction(place, place, label, List.of(name), Map.of()))
        : Optional.empty();
  }

  private static JsonNode read(Path result) throws IOException {
    try {
      return new ObjectMapper().readTree(result.toFile());
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a result of Islet: it is not JSON (%s). Remove its folder or run the case again."
              .formatted(result, e.getOriginalMessage()),
          e);
    }
  }

  private static Map<String, String> warnings(JsonNode result) {
    Map<String, String> warnings = new TreeMap<>();
    for (JsonNode model : result.path("models")) {
      if (model.hasNonNull("warning")) {
        warnings.put(model.path("id").asText(), model.path("warning").asText());
      }
    }
    return warnings;
  }

  private static List<String> namesOfInput(JsonNode result) {
    Path file = Path.of(result.at("/input/file").asText()).getFileName();
    String name = NiftiName.of(file).orElse(file.toString());
    return Stream.of(name, NiftiName.withoutChannel(name)).distinct().toList();
  }
}
