package org.islet.format;

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

/** A spoilt archive is either read or refused with a sentence; nothing else comes of it. */
class NpzMutationTest {

  private static final long MOST_HEAP = 8L << 20;
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("npz");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("a.npz"));
    Files.delete(folder);
  }

  private static byte[] npy(int version) {
    String header = NpzBytes.header("<f4", "(3, 2)");
    return NpzBytes.npy(version, header, NpzBytes.floats(1, 2, 3, 4, 5, 6));
  }

  @Property(tries = 1000)
  void changed_bytes_of_the_archive(
      @ForAll Random random, @ForAll boolean deflated, @ForAll @IntRange(min = 1, max = 6) int n) {
    byte[] file =
        new NpzBytes().with("a.npy", deflated, npy(1)).with("b.npy", !deflated, npy(3)).bytes();
    for (int i = 0; i < n; i++) {
      file[random.nextInt(file.length)] = (byte) random.nextInt();
    }
    readOrRefuse(file);
  }

  @Property(tries = 1000)
  void changed_bytes_of_an_array(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int version,
      @ForAll @IntRange(min = 1, max = 6) int n) {
    byte[] npy = npy(version);
    for (int i = 0; i < n; i++) {
      npy[random.nextInt(npy.length)] = (byte) (random.nextBoolean() ? random.nextInt() : '9');
    }
    readOrRefuse(new NpzBytes().with("a.npy", true, npy).bytes());
  }

  @Property(tries = 500)
  void cut_or_lengthened(@ForAll Random random, @ForAll boolean deflated) {
    byte[] file = new NpzBytes().with("a.npy", deflated, npy(2)).bytes();
    readOrRefuse(Arrays.copyOf(file, random.nextInt(file.length + 20)));
  }

  private static void readOrRefuse(byte[] file) {
    Path path = NiftiBytes.save(folder.resolve("a.npz"), file);
    long before = Allocated.byThisThread();
    try (NpzArchive archive = NpzArchive.open(path, 1L << 40)) {
      for (String name : archive.names()) {
        archive.read(name);
      }
    } catch (InputRefusedException e) {
      assertTrue(e.getMessage().endsWith("."), e.getMessage());
    } catch (IOException e) {
      throw new AssertionError("The disk is not to blame.", e);
    }
    assertTrue(Allocated.byThisThread() - before < MOST_HEAP);
  }
}
