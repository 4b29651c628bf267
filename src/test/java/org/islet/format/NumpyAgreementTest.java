package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.islet.Python;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that NumPy wrote are read as NumPy meant them. */
class NumpyAgreementTest {

  @TempDir static Path folder;

  /** For each type, byte order and memory order an array of shape (3, 4, 5) of i / 8 − 3. */
  private static final String WRITE =
      """
      import numpy as np
      arrays = {}
      for kind in ['f2', 'f4', 'f8']:
          for end in '<>':
              for order in 'CF':
                  a = (np.arange(60) / 8 - 3).reshape(3, 4, 5).astype(end + kind)
                  arrays[('little' if end == '<' else 'big') + '.' + kind + '.' + order] = (
                      np.asarray(a, order=order))
      arrays['scalar'] = np.float32(2.5)
      arrays['row'] = np.arange(3, dtype='f4')
      arrays['empty'] = np.zeros((0, 2), 'f4')
      np.savez('stored.npz', **arrays)
      np.savez_compressed('deflated.npz', **arrays)
      np.savez('others.npz', objects=np.array([{}, None], dtype=object), whole=np.arange(3),
               good=np.arange(3, dtype='f4'))
      from numpy.lib import format
      import zipfile
      with zipfile.ZipFile('versions.npz', 'w') as z:
          for v in [(1, 0), (2, 0), (3, 0)]:
              with z.open('v%d.npy' % v[0], 'w') as f:
                  format.write_array(f, np.arange(4, dtype='f4').reshape(2, 2), version=v)
      """;

  @BeforeAll
  static void numpy_writes() throws IOException, InterruptedException {
    new Python(folder, "numpy").run(WRITE);
  }

  private static NpzArchive open(String file) throws IOException {
    return NpzArchive.open(folder.resolve(file), 1 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void every_type_and_order_gives_the_numbers_that_numpy_wrote(String file) throws IOException {
    try (NpzArchive archive = open(file)) {
      assertEquals(15, archive.names().size());
      for (String name : archive.names()) {
        if (!name.contains(".")) {
          continue;
        }
        NpyArray array = archive.read(name);
        assertEquals(List.of(3, 4, 5), array.shape(), name);
        for (int i = 0; i < 60; i++) {
          assertEquals(i / 8f - 3, array.values()[i], name);
        }
      }
      assertEquals(List.of(), archive.read("scalar").shape());
      assertEquals(2.5f, archive.read("scalar").values()[0]);
      assertEquals(List.of(3), archive.read("row").shape());
      assertEquals(List.of(0, 2), archive.read("empty").shape());
    }
  }

  @Test
  void every_version_of_the_format_is_read() throws IOException {
    try (NpzArchive archive = open("versions.npz")) {
      assertEquals(Set.of("v1", "v2", "v3"), archive.names());
      for (String name : archive.names()) {
        assertEquals(List.of(2, 2), archive.read(name).shape());
        assertEquals(3, archive.read(name).values()[3]);
      }
    }
  }

  @Test
  void pickles_and_whole_numbers_are_refused_and_what_is_beside_them_is_read() throws IOException {
    try (NpzArchive archive = open("others.npz")) {
      String objects =
          assertThrows(InputRefusedException.class, () -> archive.read("objects")).getMessage();
      assertTrue(objects.contains("Python objects (|O), which Islet never loads"), objects);
      assertThrows(InputRefusedException.class, () -> archive.read("whole"));
      assertEquals(2, archive.read("good").values()[2]);
    }
  }
}
