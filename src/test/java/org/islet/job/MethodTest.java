package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Proxy;
import java.util.List;
import org.islet.format.Sha256;
import org.islet.stage.Precision;
import org.junit.jupiter.api.Test;

class MethodTest {

  private static final FakeRoute ROUTE = new FakeRoute("r", List.of(), List.of("m/1"), c -> {});

  /** The digest of the same route, its model in other precisions. */
  private static String digestIn(Precision... precisions) {
    Class<?>[] type = {SegmentationRoute.class};
    return Method.digest(
        (SegmentationRoute)
            Proxy.newProxyInstance(
                MethodTest.class.getClassLoader(),
                type,
                (proxy, method, values) ->
                    method.getName().equals("describe")
                        ? ROUTE.describe((String) values[0]).in(List.of(precisions))
                        : method.invoke(ROUTE, values)));
  }

  @Test
  void float32_has_the_digest_of_before_there_was_a_choice() {
    String before = new Sha256().add("digest").add("m/1").add("digest of m/1").toHex();
    assertEquals(before, Method.digest(ROUTE));
    assertEquals(before, digestIn(Precision.FLOAT32));
  }

  @Test
  void another_precision_is_another_method() {
    String mixed = digestIn(Precision.MIXED);
    assertNotEquals(Method.digest(ROUTE), mixed);
    assertNotEquals(mixed, digestIn(Precision.TF32));
    assertNotEquals(mixed, digestIn(Precision.FLOAT32, Precision.MIXED));
  }
}
