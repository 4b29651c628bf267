package org.islet.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.ToDoubleFunction;
import org.islet.evaluate.LineChart;
import org.islet.evaluate.LineChart.Panel;
import org.islet.format.WholeFile;
import org.islet.train.Epochs.Epoch;

/** What came of each epoch as curves in an SVG picture. */
final class Curves {

  private Curves() {}

  /**
   * Writes the picture, in place of one that is there.
   *
   * @param title what was trained
   */
  static void write(Path file, String title, Epochs epochs) throws IOException {
    Map<String, List<NavigableMap<Integer, Double>>> first = new LinkedHashMap<>();
    first.put("Dice loss", curve(epochs, e -> e.learnt().diceLoss()));
    first.put("validation DSC", curve(epochs, Epoch::dsc));
    String svg =
        LineChart.svg(
            List.of(
                new Panel(title, first),
                new Panel(
                    "Centre loss",
                    Map.of("centre loss", curve(epochs, e -> e.learnt().centreLoss()))),
                new Panel(
                    "Isolated false positives of a case that validates, in the mean",
                    Map.of("isolated", curve(epochs, Epoch::isolated)))),
            "epoch");
    WholeFile.write(file, svg);
  }

  private static List<NavigableMap<Integer, Double>> curve(
      Epochs epochs, ToDoubleFunction<Epoch> value) {
    return List.of(epochs.byNumber(value));
  }
}
