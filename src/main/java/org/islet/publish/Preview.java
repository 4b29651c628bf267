package org.islet.publish;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * A picture of masks in their CT: the axial, coronal and sagittal slice with most voxels of the
 * masks, or the middle one where there are none, with each mask outlined. The patient's right is on
 * the left of the axial and the coronal slice, the front on the left of the sagittal one.
 */
public final class Preview {

  private static final int PANEL = 400;
  private static final int CAPTION = 22;
  private static final double DARKEST_HU = -100;
  private static final double BRIGHTEST_HU = 240;
  private static final int CAPTION_GREY = 0xc0c0c0;
  private static final int DASH = 4;

  /** The colour of what was found, as 0xrrggbb. */
  public static final int FOUND = 0xffa000;

  /** The colour of the truth, as 0xrrggbb. */
  public static final int TRUTH = 0x00c8ff;

  private final Volume ct;
  private final List<Outline> outlines;
  private final Optional<Box> organ;
  private final int[] fullest;

  private Preview(Volume ct, List<Outline> outlines) {
    this.ct = ct;
    this.outlines = outlines;
    this.organ =
        outlines.stream()
            .map(outline -> Box.around(outline.mask))
            .flatMap(Optional::stream)
            .reduce(Box::enclosing);
    this.fullest = organ.map(box -> fullestSlices(box, outlines)).orElse(new int[0]);
  }

  /**
   * A mask to outline.
   *
   * @param mask on the CT's grid
   * @param rgb its colour, as 0xrrggbb
   * @param name what the legend calls it
   */
  public record Outline(Mask mask, int rgb, String name) {}

  /**
   * Draws the picture, as PNG. Where outlines run together they are dashed in their colours; a
   * legend names them if there are several.
   *
   * @param ct in HU and RAS
   * @param caption written below the slices
   */
  public static byte[] png(Volume ct, List<Outline> outlines, String caption) {
    Preview preview = new Preview(ct, outlines);
    int legend = outlines.size() > 1 ? CAPTION : 0;
    Pixels image = new Pixels(3 * PANEL, PANEL + legend + CAPTION);
    Plane[] planes = Plane.values();
    IntStream.range(0, planes.length)
        .parallel()
        .forEach(number -> preview.panel(image, number, planes[number]));
    if (legend > 0) {
      preview.legend(image);
    }
    String notice = "Research software, not a medical device. " + caption;
    PixelFont.write(image, notice, 8, PANEL + legend + (CAPTION - 7) / 2, CAPTION_GREY);
    return image.toPng();
  }

  private void legend(Pixels image) {
    int x = 8;
    for (Outline outline : outlines) {
      PixelFont.write(image, outline.name, x, PANEL + (CAPTION - 7) / 2, outline.rgb);
      x += (outline.name.length() + 3) * PixelFont.ADVANCE;
    }
  }

  /**
   * A plane through the body: the axis across it, and the axes to the right and down the picture.
   */
  private enum Plane {
    AXIAL(2, 0, 1),
    CORONAL(1, 0, 2),
    SAGITTAL(0, 1, 2);

    final int across;
    final int right;
    final int down;

    Plane(int across, int right, int down) {
      this.across = across;
      this.right = right;
      this.down = down;
    }

    int index(Size size, int slice, int u, int v) {
      return switch (this) {
        case AXIAL -> size.index(u, v, slice);
        case CORONAL -> size.index(u, slice, v);
        case SAGITTAL -> size.index(slice, u, v);
      };
    }

    boolean contains(Mask mask, int slice, int u, int v) {
      return switch (this) {
        case AXIAL -> mask.contains(u, v, slice);
        case CORONAL -> mask.contains(u, slice, v);
        case SAGITTAL -> mask.contains(slice, u, v);
      };
    }

    int first(Box box) {
      return switch (this) {
        case AXIAL -> box.z0();
        case CORONAL -> box.y0();
        case SAGITTAL -> box.x0();
      };
    }
  }

