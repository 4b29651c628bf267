package org.islet.stage;

import java.util.List;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** The two-stage route's steps (Zhao et al. 2019, figure 2), with networks that only threshold. */
public final class PaperRoute {

  public static final List<String> COARSE =
      List.of(
          "clip?min=-100&max=240",
          "downsample?factor=4&output=small",
          "infer?model=pancreas-coarse&input=small&output=coarse",
          "upsample?input=coarse&output=coarse-full");

  public static final List<String> FINE_FROM_SMALL_BOX =
      List.of(
          "box?input=coarse&output=box-1&margin=2&scale=4",
          "crop?box=box-1&output=crop-1",
          "infer?model=pancreas-fine&input=crop-1&output=fine-crop-1",
          "paste?input=fine-crop-1&box=box-1&output=fine-1");

  public static final List<String> FINE_FROM_FULL_BOX =
      List.of(
          "box?input=coarse-full&output=box-2&margin=10",
          "crop?box=box-2&output=crop-2",
          "infer?model=pancreas-fine&input=crop-2&output=fine-crop-2",
          "paste?input=fine-crop-2&box=box-2&output=fine-2");

  public static final List<String> RESULT =
      List.of(
          "vote?inputs=fine-1,fine-2,coarse-full&output=voted",
          "largest-component?input=voted&output=mask");

  private PaperRoute() {}

  /** Makes the stage of an endpoint of the route. */
  public static BoundStage bind(String endpoint) {
    return Stages.bind(endpoint, FakeNetwork.byName(Threshold::new));
  }

  private record Threshold(String id) implements FakeNetwork {
    @Override
    public Mask segment(Volume volume) {
      float[] values = volume.toFloats();
      byte[] inside = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        inside[i] = (byte) (values[i] > 0.5f ? 1 : 0);
      }
      return Mask.of(volume.geometry(), inside);
    }
  }
}
