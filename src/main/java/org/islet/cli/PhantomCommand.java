package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.islet.dataset.LabelledCt;
import org.islet.dataset.Pancreases;
import org.islet.dataset.PhantomDataSet;
import org.islet.format.NiftiWriter;
import org.islet.phantom.Phantom;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes made-up CTs and their pancreas masks as pairs of NIfTI files. */
@Command(
    name = "phantom",
    header = "Makes up abdominal CTs whose pancreas is known.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes up abdominal CTs whose pancreas is known, and writes each as two files of the same"
          + " name: DIR/images/phantom-0001.nii.gz in HU, and DIR/labels/phantom-0001.nii.gz,"
          + " 1 in the pancreas and 0 elsewhere.",
      "Prints the images' paths, one per line; progress goes to standard error. Files that exist"
          + " are never overwritten."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all pairs were written",
      "1:a file could not be written",
      "2:wrong usage, or a file exists already; nothing was written"
    })
public final class PhantomCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write; made where it does not exist.")
  private Path out;

  @Option(
      names = "--count",
      defaultValue = "1",
      paramLabel = "N",
      description = "How many pairs to make (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description =
          "Names the series (default: ${DEFAULT-VALUE}). A pair depends on S and its number alone,"
              + " so a longer series begins with the shorter one.")
  private long seed;

  @Option(
      names = "--size",
      paramLabel = "X,Y,Z",
      converter = SizeConverter.class,
      description = "Voxels along x, y and z (default: 512,512,240).")
  private Size size;

  @Option(
      names = "--spacing",
      split = ",",
      paramLabel = "MM",
      description =
          "Distance between voxels along x, y and z in mm. Without it the grid covers 360×360×240"
              + " mm; with it a smaller field of view is a close-up of the pancreas.")
  private double[] spacing;

  @Option(
      names = "--varied",
      description =
          "Makes the series of `islet train --phantom-seed S`: of as many sizes and spacings as CTs"
              + " come in. Not with --size or --spacing.")
  private boolean varied;

  @ArgGroup(validate = false)
  private PancreasesOption pancreases = new PancreasesOption();

  @Override
  public Integer call() throws IOException {
    IntFunction<LabelledCt> phantoms = phantoms();
    requireNewFiles();
    try {
      Files.createDirectories(out.resolve("images"));
      Files.createDirectories(out.resolve("labels"));
      for (int number = 1; number <= count; number++) {
        write(number, phantoms.apply(number));
      }
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("Could not write to " + out + ": " + e);
      return 1;
    }
  }

  /** The phantoms by number, counting from 1. */
  private IntFunction<LabelledCt> phantoms() throws IOException {
    if (count < 1 || count > PhantomDataSet.MOST) {
      throw usage(
          "--count: from 1 to %d pairs can be made, not %d.".formatted(PhantomDataSet.MOST, count));
    }
    if (varied && (size != null || spacing != null)) {
      throw usage("--varied: sizes and spacings are drawn; leave out --size and --spacing.");
    }
    Geometry geometry = geometry();
    Pancreases real = pancreases.read();
    if (varied) {
      PhantomDataSet series = new PhantomDataSet(seed, count, real);
      return number -> series.read(series.ids().get(number - 1));
    }
    return number -> {
      Phantom phantom = Phantom.generate(Phantom.seed(seed, number), geometry, real.of(number - 1));
      return new LabelledCt(phantom.ct(), phantom.pancreas());
    };
  }

  private void write(int number, LabelledCt phantom) throws IOException {
    Path image = file("images", number);
    NiftiWriter.write(image, phantom.ct());
    NiftiWriter.write(file("labels", number), phantom.organ());
    spec.commandLine().getOut().println(image);
    spec.commandLine().getOut().flush();
    spec.commandLine()
        .getErr()
        .println(
            "%d of %d: pancreas of %.0f ml"
                .formatted(number, count, phantom.organ().millilitres()));
  }

  private Path file(String folder, int number) {
    return out.resolve(folder).resolve("phantom-%04d.nii.gz".formatted(number));
  }

  private void requireNewFiles() {
    for (int number = 1; number <= count; number++) {
      for (String folder : new String[] {"images", "labels"}) {
        if (Files.exists(file(folder, number))) {
          throw usage(
              "%s exists already and is not overwritten; choose another --out or remove it."
                  .formatted(file(folder, number)));
        }
      }
    }
  }

  private Geometry geometry() {
    Size voxels = size == null ? new Size(512, 512, 240) : size;
    if (spacing == null) {
      return Phantom.wholeAbdomen(voxels);
    }
    if (spacing.length != 3 || Arrays.stream(spacing).anyMatch(mm -> !(mm >= 0.1 && mm <= 100))) {
      throw usage("--spacing: three lengths from 0.1 to 100 mm were expected, as in 0.7,0.7,1.");
    }
    return Phantom.centred(voxels, spacing[0], spacing[1], spacing[2]);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