  private void panel(Pixels image, int number, Plane plane) {
    Size size = ct.size();
    int slice = slice(plane);
    int width = size.along(plane.right);
    int height = size.along(plane.down);
    double widthMm = width * ct.geometry().spacing(plane.right);
    double heightMm = height * ct.geometry().spacing(plane.down);
    double pixelMm = Math.max(widthMm, heightMm) / PANEL;
    int columns = (int) Math.max(1, widthMm / pixelMm);
    int rows = (int) Math.max(1, heightMm / pixelMm);
    int left = number * PANEL + (PANEL - columns) / 2;
    int top = (PANEL - rows) / 2;
    int[] across = IntStream.range(0, columns).map(c -> width - 1 - c * width / columns).toArray();
    boolean dashed = outlines.size() > 1;
    for (int row = 0; row < rows; row++) {
      int v = height - 1 - row * height / rows;
      if (!dashed && row > 0 && v == height - 1 - (row - 1) * height / rows) {
        image.repeatRow(left, top + row, columns);
        continue;
      }
      int colour = 0;
      for (int column = 0; column < columns; column++) {
        if (dashed || column == 0 || across[column] != across[column - 1]) {
          colour = colour(plane, slice, across[column], v, (row + column) / DASH);
        }
        image.set(left + column, top + row, colour);
      }
    }
  }

  private int slice(Plane plane) {
    return organ
        .map(box -> plane.first(box) + fullest[plane.across])
        .orElse(ct.size().along(plane.across) / 2);
  }

  /** For each axis the slice of a box, its first being 0, with most voxels of the masks. */
  private static int[] fullestSlices(Box box, List<Outline> outlines) {
    Size size = box.size();
    int[][] counts = {new int[size.x()], new int[size.y()], new int[size.z()]};
    for (Outline outline : outlines) {
      byte[] inside = outline.mask.cropped(box).toBytes();
      int at = 0;
      for (int k = 0; k < size.z(); k++) {
        for (int j = 0; j < size.y(); j++) {
          for (int i = 0; i < size.x(); i++) {
            int n = inside[at++];
            counts[0][i] += n;
            counts[1][j] += n;
            counts[2][k] += n;
          }
        }
      }
    }
    return Arrays.stream(counts).mapToInt(Preview::largest).toArray();
  }

  /** The place of the largest number, of several the first. */
  private static int largest(int[] numbers) {
    int best = 0;
    for (int i = 1; i < numbers.length; i++) {
      best = numbers[i] > numbers[best] ? i : best;
    }
    return best;
  }

  private int colour(Plane plane, int slice, int u, int v, int dash) {
    int n = outlines.size();
    for (int i = isInAny(plane, slice, u, v) ? 0 : n; i < n; i++) {
      Outline outline = outlines.get((dash + i) % n);
      if (isOutline(outline.mask, plane, slice, u, v)) {
        return outline.rgb;
      }
    }
    double hu = ct.at(plane.index(ct.size(), slice, u, v));
    int grey =
        (int) Math.max(0, Math.min(255, 255 * (hu - DARKEST_HU) / (BRIGHTEST_HU - DARKEST_HU)));
    return grey * 0x010101;
  }

  /** Quick to say, and for most voxels no. */
  private boolean isInAny(Plane plane, int slice, int u, int v) {
    for (Outline outline : outlines) {
      if (plane.contains(outline.mask, slice, u, v)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutline(Mask mask, Plane plane, int slice, int u, int v) {
    return plane.contains(mask, slice, u, v)
        && !(isInside(mask, plane, slice, u - 1, v)
            && isInside(mask, plane, slice, u + 1, v)
            && isInside(mask, plane, slice, u, v - 1)
            && isInside(mask, plane, slice, u, v + 1));
  }

  private static boolean isInside(Mask mask, Plane plane, int slice, int u, int v) {
    Size size = mask.size();
    return u >= 0
        && v >= 0
        && u < size.along(plane.right)
        && v < size.along(plane.down)
        && plane.contains(mask, slice, u, v);
  }
}
