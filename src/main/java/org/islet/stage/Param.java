package org.islet.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of a stage: on a component of a type that there is a {@link ParameterType} for. The
 * limits of a size or a spacing are those of each of its numbers.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {

  /** The value where the route gives none; empty where the route must give one. */
  String value() default "";

  /** What the parameter does, for operators. */
  String doc();

  /** The unit: mm, HU, voxels; empty for a pure number or a name. */
  String unit() default "";

  /** The least number allowed. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed. */
  double max() default Double.POSITIVE_INFINITY;
}
