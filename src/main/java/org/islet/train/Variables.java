package org.islet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The variables of a graph by name, which begin with values that were learnt before or afresh. */
final class Variables {

  private final Ops tf;
  private final LearntWeights first;
  private final Map<String, Variable<TFloat32>> byName = new LinkedHashMap<>();
  private final List<Op> initialisers = new ArrayList<>();

  /**
   * @param first the values to begin with; a variable that they lack begins afresh
   */
  Variables(Ops tf, LearntWeights first) {
    this.tf = tf;
    this.first = first;
  }

  /** A variable that begins with the same value everywhere, if afresh. */
  Variable<TFloat32> add(String name, Shape shape, float fresh) {
    float[] values = new float[Math.toIntExact(shape.size())];
    Arrays.fill(values, fresh);
    return add(name, shape, values);
  }

  Variable<TFloat32> add(String name, Shape shape, float[] fresh) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    float[] values = first.valuesOr(name, fresh);
    initialisers.add(tf.assign(variable, tf.constant(shape, DataBuffers.of(values, true, false))));
    byName.put(name, variable);
    return variable;
  }

  /** Sets every variable to its first value. */
  void initialise(Session session) {
    Session.Runner runner = session.runner();
    initialisers.forEach(runner::addTarget);
    runner.run().close();
  }

  /** The values of all variables now. */
  LearntWeights read(Session session) {
    Session.Runner runner = session.runner();
    byName.values().forEach(runner::fetch);
    Map<String, LearntWeights.Array> values = new LinkedHashMap<>();
    try (var result = runner.run()) {
      int i = 0;
      for (String name : byName.keySet()) {
        values.put(name, LearntWeights.Array.of((TFloat32) result.get(i++)));
      }
    }
    return new LearntWeights(values);
  }
}
