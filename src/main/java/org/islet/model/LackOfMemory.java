package org.islet.model;

import java.util.regex.Pattern;
import org.islet.stage.NetworkMemoryException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/** When memory is why TensorFlow fails: on a GPU it has several words for that. */
final class LackOfMemory {

  /** Of cuDNN, cuBLAS and CUDA, as TensorFlow passes them on. */
  private static final Pattern WORDS =
      Pattern.compile(
          "ALLOC_FAILED|No algorithm worked|(?i:out[ _]of[ _]memory|failed to (create|initialize) (cublas|cudnn))");

  private LackOfMemory() {}

  static boolean isCauseOf(TensorFlowException e) {
    return e instanceof TFResourceExhaustedException
        || (e.getMessage() != null && WORDS.matcher(e.getMessage()).find());
  }

  /**
   * @param model its id
   */
  static NetworkMemoryException of(String model, TensorFlowException e) {
    return new NetworkMemoryException(
        "The model %s did not get the memory that islet.inference.memory allows: others have taken it. Lower it, or give the processes that share a GPU a part each (islet.inference.gpu-memory)."
            .formatted(model),
        e);
  }
}
