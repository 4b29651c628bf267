package org.islet.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A slot that a stage writes: on a component of type {@code Slot}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Writes {

  /** The slot's name where the route gives none; empty where the route must give one. */
  String value() default "";

  /**
   * Whether the slot has to have been written before and gets another value. See {@link
   * Case#replace}.
   */
  boolean replaces() default false;

  /** What the slot holds, for operators. */
  String doc();
}
