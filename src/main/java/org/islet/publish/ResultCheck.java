package org.islet.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.format.InputRefusedException;
import org.islet.format.LabelImage;
import org.islet.format.NiftiReader;
import org.islet.format.OneLine;
import org.islet.format.Sha256;
import org.islet.job.CaseReport;
import org.islet.job.FailureText;
import org.islet.publish.Manifest.Entry;
import org.islet.volume.Geometry;

/**
 * Whether a result is whole and its files agree with each other. Whatever a folder holds, what is
 * wrong with it comes out as sentences that say what to do; nothing outside of it is read.
 */
public final class ResultCheck {

  private static final String AGAIN = " Copy the result again, or take its CT through again.";

  private static final int MOST_JSON_BYTES = 16 << 20;

  /** More than a mask of the largest grid takes, which does not even shrink. */
  private static final long MOST_BYTES = NiftiReader.AMPLE_BYTES;

  private static final int MOST_STRANGERS = 20;

  private final Path folder;
  private final List<String> problems = new ArrayList<>();
  private Manifest manifest;
  private String sha256 = "";
  private CaseReport report;
  private boolean unreadable;

  private ResultCheck(Path folder) {
    this.folder = folder;
  }

  /** Checks all that a result can be wrong in. */
  public static ResultCheck of(Path folder) {
    ResultCheck check = ofDigests(folder);
    if (check.report != null) {
      check.checkMask();
    }
    if (check.manifest != null) {
      check.checkStrangers();
    }
    return check;
  }

  /** Checks that all files are as they were written, and whose result they are. */
  static ResultCheck ofDigests(Path folder) {
    ResultCheck check = new ResultCheck(folder);
    check.readManifest();
    if (check.manifest != null) {
      check.checkFiles();
    }
    if (check.problems.isEmpty()) {
      check.readReport();
    }
    return check;
  }

  /** What is wrong, a sentence or two each; nothing if the result is whole. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Whether a file could not be read, so that there is no saying whether the result is whole. */
  boolean isUnreadable() {
    return unreadable;
  }

  /** The case whose result it is; empty if there is no saying. */
  public String caseId() {
    return manifest == null ? "" : manifest.caseId();
  }

  /** How many files the manifest lists. */
  public int files() {
    return manifest == null ? 0 : manifest.files().size();
  }

  /** The digest of the manifest; empty if it cannot be read. */
  public String sha256() {
    return sha256;
  }

  /** The report; nothing if it cannot be trusted. */
  Optional<CaseReport> report() {
    return Optional.ofNullable(report);
  }

