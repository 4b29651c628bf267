package org.islet.model;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/**
 * Whether GPUs may compute float32 in TensorFloat-32, which TensorFlow allows unless it is told
 * otherwise. It knows this for the process alone, and its API of C does not reach it; so the two
 * functions of its library are called by name.
 */
final class Tf32 {

  private static final String SET = "_ZN3tsl32enable_tensor_float_32_executionEb";
  private static final String GET = "_ZN3tsl33tensor_float_32_execution_enabledEv";

  private Tf32() {}

  /**
   * Has to be called before a network runs: what was tried out for one is taken for others.
   *
   * @throws UnsatisfiedLinkError if TensorFlow's library has no such function
   */
  static void allow(boolean allowed) {
    function(SET).invokeVoid(new Object[] {(byte) (allowed ? 1 : 0)});
  }

  static boolean isAllowed() {
    return (function(GET).invokeInt(new Object[0]) & 0xff) != 0; // a bool is one byte of the answer
  }

  private static Function function(String symbol) {
    TensorFlow.version(); // loads the library
    try (org.bytedeco.javacpp.Pointer address = Loader.addressof(symbol)) {
      if (address == null) {
        throw new UnsatisfiedLinkError("TensorFlow's library has no function " + symbol + ".");
      }
      return Function.getFunction(new Pointer(address.address()));
    }
  }
}
