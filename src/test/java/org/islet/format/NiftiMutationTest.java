package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A spoilt file is either read or refused with a sentence; nothing else comes of it. */
class NiftiMutationTest {

  private static final long MOST_HEAP = 8L << 20;
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("nifti");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("a.nii"));
    Files.delete(folder);
  }

  @Property(tries = 1000)
  void changed_header_bytes(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 2) int version,
      @ForAll boolean big,
      @ForAll boolean zipped,
      @ForAll @IntRange(min = 1, max = 8) int changes) {
    byte[] file = file(version, big);
    for (int i = 0; i < changes; i++) {
      file[random.nextInt(version == 1 ? 352 : 544)] = (byte) random.nextInt();
    }
    readOrRefuse(zipped ? NiftiBytes.gzip(file) : file);
  }

  @Property(tries = 500)
  void changed_gzip_bytes(@ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int changes) {
    byte[] file = NiftiBytes.gzip(file(1, false));
    for (int i = 0; i < changes; i++) {
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
    }
    readOrRefuse(file);
  }

  @Property(tries = 500)
  void cut_or_lengthened(@ForAll Random random, @ForAll boolean zipped) {
    byte[] file = zipped ? NiftiBytes.gzip(file(2, true)) : file(2, true);
    readOrRefuse(Arrays.copyOf(file, random.nextInt(file.length + 20)));
  }

  private static byte[] file(int version, boolean big) {
    return NiftiBytes.nifti(version, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN).bytes();
  }

  private static void readOrRefuse(byte[] file) {
    Path path = NiftiBytes.save(folder.resolve("a.nii"), file);
    long before = Allocated.byThisThread();
    try {
      new NiftiReader(1 << 20).readCt(path);
    } catch (InputRefusedException e) {
      assertTrue(e.getMessage().endsWith("."), e.getMessage());
    } catch (IOException e) {
      throw new AssertionError("The disk is not to blame.", e);
    }
    assertTrue(Allocated.byThisThread() - before < MOST_HEAP);
  }
}
