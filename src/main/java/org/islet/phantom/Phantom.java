package org.islet.phantom;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * A made-up abdominal CT whose pancreas is known. The same seed and grid give the same voxels on
 * any machine, and the same seed the same anatomy on any grid.
 *
 * @param ct in HU
 * @param pancreas on the same grid: the voxels whose centre is inside an outline that strays from
 *     the organ's edge about as far as experts' outlines do from each other
 */
public record Phantom(Volume ct, Mask pancreas) {

  /** The full field of view in mm along x, y and z. */
  private static final double[] FIELD_OF_VIEW = {360, 360, 240};

  /** The voxels (mm³) to which the noise of 8 to 20 HU belongs: 0.7 × 0.7 × 1 mm. */
  private static final double FINE_VOXEL = 0.49;

  /** A grid of a size that covers a whole abdomen: 360 mm along x and y, 240 mm along z. */
  public static Geometry wholeAbdomen(Size size) {
    return centred(
        size,
        FIELD_OF_VIEW[0] / size.x(),
        FIELD_OF_VIEW[1] / size.y(),
        FIELD_OF_VIEW[2] / size.z());
  }

  /** A grid of the same size and spacing along RAS whose middle is the patient's origin. */
  static Geometry centred(Size size, Geometry like) {
    return centred(size, like.spacing(0), like.spacing(1), like.spacing(2));
  }

  /** A grid of a size and spacing (mm) around the pancreas; what lies outside it is not seen. */
  public static Geometry centred(Size size, double dx, double dy, double dz) {
    return new Geometry(
        size,
        Affine.scaling(
            dx,
            dy,
            dz,
            -dx * (size.x() - 1) / 2.0,
            -dy * (size.y() - 1) / 2.0,
            -dz * (size.z() - 1) / 2.0));
  }

  /**
   * A seed for a phantom of a series: neighbouring series of up to a million phantoms share none.
   */
  public static long seed(long series, int number) {
    return series * 1_000_003 + number;
  }

  /**
   * The phantom of a seed.
   *
   * @param geometry any grid, turned in any way; the pancreas lies around the patient's origin
   */
  public static Phantom generate(long seed, Geometry geometry) {
    return generate(seed, geometry, Optional.empty());
  }

  /**
   * The phantom of a seed and of a pancreas that somebody drew.
   *
   * @param geometry any grid, turned in any way; the pancreas lies around the patient's origin
   * @param real the mask of a pancreas in any place, which is turned, scaled and bent at random;
   *     where there is none, a pancreas is made up
   */
  public static Phantom generate(long seed, Geometry geometry, Optional<Mask> real) {
    SplittableRandom random = new SplittableRandom(seed);
    Anatomy anatomy = new Anatomy(random, real);
    ScannerNoise noise =
        new ScannerNoise(random, deviation(8 + 12 * random.nextDouble(), geometry));
    VoxelBounds voxels = new VoxelBounds(geometry);
    List<Optional<Box>> boxes =
        anatomy.organs().stream()
            .map(o -> voxels.of(o.bounds().grown(SlicePainter.edge(geometry))))
            .toList();
    short[] hu = new short[geometry.size().count()];
    byte[] pancreas = new byte[hu.length];
    IntStream.range(0, geometry.size().z())
        .parallel()
        .forEach(
            k -> {
              SlicePainter painter = new SlicePainter(geometry, k);
              for (int o = 0; o < boxes.size(); o++) {
                Organ organ = anatomy.organs().get(o);
                boxes.get(o).ifPresent(box -> painter.paint(organ, box));
              }
              painter.writeTo(hu, pancreas, noise);
            });
    return new Phantom(Volume.of(geometry, hu), Mask.of(geometry, pancreas).trimmed());
  }

  /**
   * The noise of larger voxels, which average finer ones: neighbours are correlated, so it falls
   * with the fourth root of the volume, not the square root.
   */
  private static double deviation(double fineDeviation, Geometry geometry) {
    double share = Math.min(1, FINE_VOXEL / geometry.voxelVolume());
    return fineDeviation * Math.sqrt(Math.sqrt(share));
  }
}
