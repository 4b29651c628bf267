package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberedNameTest {

  @ParameterizedTest
  @CsvSource({
    "a.nii.gz, a~2.nii.gz",
    "a.json, a~2.json",
    "a.nii.gz.json, a~2.nii.gz.json",
    "P.HDR, P~2.HDR",
    "a.img.gz, a~2.img.gz",
    "1.2.840.113619.nii.gz, 1.2.840.113619~2.nii.gz",
    "notes.txt, notes~2.txt",
    "notes, notes~2",
    "a., a.~2",
    "a~2.nii, a~2~2.nii"
  })
  void the_number_stands_before_the_ending(String name, String numbered) {
    assertEquals(name, NumberedName.of(name, 1));
    assertEquals(numbered, NumberedName.of(name, 2));
    assertTrue(NumberedName.isOneOf(numbered, name));
    assertTrue(NumberedName.isOneOf(name, name));
    assertFalse(NumberedName.isOneOf(numbered, "b.nii"));
  }

  @Test
  void a_long_name_is_cut_between_characters_and_keeps_its_ending() {
    String ascii = "x".repeat(248) + ".nii.gz";
    assertEquals("x".repeat(245) + "~12.nii.gz", NumberedName.of(ascii, 12));
    assertTrue(NumberedName.isOneOf(NumberedName.of(ascii, 12), ascii));
    String kanji = "膵".repeat(82) + "ab.nii.gz";
    String bytes = new String(kanji.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String cut = NumberedName.of(bytes, 2);
    assertTrue(cut.length() <= 255);
    assertEquals(
        "膵".repeat(82) + "~2.nii.gz",
        new String(cut.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }

  @Test
  void a_name_that_is_all_ending_is_cut_too() {
    String name = "a." + "b".repeat(253);
    assertEquals(255, NumberedName.of(name, 2).length());
    assertTrue(NumberedName.isOneOf(NumberedName.of(name, 2), name));
  }
}
