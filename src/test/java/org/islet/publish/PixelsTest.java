package org.islet.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PixelsTest {

  @Property(tries = 200)
  void another_reader_of_png_sees_every_pixel_as_it_was_set(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll Random random)
      throws IOException {
    Pixels pixels = new Pixels(width, height);
    int[] expected = new int[width * height];
    for (int i = 0; i < expected.length; i++) {
      int colour = random.nextInt(1 << 24);
      pixels.set(i % width, i / width, colour);
      expected[i] = 0xff000000 | colour;
    }
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(pixels.toPng()));
    assertEquals(height, image.getHeight());
    assertArrayEquals(expected, image.getRGB(0, 0, width, height, null, 0, width));
  }
}
