package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.islet.intake.Sightings.Complete;
import org.islet.intake.Sightings.Look;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** The folders of an intake, CTs to take, and processes that end while they take them. */
abstract class FoldersFixture {

  static final FailureReason REASON =
      new FailureReason("c1", "truncated", "It is cut short.", "infer", 1, "Send it again.");

  @TempDir Path root;
  InboxFolders folders;
  Claims claims;
  Departures departures;
  FailedFolder failures;

  @BeforeEach
  void make() throws IOException {
    folders = InboxFolders.below(root);
    folders.make();
    claims = new Claims(folders, "w1");
    departures = new Departures(folders);
    failures = new FailedFolder(folders);
  }

  Path put(String name, String content) throws IOException {
    Path file = root.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  static Complete complete(Path ct) throws IOException {
    return new Complete(
        ct,
        Look.of(Files.readAttributes(ct, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
  }

  Claim claim(Path ct) throws IOException {
    Claim claim = claims.take(complete(ct)).orElseThrow();
    assertTrue(claims.completed(claim));
    return claim;
  }

  Claim claim(String name) throws IOException {
    return claim(put(name, "content of " + name));
  }

  /** All files below a folder, hidden ones too. */
  List<String> files(String below) throws IOException {
    Path folder = root.resolve(below);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> !Files.isDirectory(f))
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  List<String> foldersIn(String below) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(below))) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  String content(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  // ------------------------------------------------- a process that ended early

  /** A CT as it may come: its files, the CT first, and where it is to end. */
  record Group(List<String> files, String marker, String folder) {
    String ct() {
      return files.get(0);
    }
  }

  static List<Group> groups() {
    return List.of(
        new Group(List.of("a.nii"), null, ""),
        new Group(List.of("a.nii", "a.json"), null, ""),
        new Group(List.of("p.hdr", "p.img", "p.json"), "p.hdr.done", ""),
        new Group(List.of("p.hdr", "p.img"), "p.img.done", "sub/"));
  }

  /** Every group, and how many of its files had been moved when the process ended. */
  static List<Arguments> moments() {
    return groups().stream()
        .flatMap(
            group ->
                IntStream.rangeClosed(0, group.files().size() + 1)
                    .mapToObj(moved -> Arguments.of(group, moved)))
        .toList();
  }

  /** The files as they lie when a process ends after so many steps of taking a CT. */
  void endWhileTaking(Group group, int moved) throws IOException {
    List<Path> put = new ArrayList<>();
    for (String file : group.files()) {
      put.add(put(group.folder() + file, "content of " + file));
    }
    if (group.marker() != null) {
      put(group.folder() + group.marker(), "");
    }
    Path claim = Files.createDirectory(root.resolve("in-progress/w0~key"));
    Files.createFile(claim.resolve(".taking"));
    Path to = Files.createDirectories(claim.resolve(group.folder()));
    for (Path file : put.subList(0, Math.min(moved, put.size()))) {
      Files.move(file, to.resolve(file.getFileName()));
    }
    if (moved > put.size()) {
      if (group.marker() != null) {
        Files.delete(root.resolve("in").resolve(group.folder() + group.marker()));
      }
      Files.delete(claim.resolve(".taking"));
    }
  }

  /** What the next process does with what it finds. */
  Optional<Claim> takeUp() throws IOException {
    for (String name : claims.names()) {
      Optional<Claim> claim = claims.in(claims.takeOver(name, false).orElseThrow());
      if (claim.isPresent()) {
        assertTrue(claims.completed(claim.get()));
        return claim;
      }
    }
    return Optional.empty();
  }

  static List<String> expected(Group group, String below) {
    return group.files().stream().map(file -> group.folder() + below + file).sorted().toList();
  }
}
