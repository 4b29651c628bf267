package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.1 | 0 | 0 | 0 | 24 | 0 | 0 | 0 | The augmentation's share must be 0 to 1.0, not 1.1.",
        "1 | 181 | 0 | 0 | 24 | 0 | 0 | 0 | The augmentation's rotation must be 0 to 180.0, not 181.0.",
        "1 | 0 | 0.6 | 0 | 24 | 0 | 0 | 0 | The augmentation's scaling must be 0 to 0.5, not 0.6.",
        "1 | 0 | 0 | 9 | 20 | 0 | 0 | 0 | The augmentation's displacement must be 0 to 8.0, not 9.0.",
        "1 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | The augmentation's lattice must be at least 4 voxels wide, not 3.",
        "1 | 0 | 0 | 0 | 24 | -1 | 0 | 0 | The augmentation's gain must be 0 to 1.0, not -1.0.",
        "1 | 0 | 0 | 0 | 24 | 0 | 2 | 0 | The augmentation's shift must be 0 to 1.0, not 2.0.",
        "1 | 0 | 0 | 0 | 24 | 0 | 0 | NaN | The augmentation's noise must be 0 to 1.0, not NaN.",
      })
  void refuses_an_amount_out_of_range(
      double share,
      double rotation,
      double scaling,
      double displacement,
      int lattice,
      double gain,
      double shift,
      double noise,
      String sentence) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Augmentation(
                    share, rotation, scaling, displacement, lattice, gain, shift, noise, false));
    assertEquals(sentence, refusal.getMessage());
  }
}
