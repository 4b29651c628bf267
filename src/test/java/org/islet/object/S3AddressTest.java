package org.islet.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3AddressTest {

  private static S3Address address(String text) {
    return S3Address.parse(text).orElseThrow();
  }

  @Test
  void an_address_has_a_bucket_and_a_key_as_they_are_written() {
    assertEquals(new S3Address("cts", "a/b c/ü?#+%20.nii"), address("s3://cts/a/b c/ü?#+%20.nii"));
    assertEquals(new S3Address("cts", ""), address("s3://cts"));
    assertEquals(new S3Address("cts", ""), address("s3://cts/"));
    assertEquals(new S3Address("cts.x-1", "a"), address("s3://cts.x-1/a/"));
    assertEquals("s3://cts/a/b", address("s3://cts/a/b").toString());
    assertEquals("s3://cts", address("s3://cts/").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:cts/a",
        "S3://cts/a",
        "s3://",
        "s3:///a",
        "s3://ct",
        "s3://UPPER/a",
        "s3://user@cts/a",
        "s3://cts?endpoint=x/a",
        "s3://cts//a",
        "s3://cts//",
        "s3://cts/a//b",
        "s3://cts/../a",
        "s3://cts/a/..",
        "s3://cts/a/./b",
        "s3://cts/a/%2e%2E/b",
        "s3://cts/a/..%2Fb",
        "s3://cts/a\\..\\b",
        "s3://cts/a%5cb",
        "s3://cts/a\nb",
        "/cts/a",
        ""
      })
  void what_could_lead_elsewhere_is_no_address(String text) {
    assertEquals(Optional.empty(), S3Address.parse(text));
  }

  @Test
  void a_key_has_a_length_that_servers_take() {
    assertTrue(S3Address.parse("s3://cts/" + "a".repeat(1024)).isPresent());
    assertTrue(S3Address.parse("s3://cts/" + "ä".repeat(513)).isEmpty());
  }

  @Test
  void below_a_place_is_what_has_its_key_and_more() {
    assertTrue(address("s3://cts/in/a.nii").isBelow(address("s3://cts/in")));
    assertTrue(address("s3://cts/in/a.nii").isBelow(address("s3://cts")));
    assertFalse(address("s3://cts/in").isBelow(address("s3://cts/in")));
    assertFalse(address("s3://cts").isBelow(address("s3://cts")));
    assertFalse(address("s3://cts/inner/a.nii").isBelow(address("s3://cts/in")));
    assertFalse(address("s3://other/in/a.nii").isBelow(address("s3://cts/in")));
  }

  @Test
  void a_place_has_a_name_and_lies_in_another() {
    assertEquals("c", address("s3://cts/a/b/c").name());
    assertEquals(Optional.of(address("s3://cts/a/b")), address("s3://cts/a/b/c").parent());
    assertEquals(Optional.of(address("s3://cts")), address("s3://cts/a").parent());
    assertEquals(Optional.empty(), address("s3://cts").parent());
  }
}
