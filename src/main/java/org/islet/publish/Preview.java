package org.islet.publish;

import java.awt.image.BufferedImage;
import java.util.Optional;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * A picture of a result: the axial, coronal and sagittal slice with most of the mask, or the middle
 * one where there is none, with the mask outlined. The patient's right is on the left of the axial
 * and the coronal slice, the front on the left of the sagittal one.
 */
final class Preview {

  private static final int PANEL = 400;
  private static final int CAPTION = 22;
  private static final double DARKEST_HU = -100;
  private static final double BRIGHTEST_HU = 240;
  private static final int OUTLINE = 0xffa000;
  private static final int CAPTION_GREY = 0xc0c0c0;

  private final Volume ct;
  private final Mask mask;
  private final Optional<Box> organ;

  private Preview(Volume ct, Mask mask) {
    this.ct = ct;
    this.mask = mask;
    this.organ = Box.around(mask);
  }

  /**
   * Draws the picture.
   *
   * @param ct in HU and RAS
   * @param mask on the CT's grid
   * @param caption written below the slices
   */
  static BufferedImage draw(Volume ct, Mask mask, String caption) {
    Preview preview = new Preview(ct, mask);
    BufferedImage image = new BufferedImage(3 * PANEL, PANEL + CAPTION, BufferedImage.TYPE_INT_RGB);
    preview.panel(image, 0, Plane.AXIAL);
    preview.panel(image, 1, Plane.CORONAL);
    preview.panel(image, 2, Plane.SAGITTAL);
    String notice = "Research software, not a medical device. " + caption;
    PixelFont.write(image, notice, 8, PANEL + (CAPTION - 7) / 2, CAPTION_GREY);
    return image;
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

  private void panel(BufferedImage image, int number, Plane plane) {
    Size size = ct.size();
    int slice = slice(plane);
    int width = size.along(plane.right);
    int height = size.along(plane.down);
    double widthMm = width * ct.geometry().spacing(plane.right);
    double heightMm = height * ct.geometry().spacing(plane.down);
    double pixelMm = Math.max(widthMm, heightMm) / PANEL;
    int columns = (int) Math.max(1, widthMm / pixelMm);
    int rows = (int) Math.max(1, heightMm / pixelMm);
    for (int row = 0; row < rows; row++) {
      int v = height - 1 - row * height / rows;
      for (int column = 0; column < columns; column++) {
        int u = width - 1 - column * width / columns;
        image.setRGB(
            number * PANEL + (PANEL - columns) / 2 + column,
            (PANEL - rows) / 2 + row,
            colour(plane, slice, u, v));
      }
    }
  }

  private int slice(Plane plane) {
    return organ
        .map(box -> plane.first(box) + fullestSlice(mask.cropped(box), plane))
        .orElse(ct.size().along(plane.across) / 2);
  }

  private static int fullestSlice(Mask mask, Plane plane) {
    Size size = mask.size();
    int best = 0;
    int most = 0;
    for (int slice = 0; slice < size.along(plane.across); slice++) {
      int count = 0;
      for (int v = 0; v < size.along(plane.down); v++) {
        for (int u = 0; u < size.along(plane.right); u++) {
          count += plane.contains(mask, slice, u, v) ? 1 : 0;
        }
      }
      if (count > most) {
        most = count;
        best = slice;
      }
    }
    return best;
  }

  private int colour(Plane plane, int slice, int u, int v) {
    if (isInside(plane, slice, u, v)
        && !(isInside(plane, slice, u - 1, v)
            && isInside(plane, slice, u + 1, v)
            && isInside(plane, slice, u, v - 1)
            && isInside(plane, slice, u, v + 1))) {
      return OUTLINE;
    }
    double hu = ct.at(plane.index(ct.size(), slice, u, v));
    int grey =
        (int) Math.max(0, Math.min(255, 255 * (hu - DARKEST_HU) / (BRIGHTEST_HU - DARKEST_HU)));
    return grey * 0x010101;
  }

  private boolean isInside(Plane plane, int slice, int u, int v) {
    Size size = ct.size();
    return u >= 0
        && v >= 0
        && u < size.along(plane.right)
        && v < size.along(plane.down)
        && plane.contains(mask, slice, u, v);
  }
}
