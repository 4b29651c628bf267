package org.islet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void is_one_line_without_what_is_secret() {
    Finding found =
        Finding.wrong(
            "broker",
            "amqp://me:s3cret@host:5672?jms.password=s3cret&jms.username=me is\nnot there",
            "Mend jdbc:postgresql://db/islet?user=me&password=s3cret, or not.");
    assertEquals("amqp://…@host:5672?jms.password=…&jms.username=me is not there", found.said());
    assertEquals("Mend jdbc:postgresql://db/islet?user=me&password=…, or not.", found.todo());
  }
}
