package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares DSC, HD95 and ASD with what NumPy and SciPy give, and DSC with what plastimatch gives,
 * on pancreases that experts drew, bent at random.
 */
class IndependentToolsTest {

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
      print(2.0 * (a & b).sum() / (a.sum() + b.sum()), np.percentile(pooled, 95), pooled.mean())
      """;
  private static final Pattern DICE = Pattern.compile("DICE:\\s+([0-9.]+)");

  /** Every sixth mask: slices from 1 to 5 mm apart are among them. */
  private static final int EVERY = 6;

  @TempDir private Path folder;

  @Test
  void bent_and_frayed_pancreases_have_the_dsc_hd95_and_asd_of_scipy() throws Exception {
    assumeTrue(Files.isDirectory(MASKS), MASKS + " is not here.");
    assumeTrue(
        answer(PYTHON, "-c", "import scipy.ndimage; print('here')").contains("here"),
        PYTHON + " has no SciPy.");
    Random random = new Random(1);
    for (Path file : someMasks()) {
      Mask reference = surroundings(file);
      Mask prediction = frayed(Deformation.random(random).of(reference), random);
      double[] expected = scipy(prediction, reference);
      Scores scores = Scores.of(prediction, reference);
      assertTrue(scores.dsc() > 0.3 && scores.dsc() < 0.99, file + ": " + scores.dsc());
      assertEquals(expected[0], scores.dsc(), 1e-12, file.toString());
      assertEquals(expected[1], scores.hd95Mm(), 1e-4, file.toString());
      assertEquals(expected[2], scores.asdMm(), 1e-5, file.toString());
    }
  }

  @Test
  void bent_pancreases_have_the_dsc_of_plastimatch() throws Exception {
    assumeTrue(Files.isDirectory(MASKS), MASKS + " is not here.");
    assumeTrue(answer("plastimatch", "--version").contains("version"), "There is no plastimatch.");
    Random random = new Random(2);
    for (Path file : someMasks()) {
      Mask reference = surroundings(file);
      Mask prediction = Deformation.random(random).of(reference);
      String answer =
          answer(
              "plastimatch",
              "dice",
              written("a.nii", reference).toString(),
              written("b.nii", prediction).toString());
      Matcher dice = DICE.matcher(answer);
      assertTrue(dice.find(), answer);
      // plastimatch prints six decimals
      assertEquals(
          Double.parseDouble(dice.group(1)), Overlap.dsc(prediction, reference), 1e-6, answer);
    }
  }

  private static List<Path> someMasks() throws IOException {
    try (Stream<Path> files = Files.list(MASKS)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(".nii.gz")).sorted().toList();
      return IntStream.range(0, all.size()).filter(i -> i % EVERY == 0).mapToObj(all::get).toList();
    }
  }

  /** The pancreas of a file with 12 voxels around it, where there are as many. */
  private static Mask surroundings(Path file) throws IOException {
    Mask whole = new NiftiReader(1L << 30).readMask(file, 1);
    return whole.cropped(
        Box.around(whole).orElseThrow().grown(12).clippedTo(whole.size()).orElseThrow());
  }

  /** The mask with 1 in 5000 voxels of the grid changed. */
  private static Mask frayed(Mask mask, Random random) {
    byte[] voxels = mask.toBytes();
    for (int i = 0; i < voxels.length / 5000; i++) {
      voxels[random.nextInt(voxels.length)] ^= 1;
    }
    return Mask.of(mask.geometry(), voxels);
  }

  private Path written(String name, Mask mask) throws IOException {
    Path file = folder.resolve(name);
    NiftiWriter.write(file, mask);
    return file;
  }

  private double[] scipy(Mask a, Mask b) throws IOException, InterruptedException {
    Path fileA = Files.write(folder.resolve("a.raw"), a.toBytes());
    Path fileB = Files.write(folder.resolve("b.raw"), b.toBytes());
    Geometry g = a.geometry();
    String answer =
        answer(
            PYTHON,
            "-c",
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

  /** What a program writes; nothing if there is no such program. */
  private static String answer(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return "";
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
