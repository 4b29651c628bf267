package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

class LackOfMemoryTest {

  @ParameterizedTest
  @CsvSource({
    "true, No algorithm worked!  Error messages: Profiling failure on CUDNN engine",
    "true, Failed to create cublas handle: the resource allocation failed",
    "true, CUDNN_STATUS_ALLOC_FAILED in tensorflow/stream_executor/cuda/cuda_dnn.cc",
    "true, CUDA_ERROR_OUT_OF_MEMORY: out of memory",
    "false, Input to reshape is a tensor with 3 values",
    "false, No OpKernel was registered to support Op 'Conv3D'"
  })
  void the_words_of_libraries_below_tensorflow_are_understood(boolean memory, String words) {
    assertEquals(memory, LackOfMemory.isCauseOf(new TensorFlowException(words)));
  }

  @Test
  void tensorflows_own_word_for_it_needs_no_more() {
    assertTrue(LackOfMemory.isCauseOf(new TFResourceExhaustedException("")));
  }
}
