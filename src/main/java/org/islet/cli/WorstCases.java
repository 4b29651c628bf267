package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.islet.evaluate.ReportFolder.Picture;
import org.islet.format.WholeFile;

/** Pictures of the cases with the lowest DSC of all that were offered; only these are drawn. */
final class WorstCases {

  @SuppressWarnings("ArrayRecordComponent") // only ever written
  private record Worst(String name, double dsc, byte[] png) {}

  /** Draws a case. */
  interface Drawing {

    /**
     * @throws IOException if what is to be drawn cannot be read
     */
    byte[] png() throws IOException;
  }

  private final int most;
  private final PriorityQueue<Worst> worst =
      new PriorityQueue<>(Comparator.comparingDouble(Worst::dsc).reversed());

  /**
   * @param most how many to keep
   */
  WorstCases(int most) {
    this.most = most;
  }

  /**
   * Keeps the case if it is among the worst so far.
   *
   * @throws IOException if it cannot be drawn; it is not kept then
   */
  void offer(String name, double dsc, Drawing drawing) throws IOException {
    if (worst.size() < most || (most > 0 && dsc < worst.element().dsc)) {
      worst.add(new Worst(name, dsc, drawing.png()));
      if (worst.size() > most) {
        worst.remove();
      }
    }
  }

  /** Writes {@code worst-1.png}, the worst of all, and so on. */
  List<Picture> write(Path folder) throws IOException {
    List<Worst> sorted = worst.stream().sorted(Comparator.comparingDouble(Worst::dsc)).toList();
    List<Picture> pictures = new ArrayList<>();
    for (Worst w : sorted) {
      String file = "worst-%d.png".formatted(pictures.size() + 1);
      WholeFile.write(folder.resolve(file), w.png);
      pictures.add(
          new Picture(file, String.format(Locale.ROOT, "%s, DSC %.2f", w.name, 100 * w.dsc)));
    }
    return pictures;
  }
}
