package org.islet.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Works out what comes out of one layer.
 *
 * @param placed the nodes so far, by name
 */
record Placing(String name, Layer layer, List<Node> inputs, Map<String, Node> placed) {

  private static final int MOST_CHANNELS = 1 << 16;
  private static final int MOST_VOXELS = 1 << 30;

  /**
   * @throws IllegalArgumentException if the layer cannot be where it is; the message says what was
   *     expected and what was found
   */
  Node node() {
    if (layer instanceof Layer.Convolution c) {
      return convolution(c);
    } else if (layer instanceof Layer.TransposedConvolution c) {
      return transposedConvolution(c);
    } else if (layer instanceof Layer.MaxPooling p) {
      return maxPooling(p);
    } else if (layer instanceof Layer.Normalisation) {
      Node x = only();
      return node(x.channels(), x.size(), x.reach());
    } else if (layer instanceof Layer.Concatenation) {
      return joined(inputs.stream().mapToInt(Node::channels).sum());
    } else if (layer instanceof Layer.Addition) {
      requireSameChannels();
      return joined(inputs.get(0).channels());
    }
    return resize((Layer.Resize) layer);
  }

  private Node convolution(Layer.Convolution c) {
    Node x = only();
    requireChannels(c.channels());
    requireLengths("kernel", c.kernel(), 1);
    requireLengths("stride", c.stride(), 1);
    if (!c.padding().isSame()) {
      requireLengths("padding", c.padding().each(), 0);
    }
    IntFunction<int[]> padding =
        a -> c.padding().around(a, x.size().get(a), c.kernel().along(a), c.stride().along(a));
    return node(
        c.channels(),
        sizes(
            a -> {
              int[] around = padding.apply(a);
              int free = x.size().get(a) + around[0] + around[1] - c.kernel().along(a);
              return free < 0 ? 0 : free / c.stride().along(a) + 1;
            }),
        reaches(
            a ->
                x.reach()
                    .get(a)
                    .window(c.kernel().along(a), c.stride().along(a), padding.apply(a)[0])));
  }

  private Node transposedConvolution(Layer.TransposedConvolution c) {
    Node x = only();
    requireChannels(c.channels());
    requireLengths("kernel", c.kernel(), 1);
    requireLengths("stride", c.stride(), 1);
    requireLengths("padding", c.padding(), 0);
    requireLengths("output-padding", c.outputPadding(), 0);
    for (int a = 0; a < rank(); a++) {
      if (c.outputPadding().along(a) >= c.stride().along(a)) {
        throw new IllegalArgumentException(
            "output-padding (%s) should be less than stride (%s)."
                .formatted(c.outputPadding(), c.stride()));
      }
    }
    return node(
        c.channels(),
        sizes(
            a ->
                (x.size().get(a) - 1) * c.stride().along(a)
                    - 2 * c.padding().along(a)
                    + c.kernel().along(a)
                    + c.outputPadding().along(a)),
        reaches(
            a ->
                x.reach()
                    .get(a)
                    .transposedWindow(
                        c.kernel().along(a), c.stride().along(a), c.padding().along(a))));
  }

  private Node maxPooling(Layer.MaxPooling p) {
    Node x = only();
    requireLengths("kernel", p.kernel(), 1);
    requireLengths("stride", p.stride(), 1);
    return node(
        x.channels(),
        sizes(
            a -> {
              int free = x.size().get(a) - p.kernel().along(a);
              return free < 0 ? 0 : free / p.stride().along(a) + 1;
            }),
        reaches(a -> x.reach().get(a).window(p.kernel().along(a), p.stride().along(a), 0)));
  }

  private Node resize(Layer.Resize r) {
    Node x = only();
    if ((r.like() == null) == (r.scale() == null)) {
      throw new IllegalArgumentException(
          "either like (a layer whose size comes out) or scale should be given, and not both.");
    }
    if (r.scale() != null) {
      requireLengths("scale", r.scale(), 1);
    }
    List<Integer> size =
        r.like() == null
            ? sizes(a -> x.size().get(a) * r.scale().along(a))
            : placed.get(r.like()).size();
    return node(
        x.channels(),
        size,
        reaches(
            a -> {
              double factor = (double) size.get(a) / x.size().get(a);
              Reach reach = x.reach().get(a);
              return r.interpolation() == Layer.Interpolation.LINEAR
                  ? reach.interpolated(factor)
                  : reach.repeated(factor);
            }));
  }

  private Node joined(int channels) {
    Node first = inputs.get(0);
    for (Node other : inputs) {
      if (!other.size().equals(first.size())) {
        throw new IllegalArgumentException(
            "what it joins should have one size, but %s has %s and %s has %s, of an input of %s."
                .formatted(
                    first.name(),
                    first.sizeText(),
                    other.name(),
                    other.sizeText(),
                    placed.get(Node.INPUT).sizeText()));
      }
    }
    return node(
        channels,
        first.size(),
        reaches(
            a -> inputs.stream().map(n -> n.reach().get(a)).reduce(Reach::joined).orElseThrow()));
  }

  private void requireSameChannels() {
    Node first = inputs.get(0);
    for (Node other : inputs) {
      if (other.channels() != first.channels()) {
        throw new IllegalArgumentException(
            "what it adds should have as many channels, but %s has %d and %s has %d."
                .formatted(first.name(), first.channels(), other.name(), other.channels()));
      }
    }
  }

  private Node node(int channels, List<Integer> size, List<Reach> reach) {
    if (size.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "nothing is left of %s that go in.".formatted(inputs.get(0).sizeText()));
    }
    if (size.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b) > MOST_VOXELS) {
      throw new IllegalArgumentException(
          "%s are more voxels than Islet can address.".formatted(Node.text(size)));
    }
    return new Node(name, layer, inputs, channels, size, reach);
  }

  private Node only() {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "it takes one layer, not %d; put a concatenation or an addition before it."
              .formatted(inputs.size()));
    }
    return inputs.get(0);
  }

  private int rank() {
    return inputs.get(0).size().size();
  }

  private static void requireChannels(int channels) {
    if (channels < 1 || channels > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          "channels should be 1 to %d, not %d.".formatted(MOST_CHANNELS, channels));
    }
  }

  private void requireLengths(String key, Lengths lengths, int least) {
    if (!lengths.fits(rank()) || lengths.least() < least || lengths.most() > 1024) {
      throw new IllegalArgumentException(
          "%s should be a number from %d to 1024, or one for each of %d axes, not %s."
              .formatted(key, least, rank(), lengths));
    }
  }

  private List<Integer> sizes(IntUnaryOperator along) {
    List<Integer> sizes = new ArrayList<>();
    IntStream.range(0, rank()).map(along).forEach(sizes::add);
    return List.copyOf(sizes);
  }

  private List<Reach> reaches(IntFunction<Reach> along) {
    return IntStream.range(0, rank()).mapToObj(along).toList();
  }
}
