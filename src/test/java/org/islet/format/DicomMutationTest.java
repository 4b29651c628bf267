package org.islet.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A spoilt slice is either read or refused with a sentence; nothing else comes of it. */
class DicomMutationTest {

  private static final long MOST_HEAP = 8L << 20;
  private static final byte[] ITEM_END = DicomBytes.item(0xFFFE_E00D, new byte[0], false);
  private static final byte[] SEQUENCE_END = DicomBytes.item(0xFFFE_E0DD, new byte[0], false);
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("dicom");
    DicomBytes.at(1).save(folder.resolve("whole"));
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("spoilt"));
    Files.delete(folder.resolve("whole"));
    Files.delete(folder);
  }

  @Property(tries = 1000)
  void changed_bytes(
      @ForAll Random random,
      @ForAll boolean explicit,
      @ForAll @IntRange(min = 1, max = 8) int changes)
      throws IOException {
    byte[] file = file(explicit);
    for (int i = 0; i < changes; i++) {
      file[132 + random.nextInt(file.length - 132)] = (byte) random.nextInt();
    }
    readOrRefuse(file);
  }

  @Property(tries = 300)
  void changed_bits(@ForAll Random random, @ForAll boolean explicit) throws IOException {
    byte[] file = file(explicit);
    file[132 + random.nextInt(file.length - 132)] ^= (byte) (1 << random.nextInt(8));
    readOrRefuse(file);
  }

  @Property(tries = 300)
  void cut_or_lengthened(@ForAll Random random, @ForAll boolean explicit) throws IOException {
    byte[] file = file(explicit);
    readOrRefuse(Arrays.copyOf(file, random.nextInt(file.length + 20)));
  }

  private static byte[] file(boolean explicit) {
    byte[] name =
        DicomBytes.element(0x0010_0010, "PN", "DOE^PATIENT ".getBytes(US_ASCII), false, explicit);
    byte[] sequence =
        DicomBytes.joined(
            DicomBytes.item(0xFFFE_E000, new byte[0], true), name, ITEM_END, SEQUENCE_END);
    return DicomBytes.at(2)
        .syntax(explicit ? DicomBytes.EXPLICIT : DicomBytes.IMPLICIT)
        .undefinedLength(0x0008_1140, "SQ", sequence)
        .bytes();
  }

  private static void readOrRefuse(byte[] file) throws IOException {
    Files.write(folder.resolve("spoilt"), file);
    long before = Allocated.byThisThread();
    try {
      DicomSeries.in(folder).readCt();
    } catch (InputRefusedException e) {
      assertTrue(e.getMessage().endsWith("."), e.getMessage());
      assertFalse(e.getMessage().contains("DOE"), e.getMessage());
    }
    assertTrue(Allocated.byThisThread() - before < MOST_HEAP);
  }
}
