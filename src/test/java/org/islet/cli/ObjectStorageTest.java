package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectStorageTest {

  @ParameterizedTest
  @CsvSource({
    "/shared/results, /shared/results",
    "/shared, /shared/results",
    "/shared/results/carried, /shared/results",
    "/shared/x/../results, /shared/results/",
    "s3://b/results, s3://b/results",
    "s3://b, s3://b/results",
    "s3://b/results/carried, s3://b/results"
  })
  void what_is_handed_over_may_not_lie_among_results(String carried, String results) {
    SettingException refused =
        assertThrows(SettingException.class, () -> ObjectStorage.requireApart(carried, results));
    assertTrue(refused.getMessage().contains("islet.carried"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "/shared/carried, /shared/results",
    "/shared/results-2, /shared/results",
    "s3://b/results-2, s3://b/results",
    "s3://b/carried, s3://c/carried",
    "s3://b/results, /b/results"
  })
  void it_may_lie_beside_them(String carried, String results) {
    ObjectStorage.requireApart(carried, results);
  }
}
