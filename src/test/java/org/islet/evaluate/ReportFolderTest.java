package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {

  @TempDir private Path folder;

  @Test
  void writes_tables_scores_and_a_plot_of_each_metric() throws IOException {
    ReportFolder.write(Reports.ROUTE, List.of(), folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(
              "asd.svg",
              "box-iou.svg",
              "box-recall.svg",
              "dsc.svg",
              "hd95.svg",
              "isolated-volume.svg",
              "isolated.svg",
              "scores.csv",
              "scores.json",
              "tables.md",
              "volume-difference.svg"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    String dsc = Files.readString(folder.resolve("dsc.svg"));
    assertTrue(dsc.contains("DSC (%)") && dsc.contains(">coarse-full<"), dsc);
    assertTrue(dsc.contains(">100<"), "the axis is in percent");
    String recall = Files.readString(folder.resolve("box-recall.svg"));
    assertTrue(recall.contains(">box-1<") && !recall.contains(">mask<"), recall);
  }

  @Test
  void every_plot_and_the_tables_say_what_the_models_warn_of() throws IOException {
    ReportFolder.write(Reports.ROUTE, List.of(), folder);
    for (String file : List.of("tables.md", "dsc.svg", "asd.svg", "box-iou.svg", "scores.json")) {
      assertTrue(Files.readString(folder.resolve(file)).contains("Only phantoms."), file);
    }
  }

  @Test
  void the_document_shows_the_plots_and_the_pictures_of_cases() throws IOException {
    ReportFolder.write(
        Reports.ROUTE, List.of(new ReportFolder.Picture("worst-1.png", "c, DSC 0.00")), folder);
    String tables = Files.readString(folder.resolve("tables.md"));
    assertTrue(tables.contains("![DSC (%)](dsc.svg)"), tables);
    assertTrue(tables.contains("c, DSC 0.00:\n\n![c, DSC 0.00](worst-1.png)\n"), tables);
  }
}
