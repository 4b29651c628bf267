package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.WithParentName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedSettingsTest {

  private static void require(String key, String value) {
    AllowedSettings.require(Map.of(key, value)::get);
  }

  /** The settings of a part, by the rules of its mapping. */
  private static Stream<String> keys(String part, Class<?> settings) {
    return Stream.of(settings.getMethods()).flatMap(setting -> keys(part, setting));
  }

  private static Stream<String> keys(String part, Method setting) {
    String key =
        setting.isAnnotationPresent(WithParentName.class)
            ? part
            : part + "." + setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return setting.getReturnType().getEnclosingClass() == Settings.class
        ? keys(key, setting.getReturnType())
        : Stream.of(key);
  }

  @Test
  void all_settings_are_known() {
    assertEquals(keys("islet", Settings.class).collect(Collectors.toSet()), AllowedSettings.keys());
  }

  @ParameterizedTest
  @CsvSource({
    "islet.retention.done-age, -1d",
    "islet.retention.results-age, 30",
    "islet.retention.results-age, 0s",
    "islet.retention.results-size, 0",
    "islet.retention.done-size, 10X",
    "islet.reload.interval, 0s",
    "islet.reload.interval, -1s",
    "islet.cases.lease, 1000000000d",
    "islet.cases.lease, 0",
    "islet.cases.grace, 99999999d",
    "islet.cases.grace, -1s",
    "islet.cases.at-once, 100000",
    "islet.cases.at-once, two",
    "islet.cases.retry-pause, -2s",
    "islet.cases.retry-pause, 9999999999d",
    "islet.case-limits.heap-bytes-per-voxel, 0",
    "islet.case-limits.heap-bytes-per-voxel, -16",
    "islet.inference.memory, 99999999999Y",
    "islet.inference.memory, 0%",
    "islet.inference.memory, 101%",
    "islet.inference.memory, a few %",
    "islet.tracing.endpoint, foo",
    "islet.tracing.endpoint, http://a b",
    "islet.tracing, maybe",
    "islet.log.json, maybe"
  })
  void a_value_that_cannot_be_meant_is_refused(String key, String value) {
    String sentence = assertThrows(SettingException.class, () -> require(key, value)).getMessage();
    assertEquals(
        "The setting %s is '%s', but must be ".formatted(key, value),
        sentence.replaceFirst("(?<=but must be ).*", ""));
  }

  @Test
  void the_sentence_says_what_is_expected() {
    assertEquals(
        "The setting islet.retention.results-age is '30', but must be a time with its unit, such as"
            + " 12h or 30d, from 1s to 36500d.",
        assertThrows(SettingException.class, () -> require("islet.retention.results-age", "30"))
            .getMessage());
    assertEquals(
        "The setting islet.cases.at-once is '0', but must be a whole number from 1 to 256.",
        assertThrows(SettingException.class, () -> require("islet.cases.at-once", "0"))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "islet.retention.done-age, 30d",
    "islet.retention.results-age, PT12H",
    "islet.retention.results-size, 10G",
    "islet.reload.interval, 20ms",
    "islet.cases.grace, 0s",
    "islet.cases.lease, 60",
    "islet.retention.done-size, 100K",
    "islet.cases.retries, 0",
    "islet.intake.min-free, 0",
    "islet.intake.min-free, 2M",
    "islet.inference.memory, 30%",
    "islet.inference.memory, 100%",
    "islet.tracing, TRUE",
    "islet.tracing.endpoint, https://user@collector.example/v1/traces",
    "islet.cases.off-peak, ''"
  })
  void what_can_be_meant_is_taken(String key, String value) {
    assertDoesNotThrow(() -> require(key, value));
  }

  @Test
  void variables_that_are_no_settings_are_found() {
    assertEquals(
        List.of("ISLET_CASES_ATONCE", "ISLET_LABEL"),
        AllowedSettings.unknown(
            List.of(
                "PATH",
                "ISLET_LABEL",
                "ISLET_JAVA_OPTS",
                "ISLET_CASES_AT_ONCE",
                "ISLET_CASES_ATONCE",
                "ISLET_CASE_LIMITS_HEAP_BYTES_PER_VOXEL",
                "ISLET_QUEUE_ROOTS_0_",
                "ISLET_TRACING")));
  }

  @Test
  void a_command_with_a_setting_that_cannot_be_meant_is_wrong_usage() {
    System.setProperty("islet.cases.lease", "-1s");
    try {
      StringWriter err = new StringWriter();
      assertEquals(
          2, Islet.commandLine(() -> null).setErr(new PrintWriter(err, true)).execute("stages"));
      assertEquals(
          "islet: The setting islet.cases.lease is '-1s', but must be a time such as 250ms, 60s or 2h,"
              + " from 1s to 1d.\n",
          err.toString());
    } finally {
      System.clearProperty("islet.cases.lease");
    }
  }
}
