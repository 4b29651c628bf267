package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTextTest {

  private static void assertWords(String words, Throwable failure) {
    assertEquals(words, FailureText.withoutNames(failure));
  }

  @Test
  void the_names_of_files_are_left_out() {
    assertWords("NoSuchFileException", new NoSuchFileException("Doe^John.nii"));
    assertWords(
        "FileSystemException: Read-only file system",
        new FileSystemException("Doe^John.nii", "other", "Read-only file system"));
    assertWords("FileNotFoundException", new FileNotFoundException("Doe^John.nii (No such file)"));
    assertWords(
        "InvalidPathException: a file's name that this system cannot write",
        new InvalidPathException("Doe^John.nii", "Malformed input"));
  }

  @Test
  void all_else_is_told_by_its_cause() {
    assertWords(
        "No space left on device",
        new UncheckedIOException("around it", new IOException("No space left on device")));
    assertWords("java.lang.ArithmeticException", new ArithmeticException());
  }

  @Test
  void a_lack_of_threads_is_not_taken_for_one_of_heap() {
    assertTrue(
        FailureText.of(new OutOfMemoryError("unable to create native thread: possibly out of it"))
            .contains("no more threads"));
    assertTrue(FailureText.of(new OutOfMemoryError("Java heap space")).contains("-Xmx"));
  }
}
