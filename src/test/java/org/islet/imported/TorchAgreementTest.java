package org.islet.imported;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.islet.Python;
import org.islet.format.NpyArray;
import org.islet.format.NpzArchive;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelCard;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.stage.Network;
import org.islet.stage.SliceAxis;
import org.islet.volume.Geometry;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small networks of every kind of layer answer what they answer in PyTorch. */
class TorchAgreementTest {

  private static final InferenceMemory AMPLE = new InferenceMemory(1L << 28);

  /** Writes weights, inputs and answers of the networks that are described below. */
  private static final String WRITE =
      """
      import numpy as np, torch
      import torch.nn.functional as F
      from torch import nn
      torch.manual_seed(7)

      def spread(net):
          for m in net.modules():
              if isinstance(m, (nn.BatchNorm2d, nn.BatchNorm3d)):
                  nn.init.uniform_(m.weight, 0.5, 1.5), nn.init.normal_(m.bias)
                  nn.init.normal_(m.running_mean), nn.init.uniform_(m.running_var, 0.5, 2)
          return net.eval()

      class Volumes(nn.Module):
          def __init__(self, eps):
              super().__init__()
              self.c1, self.n1 = nn.Conv3d(1, 3, 3, padding=1), nn.BatchNorm3d(3, eps=eps)
              self.c2 = nn.Conv3d(3, 4, 3, stride=2, padding=1)
              self.c3 = nn.Conv3d(4, 5, (3, 1, 1), padding=(1, 0, 0), bias=False)
              self.n3 = nn.BatchNorm3d(5, eps=eps)
              self.t = nn.ConvTranspose3d(5, 4, 3, stride=2, padding=1, output_padding=1)
              self.nt, self.n = nn.BatchNorm3d(4, eps=eps), nn.BatchNorm3d(4, eps=eps)
              self.out = nn.Conv3d(12, 3, 1)

          def forward(self, x):
              c1 = F.leaky_relu(self.n1(self.c1(x)), 0.1)
              c2 = F.elu(self.c2(c1))
              c3 = F.relu(self.n3(self.c3(F.max_pool3d(c2, 2))))
              n = torch.sigmoid(self.n(F.relu(self.nt(self.t(c3)) + c2)))
              up = F.interpolate(n, scale_factor=2, mode='trilinear', align_corners=False)
              near = F.interpolate(c3, size=c1.shape[2:], mode='nearest')
              return torch.softmax(self.out(torch.cat([up, near, c1], 1)), 1)

      class Slices(nn.Module):
          def __init__(self):
              super().__init__()
              self.a, self.na = nn.Conv2d(1, 4, (3, 5), padding=(1, 2)), nn.BatchNorm2d(4)
              self.b = nn.Conv2d(4, 6, 3, stride=2, padding=1)
              self.t = nn.ConvTranspose2d(6, 4, 2, stride=2)
              self.out = nn.Conv2d(8, 1, 3, padding=1)

          def forward(self, x):
              a = F.relu(self.na(self.a(x)))
              b = F.leaky_relu(self.b(a))
              return torch.sigmoid(self.out(torch.cat([self.t(b), a], 1)))

      def keras(name, value):
          kind = name.split('.')[-1]
          norm = name.startswith('n')
          if kind == 'weight' and not norm:
              # (out, in, z, y, x), of a transposed one (in, out, z, y, x), the last two swapped
              value = np.transpose(value, (2, 3, 4, 1, 0))
          names = {'weight': 'gamma' if norm else 'kernel', 'bias': 'beta' if norm else 'bias',
                   'running_mean': 'moving_mean', 'running_var': 'moving_variance'}
          return name.split('.')[0] + '/' + names[kind], value

      with torch.no_grad():
          x = torch.rand(1, 1, 8, 8, 200)
          for name, eps in [('pytorch', 1e-5), ('tensorflow', 1e-3)]:
              net = spread(Volumes(eps))
              arrays = {k: v.numpy() for k, v in net.state_dict().items()}
              if name == 'tensorflow':
                  arrays = dict(keras(k, v) for k, v in arrays.items() if v.ndim)
              np.savez(name + '.npz', **arrays)
              np.savez(name + '-answer.npz', x=x.numpy(), y=net(x).numpy())
          net = spread(Slices())
          np.savez('slices.npz', **{k: v.numpy().astype('f8') for k, v in net.state_dict().items()
                                    if v.ndim})
          x = torch.rand(5, 1, 8, 12)
          np.savez('slices-answer.npz', x=x.numpy(), y=net(x).numpy())
          pool = torch.rand(1, 1, 5, 9, 7)
          np.savez('odd-answer.npz', x=pool.numpy(), y=F.interpolate(
              F.max_pool3d(pool, 2), size=(5, 9, 7), mode='trilinear', align_corners=False).numpy())
      """;

  private static final String VOLUMES =
      """
      purpose: Finds nothing.
      licence: MIT
      weights: {order: ORDER}
      input: {axes: SAR, divisor: 4, min: 0, max: 1}
      layers:
        c1:   {channels: 3, normalisation: n1, activation: leaky-relu, slope: 0.1}
        c2:   {channels: 4, stride: 2, activation: elu}
        pool: {kind: max-pooling}
        c3:   {channels: 5, kernel: [3, 1, 1], bias: false, normalisation: n3, activation: relu}
        t:    {kind: transposed-convolution, channels: 4, kernel: 3, stride: 2, padding: 1,
               output-padding: 1, normalisation: nt}
        sum:  {kind: addition, inputs: [t, c2], activation: relu}
        n:    {kind: normalisation, activation: sigmoid}
        up:   {kind: resize, scale: 2}
        near: {kind: resize, inputs: c3, like: c1, interpolation: nearest}
        join: {kind: concatenation, inputs: [up, near, c1]}
        out:  {channels: 3, kernel: 1}
      output: {kind: argmax, channel: 2, activation: softmax}
      """;

