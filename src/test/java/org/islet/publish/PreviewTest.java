package org.islet.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.islet.format.Sha256;
import org.islet.publish.Preview.Outline;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

/** On a grid of 20 voxels along each axis a voxel is 20 pixels of a panel. */
class PreviewTest {

  private static final Geometry GRID = Masks.grid(20, 20, 20);
  private static final Volume CT = Volume.of(GRID, new short[8000]);
  private static final Mask TRUTH = Masks.filled(GRID, new Box(4, 4, 4, 12, 12, 12));
  private static final Mask FOUND = Masks.filled(GRID, new Box(4, 4, 4, 9, 12, 12));

  private static BufferedImage draw(Outline... outlines) throws IOException {
    byte[] png = Preview.png(CT, List.of(outlines), "");
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** The colours of a voxel in the axial panel, whose columns go from the patient's right. */
  private static Set<Integer> colours(BufferedImage image, int x, int y) {
    Set<Integer> colours = new HashSet<>();
    for (int row = 0; row < 20; row++) {
      for (int column = 0; column < 20; column++) {
        colours.add(image.getRGB((19 - x) * 20 + column, (19 - y) * 20 + row) & 0xffffff);
      }
    }
    return colours;
  }

  @Test
  void each_mask_is_outlined_in_its_colour_and_dashed_where_both_run() throws IOException {
    BufferedImage image =
        draw(new Outline(TRUTH, Preview.TRUTH, "truth"), new Outline(FOUND, Preview.FOUND, "mask"));
    assertEquals(Set.of(Preview.TRUTH), colours(image, 11, 8));
    assertEquals(Set.of(Preview.FOUND), colours(image, 8, 8));
    assertEquals(Set.of(Preview.TRUTH, Preview.FOUND), colours(image, 4, 8));
    assertEquals(1, colours(image, 10, 8).size());
  }

  @Test
  void a_legend_names_several_masks_each_in_its_colour() throws IOException {
    BufferedImage image =
        draw(new Outline(TRUTH, Preview.TRUTH, "truth"), new Outline(FOUND, Preview.FOUND, "mask"));
    int truthEnds = 8 + "truth".length() * PixelFont.ADVANCE;
    int maskBegins = truthEnds + 3 * PixelFont.ADVANCE;
    assertEquals(Set.of(0, Preview.TRUTH), legend(image, 8, truthEnds));
    assertEquals(Set.of(0, Preview.FOUND), legend(image, maskBegins, maskBegins + 24));
    assertTrue(image.getHeight() > draw(new Outline(TRUTH, Preview.FOUND, "mask")).getHeight());
  }

  @Test
  void the_slices_are_those_with_most_voxels_of_all_masks() throws IOException {
    Mask low = Masks.filled(GRID, new Box(2, 2, 2, 4, 4, 4));
    Mask nothing = Mask.empty(GRID);
    BufferedImage image =
        draw(new Outline(nothing, Preview.TRUTH, "truth"), new Outline(low, Preview.FOUND, "mask"));
    assertEquals(Set.of(Preview.FOUND), colours(image, 2, 2));
  }

  /** The digest is that of the pixels which Java's own drawing and PNG had made of the same. */
  @Test
  void not_a_pixel_is_another_than_it_always_was() throws IOException {
    Geometry grid = Geometry.of(new Size(90, 70, 30), 1, 1.5, 4);
    short[] hu = new short[grid.size().count()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (i * 31L % 700 - 200);
    }
    Mask truth = Masks.filled(grid, new Box(20, 20, 8, 50, 40, 20));
    Mask found = Masks.filled(grid, new Box(20, 25, 10, 60, 40, 18));
    List<Outline> outlines =
        List.of(
            new Outline(truth, Preview.TRUTH, "truth"), new Outline(found, Preview.FOUND, "mask"));
    byte[] png = Preview.png(Volume.of(grid, hu), outlines, "case 1: 90%");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int[] pixels = image.getRGB(0, 0, 1200, 444, null, 0, 1200);
    ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length);
    bytes.asIntBuffer().put(pixels);
    assertEquals(
        "079b16a1010e14501117a66f73156bdc482fee57fd498f87b8afa48f9d9be8c4",
        new Sha256().add(bytes.array()).toHex());
  }

  private static Set<Integer> legend(BufferedImage image, int from, int to) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 400; y < 422; y++) {
      for (int x = from; x < to; x++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    return colours;
  }
}
