package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.islet.format.NiftiReader;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares DSC and HD95 with what NumPy and SciPy give, on pancreases that experts drew. */
class SciPyAgreementTest {

  private static final Path MASKS = Path.of("../shared/data/pancreas-masks");
  private static final String PYTHON = "/usr/bin/python3";
  private static final String SCORES =
      """
      import sys, numpy as np
      from scipy import ndimage as nd
      shape = [int(n) for n in sys.argv[3:6]]; spacing = [float(s) for s in sys.argv[6:9]]
      a, b = (np.fromfile(f, np.uint8).reshape(shape).astype(bool) for f in sys.argv[1:3])
      surface = lambda m: m & ~nd.binary_erosion(m)
      to = lambda m: nd.distance_transform_edt(~surface(m), sampling=spacing)
      pooled = np.hstack((to(b)[surface(a)], to(a)[surface(b)]))
      print(2.0 * (a & b).sum() / (a.sum() + b.sum()), np.percentile(pooled, 95))
      """;

  @TempDir private Path folder;

  @Test
  void shifted_and_frayed_pancreases_have_the_dsc_and_hd95_of_scipy() throws Exception {
    assumeTrue(Files.isDirectory(MASKS), MASKS + " is not here.");
    assumeTrue(hasSciPy(), PYTHON + " has no SciPy.");
    Random random = new Random(1);
    for (Path file : someMasks()) {
      Mask whole = new NiftiReader(1L << 30).readMask(file, 1);
      Box box = Box.around(whole).orElseThrow().grown(6).clippedTo(whole.size()).orElseThrow();
      Mask reference = whole.cropped(box);
      Mask prediction = shiftedAndFrayed(reference, random);
      double[] expected = scipy(prediction, reference);
      Scores scores = Scores.of(prediction, reference);
      assertEquals(expected[0], scores.dsc(), 1e-12, file.toString());
      assertEquals(expected[1], scores.hd95Mm(), 1e-4, file.toString());
    }
  }

  private static List<Path> someMasks() throws IOException {
    try (Stream<Path> files = Files.list(MASKS)) {
      return files.filter(f -> f.toString().endsWith(".nii.gz")).sorted().limit(4).toList();
    }
  }

  /** The mask moved by up to 5 voxels along each axis, with 1 in 500 voxels of the grid changed. */
  private static Mask shiftedAndFrayed(Mask mask, Random random) {
    int shift = 0;
    int[] unit = {1, mask.size().x(), mask.size().x() * mask.size().y()};
    for (int u : unit) {
      shift += u * (random.nextInt(11) - 5);
    }
    byte[] inside = mask.toBytes();
    byte[] voxels = new byte[inside.length];
    for (int i = 0; i < voxels.length; i++) {
      byte moved = inside[Math.floorMod(i + shift, voxels.length)];
      voxels[i] = (byte) (random.nextInt(500) == 0 ? 1 - moved : moved);
    }
    return Mask.of(mask.geometry(), voxels);
  }

  private double[] scipy(Mask a, Mask b) throws IOException, InterruptedException {
    Path fileA = Files.write(folder.resolve("a.raw"), a.toBytes());
    Path fileB = Files.write(folder.resolve("b.raw"), b.toBytes());
    Geometry g = a.geometry();
    String answer =
        python(
            SCORES,
            fileA.toString(),
            fileB.toString(),
            Integer.toString(g.size().z()),
            Integer.toString(g.size().y()),
            Integer.toString(g.size().x()),
            Double.toString(g.spacing(2)),
            Double.toString(g.spacing(1)),
            Double.toString(g.spacing(0)));
    return Stream.of(answer.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static boolean hasSciPy() throws InterruptedException {
    try {
      return python("import scipy.ndimage; print('here')").contains("here");
    } catch (IOException e) {
      return false; // there is no Python at all
    }
  }

  private static String python(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(PYTHON, "-c", program), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
