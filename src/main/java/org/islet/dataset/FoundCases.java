package org.islet.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.format.NiftiName;

/**
 * Which image and which label in a folder belong together, by their names.
 *
 * @param pairs the cases that have one of each, by name
 * @param problems the files that are alone or too many
 */
record FoundCases(SortedMap<String, Pair> pairs, List<Problem> problems) {

  /** A case's files. */
  record Pair(Path image, Path label) {}

  /** Where images and labels lie. */
  private record Layout(Path images, Path labels) {

    static Layout of(Path folder) throws DataSetProblemsException {
      List<Layout> here =
          Stream.of("", "Tr")
              .map(s -> new Layout(folder.resolve("images" + s), folder.resolve("labels" + s)))
              .filter(l -> Files.isDirectory(l.images) && Files.isDirectory(l.labels))
              .toList();
      if (here.size() != 1) {
        throw DataSetProblemsException.of(
            folder,
            ("images/ and labels/ were expected in it, or imagesTr/ and labelsTr/, but %s. Give the"
                    + " folder that holds one of these pairs.")
                .formatted(here.isEmpty() ? "neither of the two is there" : "both are there"));
      }
      return here.get(0);
    }
  }

  /**
   * Looks into a folder.
   *
   * @throws DataSetProblemsException if it has none of the layouts or both, or no NIfTI file
   * @throws IOException if it cannot be read
   */
  static FoundCases in(Path folder) throws IOException {
    Layout layout = Layout.of(folder);
    Map<String, List<Path>> labels = byCase(layout.labels(), name -> name);
    Map<String, List<Path>> images =
        byCase(layout.images(), name -> NiftiName.caseOf(name, labels.keySet()));
    SortedSet<String> names = new TreeSet<>(labels.keySet());
    names.addAll(images.keySet());
    if (names.isEmpty()) {
      throw DataSetProblemsException.of(
          layout.images(), "there is no NIfTI file (.nii, .nii.gz, .hdr) in this folder.");
    }
    FoundCases found = new FoundCases(new TreeMap<>(), new ArrayList<>());
    for (String name : names) {
      List<Path> ownImages = images.getOrDefault(name, List.of());
      List<Path> ownLabels = labels.getOrDefault(name, List.of());
      found.requireOne(name, ownImages, ownLabels, "image", layout.images());
      found.requireOne(name, ownLabels, ownImages, "label", layout.labels());
      if (ownImages.size() == 1 && ownLabels.size() == 1) {
        found.pairs.put(name, new Pair(ownImages.get(0), ownLabels.get(0)));
      }
    }
    return found;
  }

  private static Map<String, List<Path>> byCase(Path folder, UnaryOperator<String> caseOf)
      throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NiftiName.of(file).isPresent())
          .sorted()
          .collect(Collectors.groupingBy(file -> caseOf.apply(NiftiName.of(file).orElseThrow())));
    }
  }

  private void requireOne(
      String name, List<Path> files, List<Path> others, String what, Path folder) {
    if (files.isEmpty()) {
      problems.add(
          new Problem(
              others.get(0),
              "there is no %s for it in %s. Put one there, or take this file away."
                  .formatted(what, folder)));
    } else if (files.size() > 1) {
      String names =
          files.stream().map(f -> f.getFileName().toString()).collect(Collectors.joining(", "));
      problems.add(
          new Problem(
              files.get(0),
              "%d files are %ss of case %s; keep one: %s."
                  .formatted(files.size(), what, name, names)));
    }
  }
}