  private void readManifest() {
    Path file = folder.resolve(Manifest.NAME);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      problems.add(
          "There is no %s, so this is no result, or one that was copied in part or made by an early version."
                  .formatted(Manifest.NAME)
              + AGAIN);
      return;
    }
    json(file)
        .ifPresent(
            bytes -> {
              try {
                manifest = Manifest.of(bytes);
                sha256 = new Sha256().add(bytes).toHex();
              } catch (IOException e) {
                problems.add(
                    "%s is damaged, or of a later version of Islet.".formatted(Manifest.NAME)
                        + AGAIN);
              }
            });
  }

  /** The bytes of a small file; nothing, and a problem, if there are none to be had. */
  private Optional<byte[]> json(Path file) {
    String name = file.getFileName().toString();
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > MOST_JSON_BYTES) {
        problems.add("%s is no file, or far too large.".formatted(name) + AGAIN);
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      addUnreadable(name, e);
      return Optional.empty();
    }
  }

  /** A file of the result. */
  private Path file(String name) {
    return folder.resolve(manifest.base() + name);
  }

  private void addUnreadable(String name, Exception e) {
    unreadable = true;
    problems.add(
        "%s cannot be read (%s). Look at its permissions and at the disk."
            .formatted(name, e.getClass().getSimpleName()));
  }

  private void checkFiles() {
    if (manifest.folder() != null
        && !Files.isDirectory(folder.resolve(manifest.folder()), LinkOption.NOFOLLOW_LINKS)) {
      problems.add(
          "The folder '%s' of its files is missing, or is no folder.".formatted(manifest.folder())
              + AGAIN);
      return;
    }
    Set<String> listed = names();
    Stream.of(ResultFolder.MASK, ResultFolder.REPORT, ResultFolder.PREVIEW)
        .filter(name -> !listed.contains(name))
        .forEach(
            name ->
                problems.add(
                    "%s does not list %s, which every result has.".formatted(Manifest.NAME, name)
                        + AGAIN));
    for (Entry entry : manifest.files()) {
      if (entry.isPlain()) {
        check(entry);
      } else {
        problems.add(
            "%s lists '%s', which is no name of a file of a result."
                    .formatted(Manifest.NAME, OneLine.of(entry.name()))
                + AGAIN);
      }
    }
  }

  private Set<String> names() {
    return manifest.files().stream().map(Entry::name).collect(Collectors.toSet());
  }

  private void check(Entry entry) {
    Path file = file(entry.name());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      problems.add("%s is missing, or is no file.".formatted(entry.name()) + AGAIN);
      return;
    }
    try {
      long bytes = Files.size(file);
      if (bytes != entry.bytes()) {
        problems.add(
            "%s has %d bytes, but had %d when it was written."
                    .formatted(entry.name(), bytes, entry.bytes())
                + AGAIN);
      } else if (bytes > MOST_BYTES) {
        problems.add(
            "%s has %d bytes, more than any file of a result.".formatted(entry.name(), bytes)
                + AGAIN);
      } else if (!Sha256.of(file).equals(entry.sha256())) {
        problems.add(
            "%s is not what was written: its SHA-256 is another.".formatted(entry.name()) + AGAIN);
      }
    } catch (IOException e) {
      addUnreadable(entry.name(), e);
    }
  }

  private void readReport() {
    Optional<byte[]> bytes = json(file(ResultFolder.REPORT));
    if (bytes.isEmpty()) {
      return;
    }
    try {
      CaseReport read = ReportJson.read(bytes.get());
      if (read.caseId().equals(manifest.caseId())) {
        report = read;
      } else {
        problems.add(
            "%s is of case %s, but %s of case %s: files of two results were mixed."
                    .formatted(
                        ResultFolder.REPORT,
                        OneLine.of(read.caseId()),
                        Manifest.NAME,
                        OneLine.of(manifest.caseId()))
                + AGAIN);
      }
    } catch (IOException e) {
      problems.add(
          "%s is no report, or one of a later version of Islet.".formatted(ResultFolder.REPORT)
              + AGAIN);
    }
  }

  private void checkMask() {
    Path file = file(ResultFolder.MASK);
    NiftiReader reader = new NiftiReader(NiftiReader.AMPLE_BYTES);
    try {
      Geometry grid = reader.header(file).geometry();
      Geometry input = report.input().geometry();
      if (grid.matches(input)) {
        checkVoxels(reader.readLabel(file, 1));
      } else {
        addMask(
            "lies on %s voxels at %s, but the CT of %s on %s at %s."
                .formatted(
                    grid.size(), grid.affine(), ResultFolder.REPORT, input.size(), input.affine()));
      }
    } catch (InputRefusedException | IllegalArgumentException e) {
      addMask("cannot be read as one. " + e.getMessage());
    } catch (IOException e) {
      addUnreadable(ResultFolder.MASK, e);
    } catch (OutOfMemoryError e) {
      problems.add("%s is large. %s".formatted(ResultFolder.MASK, FailureText.of(e)));
    }
  }

  private void checkVoxels(LabelImage image) {
    if (!image.otherValues().isEmpty()) {
      addMask("holds %s, but a mask only 0 and 1.".formatted(image.otherValues().first()));
    }
    int found = image.mask().count();
    if (found != report.mask().voxels()) {
      addMask(
          "holds %d voxels, but %s says %d."
              .formatted(found, ResultFolder.REPORT, report.mask().voxels()));
    }
  }

  private void addMask(String finding) {
    problems.add("The mask %s ".formatted(ResultFolder.MASK) + finding + AGAIN);
  }

  private void checkStrangers() {
    Set<Path> listed = new HashSet<>(Set.of(folder.resolve(Manifest.NAME)));
    manifest.files().stream()
        .filter(Entry::isPlain)
        .forEach(entry -> listed.add(file(entry.name())));
    if (manifest.folder() != null) {
      Path below = folder.resolve(manifest.folder());
      listed.add(below);
      checkStrangers(below, listed);
    }
    checkStrangers(folder, listed);
  }

  private void checkStrangers(Path within, Set<Path> listed) {
    try (Stream<Path> files = Files.list(within)) {
      files
          .filter(file -> !listed.contains(file))
          .map(file -> file.getFileName().toString())
          .sorted()
          .limit(MOST_STRANGERS)
          .forEach(
              name ->
                  problems.add(
                      "'%s' lies beside the files of the result, and %s does not list it. Move it elsewhere."
                          .formatted(OneLine.of(name), Manifest.NAME)));
    } catch (IOException | UncheckedIOException e) {
      addUnreadable("The folder", e);
    }
  }
}
