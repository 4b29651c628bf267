package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectStorageTest {

  @ParameterizedTest
  @CsvSource({
    "/shared/results, /shared/results",
    "/shared/x/../results, /shared/results/",
    "s3://bucket/results, s3://bucket/results/",
    "s3://bucket, s3://bucket/"
  })
  void what_is_handed_over_may_not_lie_where_results_do(String carried, String results) {
    SettingException refused =
        assertThrows(SettingException.class, () -> ObjectStorage.requireApart(carried, results));
    assertTrue(refused.getMessage().contains("islet.carried"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "/shared/carried, /shared/results",
    "/shared/carried, /shared",
    "s3://bucket/carried, s3://bucket",
    "s3://bucket/x, s3://another/x",
    "s3://bucket/x, /bucket/x"
  })
  void it_may_lie_elsewhere(String carried, String results) {
    ObjectStorage.requireApart(carried, results);
  }
}
