package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.islet.Python;
import org.islet.volume.ConnectedComponents.Neighbours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SciPy closes, fills, takes apart and smooths masks as Islet does. */
class SciPyAgreementTest {

  private static final Geometry GRID = Geometry.of(new Size(40, 36, 30), 0.7, 0.8, 2.5);
  private static final String READ =
      """
      import numpy as np
      from scipy import ndimage as nd
      mask = np.fromfile('mask', np.uint8).reshape(30, 36, 40).astype(bool)
      spacing = np.array([2.5, 0.8, 0.7])
      def write(voxels, name): voxels.astype(np.uint8).tofile(name)
      """;

  @TempDir private Path folder;
  private Python python;
  private Mask mask;

  @BeforeEach
  void writesAMask() throws Exception {
    python = new Python(folder, "numpy, scipy.ndimage");
    mask = blobs(new Random(1));
    Files.write(folder.resolve("mask"), mask.toBytes());
  }

  /** Balls of 2 to 7 mm, some hollow, some at the border, and a twentieth of all voxels changed. */
  private static Mask blobs(Random random) {
    Size size = GRID.size();
    byte[] inside = new byte[size.count()];
    for (int ball = 0; ball < 25; ball++) {
      Mask centre =
          Masks.of(
              GRID,
              new int[] {
                random.nextInt(size.x()), random.nextInt(size.y()), random.nextInt(size.z())
              });
      float[] squared = DistanceTransform.squared(centre);
      double outer = 2 + 5 * random.nextDouble();
      double inner = ball % 2 == 0 ? outer / 2 : -1;
      for (int i = 0; i < inside.length; i++) {
        double distance = Math.sqrt(squared[i]);
        inside[i] |= (byte) (distance <= outer && distance > inner ? 1 : 0);
      }
    }
    for (int i = 0; i < inside.length / 20; i++) {
      inside[random.nextInt(inside.length)] ^= 1;
    }
    return Mask.of(GRID, inside);
  }

  private byte[] scipy(String script) throws Exception {
    python.run(READ + script);
    return Files.readAllBytes(folder.resolve("out"));
  }

  @Test
  void closes_gaps_alike() throws Exception {
    for (double radius : new double[] {0.7, 1.6, 2.5, 4.2, 7}) {
      byte[] expected =
          scipy(
              """
              radius, pad = %s, 14
              zyx = np.indices((9, 19, 23)) - np.array([4, 9, 11]).reshape(3, 1, 1, 1)
              ball = np.sqrt(((zyx * spacing.reshape(3, 1, 1, 1)) ** 2).sum(0)) <= radius + 1e-6
              closed = nd.binary_closing(np.pad(mask, pad), ball)
              write(closed[pad:-pad, pad:-pad, pad:-pad], 'out')
              """
                  .formatted(radius));
      byte[] closed = Morphology.closed(mask, radius).toBytes();
      assertArrayEquals(expected, closed, "radius " + radius);
      assertTrue(radius < 1 || Mask.of(GRID, closed).count() > mask.count(), "nothing closed");
    }
  }

  @Test
  void fills_holes_alike() throws Exception {
    byte[] filled = Morphology.filled(mask).toBytes();
    assertArrayEquals(scipy("write(nd.binary_fill_holes(mask), 'out')"), filled);
    int more = Mask.of(GRID, filled).count() - mask.count();
    assertTrue(more > 50, more + " voxels were filled");
  }

  @Test
  void takes_apart_into_components_alike() throws Exception {
    assertComponents("np.ones((3, 3, 3))", Neighbours.CORNERS);
    assertComponents("nd.generate_binary_structure(3, 1)", Neighbours.FACES);
  }

  private void assertComponents(String structure, Neighbours neighbours) throws Exception {
    int least = 12; // voxels
    byte[] large =
        scipy(
            """
            labels, n = nd.label(mask, %s)
            write(mask & (np.bincount(labels.ravel()) >= %d)[labels], 'out')
            open('n', 'w').write(str(n))
            """
                .formatted(structure, least));
    ConnectedComponents components = new ConnectedComponents(mask, neighbours);
    assertEquals(Files.readString(folder.resolve("n")), Integer.toString(components.count()));
    double millilitres = least * GRID.voxelVolume() / 1000;
    assertArrayEquals(large, components.ofAtLeast(millilitres).toBytes());
  }

  @Test
  void smooths_alike() throws Exception {
    for (double sigma : new double[] {0.3, 0.9, 2.5}) {
      byte[] expected =
          scipy(
              """
              smooth = nd.gaussian_filter(mask.astype(float), %s / spacing, mode='nearest')
              write((smooth >= 0.5) + 2 * (abs(smooth - 0.5) < 1e-6), 'out')
              """
                  .formatted(sigma));
      byte[] smoothed = Gaussian.smoothed(mask, sigma).toBytes();
      for (int i = 0; i < smoothed.length; i++) {
        // what SciPy finds within a millionth of a half may fall on either side
        assertTrue(expected[i] > 1 || expected[i] == smoothed[i], "voxel " + i + " at " + sigma);
      }
    }
  }
}
