package org.islet.publish;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.islet.disk.Disk;
import org.islet.format.Sha256;
import org.islet.job.CaseResult;
import org.islet.job.ResultPlace;
import org.islet.job.Segmentation;

/**
 * Results as folders {@code <root>/<case>/} with {@code mask.nii.gz}, {@code result.json}, {@code
 * preview.png} and their {@code manifest.json}. A folder is written in a hidden place, and renamed
 * when all of it is on the disk, so a reader sees it whole or not at all; none is ever overwritten.
 */
public final class ResultFolder implements ResultPlace {

  public static final String MASK = ResultFiles.MASK;
  public static final String REPORT = ResultFiles.REPORT;
  public static final String PREVIEW = ResultFiles.PREVIEW;

  /** Written last: a result that has it is whole. */
  public static final String MANIFEST = Manifest.NAME;

  private final Path root;

  /**
   * Whether the root was there once: where it is missing then, it is away with all that it holds.
   */
  private volatile boolean opened;

  /**
   * @param root made when it is opened, or when the first result is published
   */
  public ResultFolder(Path root) {
    this.root = root;
  }

  /**
   * Makes the root, and deletes what processes that were killed left in it of results that never
   * appeared. From now on a root that is missing is trouble, and is not made again.
   */
  public void open() throws IOException {
    Disk.makeFolder(root);
    Part.clearAbandoned(root);
    opened = true;
  }

  @Override
  public boolean isFree(String caseId) throws IOException {
    return isFree(place(caseId));
  }

  private boolean isFree(Path place) throws IOException {
    try {
      Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return false;
    } catch (NoSuchFileException e) {
      if (opened && !Files.isDirectory(root)) {
        throw new IOException("The folder of results is not there. It must come back, or be made.");
      }
      return true;
    }
  }

  private Path place(String caseId) {
    return root.resolve(ResultFiles.requireCase(caseId));
  }

  @Override
  public Optional<CaseResult> find(String caseId) throws IOException {
    Path place = place(caseId);
    if (isFree(place)) {
      return Optional.empty();
    }
    return Optional.of(ResultFiles.found(caseId, address(place), place));
  }

  @Override
  public Optional<CaseResult> publish(Segmentation what, BooleanSupplier mayAppear)
      throws IOException {
    Path place = place(what.report().caseId());
    requireFree(place);
    if (!opened) {
      open();
    }
    try (Part part = Part.make(root)) {
      String sha256 = write(what, part.folder());
      if (!mayAppear.getAsBoolean()) {
        return Optional.empty();
      }
      rename(part.folder(), place);
      Disk.syncFolder(root);
      return Optional.of(new CaseResult(address(place), sha256, what.report()));
    }
  }

  private static String address(Path place) {
    return place.toAbsolutePath().normalize().toString();
  }

  private void requireFree(Path place) throws IOException {
    if (!isFree(place)) {
      throw new FileAlreadyExistsException(place.toString());
    }
  }

  /** Writes all files and waits until they are on the disk; gives the manifest's digest. */
  private static String write(Segmentation what, Path folder) throws IOException {
    ResultFiles.write(what, folder);
    byte[] manifest =
        Manifest.of(what.report().caseId(), null, folder, ResultFiles.NAMES).toBytes();
    Files.write(folder.resolve(Manifest.NAME), manifest);
    for (String name : ResultFiles.NAMES) {
      Disk.sync(folder.resolve(name));
    }
    Disk.sync(folder.resolve(Manifest.NAME));
    Disk.syncFolder(folder);
    return new Sha256().add(manifest).toHex();
  }

  /** A rename replaces an empty folder, so that has to be looked for; all else makes it fail. */
  private void rename(Path part, Path place) throws IOException {
    requireFree(place);
    try {
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      requireFree(place);
      throw e;
    }
  }
}
