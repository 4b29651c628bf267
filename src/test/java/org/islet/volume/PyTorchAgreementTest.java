package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.islet.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch enlarges and shrinks volumes as Islet does. */
class PyTorchAgreementTest {

  private static final String INTERPOLATE =
      """
      import numpy as np, torch
      volume = torch.from_numpy(np.fromfile('volume', '<f4')).reshape(1, 1, 31, 22, 17).double()
      for n, size in enumerate([(31, 22, 17), (5, 40, 9), (62, 11, 34), (1, 1, 1), (64, 64, 64)]):
          torch.nn.functional.interpolate(
              volume, size=size, mode='trilinear', align_corners=False
          ).float().numpy().astype('<f4').tofile(str(n))
      """;
  private static final Size[] SIZES = {
    new Size(17, 22, 31),
    new Size(9, 40, 5),
    new Size(34, 11, 62),
    new Size(1, 1, 1),
    new Size(64, 64, 64)
  };

  @TempDir private Path folder;

  @Test
  void resized_volumes_have_the_values_of_pytorch() throws Exception {
    Python python = new Python(folder, "numpy, torch");
    Random random = new Random(1);
    float[] hu = new float[17 * 22 * 31];
    ByteBuffer written = ByteBuffer.allocate(4 * hu.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < hu.length; i++) {
      hu[i] = random.nextInt(4000) - 1000;
      written.putFloat(hu[i]);
    }
    Files.write(folder.resolve("volume"), written.array());
    python.run(INTERPOLATE);
    Volume volume = Volume.of(Masks.grid(17, 22, 31), hu);
    for (int n = 0; n < SIZES.length; n++) {
      float[] expected = floats(folder.resolve(Integer.toString(n)));
      assertArrayEquals(expected, Trilinear.resized(volume, SIZES[n]).toFloats(), 1e-3f);
    }
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }
}
