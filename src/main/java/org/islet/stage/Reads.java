package org.islet.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A slot, or a list of slots, that a stage reads: on a component of type {@code Slot} or {@code
 * List<Slot>}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Reads {

  /** The slot's name where the route gives none; empty where the route must give one. */
  String value() default "";

  /** What the slot holds, for operators. */
  String doc();
}
