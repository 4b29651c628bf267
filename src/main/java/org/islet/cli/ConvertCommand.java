package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.islet.dataset.LabelPlacement;
import org.islet.format.DicomSeries;
import org.islet.format.InputRefusedException;
import org.islet.format.LabelImage;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.publish.Preview;
import org.islet.publish.Preview.Outline;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Volume;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns a DICOM series into a NIfTI file, or lays a label onto the grid of its CT. */
@Command(
    name = "convert",
    header = "Turns a DICOM CT into NIfTI, or lays a label onto its CT.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Turns a DICOM CT series into a NIfTI file in HU, on the series' own grid.",
      "With --onto it lays a label whose header is not to be trusted onto the grid of its CT: by the"
          + " directions of its axes, whatever else its header says of its place. It prints what the"
          + " CT holds inside the label, and warns where other directions would suit better.",
      "Files that exist are never overwritten."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file was written",
      "1:what was given was refused, or the file could not be written",
      "2:wrong usage, or a file exists already; nothing was written"
    },
    footer = {
      "",
      "Example: ./islet convert PANCREAS_0001 images/0001.nii.gz",
      "         ./islet convert label0001.nii.gz labels/0001.nii.gz --onto images/0001.nii.gz"
    })
public final class ConvertCommand implements Callable<Integer> {

  /** Holds the largest grid that Islet can address at two bytes a voxel. */
  private static final long MAX_INFLATED_BYTES = 4L << 30;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description =
          "A folder with one DICOM CT series, searched with the folders inside it; or a"
              + " NIfTI file.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The .nii or .nii.gz file to write.")
  private Path out;

  @ArgGroup(exclusive = false)
  private Onto onto;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Also draws three slices, the label outlined in them, as a PNG file.")
  private Path picture;

  /** That the input is a label, and how it lies. */
  static final class Onto {
    @Option(
        names = "--onto",
        required = true,
        paramLabel = "CT",
        description = "The input is a label: lays it onto the grid of this NIfTI file.")
    private Path ct;

    @Option(
        names = "--axes",
        paramLabel = "XYZ",
        converter = OrientationConverter.class,
        description =
            "Where the label's stored axes grow, as in LPS: to the patient's left (L) or right (R),"
                + " back (P) or front (A), head (S) or feet (I). Without it, as its header says.")
    private Orientation axes;

    @Option(
        names = "--label",
        paramLabel = "N",
        defaultValue = "1",
        description = "The organ's value in the label (default: ${DEFAULT-VALUE}).")
    private int label;
  }

  @Override
  public Integer call() throws IOException {
    requireUsable();
    Path reading = onto == null ? in : onto.ct;
    try {
      Volume ct = ct(reading);
      reading = in;
      if (onto == null) {
        write(ct);
      } else {
        layOnto(ct);
      }
      return 0;
    } catch (InputRefusedException | IllegalArgumentException e) {
      spec.commandLine().getErr().println("%s was refused: %s".formatted(reading, e.getMessage()));
      return 1;
    }
  }

  private void requireUsable() {
    if (!Files.exists(in)) {
      throw usage("There is no file or folder %s.".formatted(in));
    }
    if (onto != null && !Files.isRegularFile(onto.ct)) {
      throw usage("--onto: there is no file %s.".formatted(onto.ct));
    }
    if (!out.getFileName().toString().matches(".+\\.nii(\\.gz)?")) {
      throw usage("%s: a name that ends in .nii or .nii.gz was expected.".formatted(out));
    }
    for (Path file : picture == null ? List.of(out) : List.of(out, picture)) {
      if (Files.exists(file)) {
        throw usage(
            "%s exists already and is not overwritten; choose another name or remove it."
                .formatted(file));
      }
    }
  }

  private static Volume ct(Path place) throws IOException {
    return Files.isDirectory(place) ? DicomSeries.in(place).readCt() : reader().readCt(place);
  }

  private void write(Volume ct) throws IOException {
    NewFile.write(out, file -> NiftiWriter.write(file, ct));
    draw(ct, List.of());
    Geometry grid = ct.geometry();
    tell(
        String.format(
            Locale.ROOT,
            "%s voxels of %.3f×%.3f×%.3f mm, axes %s",
            grid.size(),
            grid.spacing(0),
            grid.spacing(1),
            grid.spacing(2),
            grid.orientation()));
  }

  private void layOnto(Volume ct) throws IOException {
    Orientation axes = onto.axes == null ? statedAxes() : onto.axes;
    LabelPlacement placement = new LabelPlacement(ct, label());
    Mask mask = placement.along(axes);
    NewFile.write(out, file -> NiftiWriter.write(file, mask));
    draw(ct, List.of(new Outline(mask, Preview.TRUTH, "label")));
    LabelReport report = new LabelReport(placement, axes);
    tell(report.line());
    report.warnings().forEach(this::warn);
  }

  private Orientation statedAxes() throws IOException {
    var header = reader().header(in);
    if (!header.orientationStated()) {
      throw new IllegalArgumentException(
          "Its header does not say how its axes lie (no sform or qform). State them with --axes.");
    }
    return header.geometry().orientation();
  }

  private Mask label() throws IOException {
    LabelImage image = reader().readLabel(in, onto.label);
    if (image.mask().isEmpty()) {
      throw new IllegalArgumentException(
          "No voxel is %d, the organ's value. Name the right one with --label."
              .formatted(onto.label));
    }
    if (!image.otherValues().isEmpty()) {
      warn(
          "the label also holds %d other value(s); they are left out."
              .formatted(image.otherValues().size()));
    }
    return image.mask();
  }

  private void draw(Volume ct, List<Outline> outlines) throws IOException {
    if (picture == null) {
      return;
    }
    Reorientation axes = Reorientation.toCanonical(ct.geometry());
    List<Outline> turned =
        outlines.stream().map(o -> new Outline(axes.apply(o.mask()), o.rgb(), o.name())).toList();
    byte[] png = Preview.png(axes.apply(ct), turned, out.getFileName().toString());
    NewFile.write(picture, file -> Files.write(file, png));
  }

  private static NiftiReader reader() {
    return new NiftiReader(MAX_INFLATED_BYTES);
  }

  private void tell(String finding) {
    spec.commandLine().getOut().println(out + ": " + finding);
    spec.commandLine().getOut().flush();
  }

  private void warn(String sentence) {
    spec.commandLine().getErr().println(out + ": " + sentence);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
