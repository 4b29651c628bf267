package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.islet.dataset.LabelledCt;
import org.islet.evaluate.CaseScores;
import org.islet.evaluate.Pairing;
import org.islet.format.NiftiName;
import org.islet.format.NiftiReader;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/**
 * Draws the worst cases whose masks are compared over their CTs, which are read for these alone.
 *
 * @param cts by the names of their cases
 * @param progress is told of a case that cannot be drawn
 */
record MaskPictures(
    Map<String, Path> cts, NiftiReader reader, WorstCases worst, Consumer<String> progress)
    implements Pairing.Listener {

  /**
   * The CTs in a folder: NIfTI files with the names of cases, perhaps with nnU-Net's {@code _0000}
   * after them. Of several with one name the last is taken.
   *
   * @param cases the names
   */
  static Map<String, Path> ctsIn(Path folder, Set<String> cases) throws IOException {
    Map<String, Path> cts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        NiftiName.of(file)
            .map(name -> NiftiName.caseOf(name, cases))
            .filter(cases::contains)
            .ifPresent(name -> cts.put(name, file));
      }
    }
    return cts;
  }

  @Override
  public void scored(CaseScores scores, Mask found, Mask truth) {
    CasePicture picture = new CasePicture(scores, Pairing.PREDICTION);
    try {
      worst.offer(scores.name(), picture.dsc(), () -> drawn(picture, found, truth));
    } catch (IOException | IllegalArgumentException e) {
      progress.accept("%s is not drawn: %s".formatted(scores.name(), e.getMessage()));
    }
  }

  private byte[] drawn(CasePicture picture, Mask found, Mask truth) throws IOException {
    String name = picture.scores().name();
    Path file = cts.get(name);
    if (file == null) {
      throw new IOException("its CT is not there.");
    }
    Volume ct = reader.readCt(file);
    LabelledCt labelled = LabelledCt.inRas(ct, truth);
    return picture.png(labelled.ct(), labelled.organ(), LabelledCt.inRas(ct, found).organ());
  }
}