  private static final String SLICES =
      """
      purpose: Finds nothing.
      licence: MIT
      input: {axes: AR, divisor: 2, min: 0, max: 1}
      layers:
        a: {channels: 4, kernel: [3, 5], normalisation: na, activation: relu}
        b: {channels: 6, stride: 2, activation: leaky-relu}
        t: {kind: transposed-convolution, channels: 4}
        join: {kind: concatenation, inputs: [t, a]}
        out: {channels: 1}
      output: {kind: threshold, threshold: 0.5, channel: 0, activation: sigmoid}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void torch_writes() throws IOException, InterruptedException {
    new Python(folder, "torch, numpy").run(WRITE);
  }

  /** Imports a network as {@code name} and loads it. */
  private static ModelStore imported(String name, String description, InferenceMemory memory)
      throws IOException {
    Path yaml = Files.writeString(folder.resolve(name + ".yaml"), description);
    NetworkImport.read(yaml, folder.resolve(name + ".npz"), null)
        .write(folder.resolve("models").resolve(name));
    return new ModelStore(folder.resolve("models"), memory);
  }

  private static NpyArray array(String name, String array) throws IOException {
    try (NpzArchive archive = NpzArchive.open(folder.resolve(name + "-answer.npz"), 1 << 24)) {
      return archive.read(array);
    }
  }

  /** What goes in, as a RAS volume whose x is the array's last axis. */
  private static Volume input(String name) throws IOException {
    NpyArray x = array(name, "x");
    int axes = x.shape().size();
    int z = axes == 5 ? x.shape().get(2) : x.shape().get(0);
    Size size = new Size(x.shape().get(axes - 1), x.shape().get(axes - 2), z);
    return Volume.of(Geometry.of(size, 1, 1, 1), x.values());
  }

  @ParameterizedTest
  @CsvSource({"pytorch, false", "pytorch, true", "tensorflow, false"})
  void a_network_of_volumes(String name, boolean tiled) throws IOException {
    InferenceMemory memory = tiled ? new InferenceMemory(1 << 20) : AMPLE;
    try (ModelStore store = imported(name, VOLUMES.replace("ORDER", name), memory);
        OpenModels models = store.open()) {
      Network network = models.get(name);
      Volume input = input(name);
      assertEquals(tiled, network.tiles(input.size()) > 1, "tiles");
      Scores scores = network.scores(input);
      float[] expected = array(name, "y").values();
      int voxels = input.size().count();
      for (int c = 0; c < 3; c++) {
        float[] channel = new float[voxels];
        System.arraycopy(expected, c * voxels, channel, 0, voxels);
        assertArrayEquals(channel, scores.channel(c).toFloats(), 2e-5f, "channel " + c);
      }
      float[] last = scores.channel(2).toFloats();
      double spread = Math.abs(last[0] - last[last.length / 2]);
      assertTrue(spread > 1e-3, "the network answers the same everywhere: " + spread);
    }
  }

  @Test
  void a_network_of_slices() throws IOException {
    try (ModelStore store = imported("slices", SLICES, AMPLE);
        OpenModels models = store.open()) {
      Network network = models.get("slices");
      assertEquals(Optional.of(SliceAxis.Z), network.slices());
      Volume input = input("slices");
      float[] scores = network.scores(input).channel(0).toFloats();
      assertArrayEquals(array("slices", "y").values(), scores, 2e-6f);
    }
  }

  @Test
  void a_resize_to_an_odd_size() throws IOException {
    String description =
        """
        purpose: Finds nothing.
        licence: MIT
        input: {axes: SAR, size: [5, 9, 7], min: 0, max: 1}
        layers:
          pool: {kind: max-pooling}
          up: {kind: resize, like: input}
        output: {kind: threshold, threshold: 0.5, channel: 0}
        """;
    new Archives().write(folder.resolve("odd.npz"));
    try (ModelStore store = imported("odd", description, AMPLE);
        OpenModels models = store.open()) {
      Volume input = input("odd");
      float[] scores = models.get("odd").scores(input).channel(0).toFloats();
      assertArrayEquals(array("odd", "y").values(), scores, 1e-6f);
    }
  }

  @Test
  void the_card_tells_the_work_and_the_reach() throws IOException {
    Path yaml = Files.writeString(folder.resolve("v.yaml"), VOLUMES.replace("ORDER", "pytorch"));
    ModelCard card = NetworkImport.read(yaml, folder.resolve("pytorch.npz"), null).card();
    // Multiplications for a voxel: 27·1·3 at full size, 27·3·4 at an eighth, 3·4·5 at a 64th,
    // from there 27·5·4, and 12·3 at full size.
    double products = 81 + 324 / 8.0 + 60 / 64.0 + 540 / 64.0 + 36;
    assertEquals(Math.round(2 * products), card.work().flopPerVoxel());
    // Along z, before a voxel: 1 (c1), 1 (c2), 4 (c3), 2 (t, two voxels of two), 3 (up).
    int radius = card.memory().receptiveRadius();
    assertTrue(radius >= 11 && radius <= 16, "radius " + radius);
    // At least what the concatenation takes and makes: twice 12 channels of 4 bytes.
    assertTrue(card.memory().bytesPerVoxel() >= 96, card.memory()::toString);
  }
}
