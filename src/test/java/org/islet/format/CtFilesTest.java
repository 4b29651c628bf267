package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtFilesTest {

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @ParameterizedTest
  @CsvSource({"ct.hdr, ct.img", "ct.hdr.gz, ct.img.gz", "ct.hdr, ct.img.gz", "CT.HDR, CT.IMG"})
  void a_pair_is_two_files_whichever_is_named_header_first(String header, String image)
      throws IOException {
    Path head = file(header, "head");
    Path voxels = file(image, "voxels");
    assertEquals(List.of(head, voxels), CtFiles.of(head));
    assertEquals(List.of(head, voxels), CtFiles.of(voxels));
  }

  @Test
  void a_file_alone_is_one_whatever_it_is_called() throws IOException {
    file("ct.img", "voxels");
    for (String name : List.of("ct.nii.gz", "other.hdr", "another.img.gz", "notes")) {
      assertEquals(List.of(folder.resolve(name)), CtFiles.of(file(name, "")));
    }
  }

  @Test
  void cts_with_equal_headers_and_other_voxels_have_other_digests() throws IOException {
    Path head = file("ct.hdr", "head");
    file("ct.img", "voxels");
    String before = CtFiles.sha256(head);
    assertEquals(Sha256.of(file("both", "headvoxels")), before);
    assertEquals(before, CtFiles.sha256(folder.resolve("ct.img")));
    file("ct.img", "voxelz");
    assertNotEquals(before, CtFiles.sha256(head));
  }

  @Test
  void the_digest_of_one_file_is_that_of_its_bytes() throws IOException {
    Path ct = file("ct.nii", "bytes");
    assertEquals(Sha256.of(ct), CtFiles.sha256(ct));
  }

  @Test
  void what_is_no_file_is_refused() {
    var refusal = assertThrows(InputRefusedException.class, () -> CtFiles.sha256(folder));
    assertEquals("unreadable", refusal.code());
  }

  @Test
  void nothing_is_said_of_what_is_not_there() {
    Path none = folder.resolve("none.nii");
    assertThrows(InputUnreachableException.class, () -> CtFiles.sha256(none));
  }
}
