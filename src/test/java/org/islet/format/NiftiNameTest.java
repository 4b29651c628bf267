package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiNameTest {

  @ParameterizedTest
  @CsvSource({"a.nii,a", "a.b.nii.gz,a.b", "label0001.hdr,label0001", "x y.nii,x y"})
  void a_name_is_the_files_without_its_extension(String file, String name) {
    assertEquals(Optional.of(name), NiftiName.of(Path.of("folder", file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.img", "a.nii.zip", "a.json", ".nii", "._a.nii.gz", ".a.nii.part"})
  void other_files_and_hidden_ones_have_none(String file) {
    assertEquals(Optional.empty(), NiftiName.of(Path.of(file)));
  }

  @Test
  void the_channel_is_dropped_once() {
    assertEquals("liver_7", NiftiName.withoutChannel("liver_7_0000"));
    assertEquals("liver_7_0001", NiftiName.withoutChannel("liver_7_0001"));
    assertEquals("a_0000", NiftiName.withoutChannel("a_0000_0000"));
  }
}
