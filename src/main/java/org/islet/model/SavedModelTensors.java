package org.islet.model;

import java.util.List;
import java.util.Map;
import org.islet.format.OneLine;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * The two tensors of a SavedModel that its card means.
 *
 * @param input what is fed
 * @param output what is fetched
 */
record SavedModelTensors(String input, String output) {

  /**
   * Finds them, and compares what the SavedModel has with what the card says.
   *
   * @throws IllegalArgumentException if they disagree; the message names both sides
   */
  static SavedModelTensors of(RunPlan plan, SavedModelBundle bundle) {
    return new Comparison(plan.id(), plan.card(), bundle).tensors();
  }

  private record Comparison(String id, ModelCard card, SavedModelBundle bundle) {

    SavedModelTensors tensors() {
      Signature signature = signature();
      TensorDescription in = tensor("input", signature.getInputs(), card.input().name());
      TensorDescription out = tensor("output", signature.getOutputs(), card.output().name());
      requireShape("the input '" + card.input().name() + "' ", in, 1);
      requireShape("the output '" + card.output().name() + "' ", out, card.output().channels());
      return new SavedModelTensors(in.name, out.name);
    }

    private Signature signature() {
      List<String> keys = bundle.signatures().stream().map(Signature::key).toList();
      return bundle.signatures().stream()
          .filter(s -> s.key().equals(card.input().signature()))
          .findFirst()
          .orElseThrow(
              () -> refusal("the signature '" + card.input().signature() + "'", "only " + keys));
    }

    private TensorDescription tensor(
        String role, Map<String, TensorDescription> tensors, String name) {
      TensorDescription tensor = tensors.get(name);
      if (tensor == null) {
        throw refusal("an " + role + " named '" + name + "'", "only " + tensors.keySet());
      }
      return tensor;
    }

    private void requireShape(String what, TensorDescription tensor, int channels) {
      if (tensor.dataType != DataType.DT_FLOAT) {
        throw refusal(what + "as float32 (DT_FLOAT)", tensor.dataType.toString());
      }
      Shape shape = tensor.shape;
      if (shape.isUnknown()) {
        return;
      }
      int rank = card.input().rank();
      if (shape.numDimensions() != rank) {
        throw refusal(
            what + "with rank " + rank + " (" + card.input().layout() + ")",
            "rank " + shape.numDimensions() + " " + shape);
      }
      long found = shape.get(card.input().channelsLast() ? rank - 1 : 1);
      if (found != Shape.UNKNOWN_SIZE && found != channels) {
        throw refusal(what + "with " + channels + " channel(s)", found + " " + shape);
      }
      if (card.input().slices().isPresent() && shape.get(0) != Shape.UNKNOWN_SIZE) {
        throw refusal(what + "with any number of slices", shape.get(0) + " " + shape);
      }
    }

    private IllegalArgumentException refusal(String expected, String found) {
      return new IllegalArgumentException(
          "The model %s does not fit its card: model.yaml expects %s, but the SavedModel has %s."
              .formatted(id, OneLine.of(expected), OneLine.of(found)));
    }
  }
}
