package org.islet.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.disk.Disk;
import org.islet.format.NiftiReader;
import org.islet.format.Sha256;
import org.islet.job.CaseResult;
import org.islet.job.ResultPlace;
import org.islet.job.Segmentation;
import org.islet.object.ObjectBody;
import org.islet.object.ObjectStore;
import org.islet.object.StoredObject;

/**
 * Results as objects: {@code CASE/manifest.json}, and the files that it lists in a folder {@code
 * CASE/UUID/} of the attempt that made them. No two attempts write to one place, and the manifest
 * is put last, if there is none: that makes the result appear, whole, and it is never overwritten.
 */
public final class ResultObjects implements ResultPlace {

  private static final int MOST_MANIFEST_BYTES = 1 << 20;

  /** More than the files of any result, all together. */
  private static final long MOST_BYTES = NiftiReader.AMPLE_BYTES;

  /** No attempt takes so long between its first file and its manifest. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private static final int BUFFER = 64 << 10;

  private final ObjectStore store;
  private final Path scratch;
  private volatile boolean tried;

  /**
   * @param scratch a folder in which files lie for a moment; it is made when it is needed
   */
  public ResultObjects(ObjectStore store, Path scratch) {
    this.store = store;
    this.scratch = scratch;
  }

  /**
   * A result as a list tells of it.
   *
   * @param since when it appeared, by the storage's clock
   * @param bytes of all that belongs to its case
   */
  public record Stored(String caseId, Instant since, long bytes) {}

  /**
   * Requires that results can be put here now; the first time, that none would be overwritten.
   *
   * @throws org.islet.object.ObjectStoreException if not
   */
  public void requireInOrder() throws IOException {
    if (tried) {
      store.requireThere();
    } else {
      store.requirePutNew();
      tried = true;
    }
  }

  private static String manifest(String caseId) {
    return ResultFiles.requireCase(caseId) + "/" + Manifest.NAME;
  }

  @Override
  public boolean isFree(String caseId) throws IOException {
    return !store.exists(manifest(caseId));
  }

  @Override
  public Optional<CaseResult> find(String caseId) throws IOException {
    Path folder = emptyFolder();
    try {
      return fetch(caseId, folder)
          ? Optional.of(ResultFiles.found(caseId, store.place(caseId), folder))
          : Optional.empty();
    } finally {
      Disk.delete(folder);
    }
  }

  private Path emptyFolder() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(scratch), "result-");
  }

  @Override
  public Optional<CaseResult> publish(Segmentation what, BooleanSupplier mayAppear)
      throws IOException {
    String caseId = what.report().caseId();
    if (!tried) {
      requireInOrder();
    }
    if (!isFree(caseId)) {
      throw taken();
    }
    String attempt = UUID.randomUUID().toString();
    Optional<byte[]> manifest;
    try {
      manifest = put(what, attempt, mayAppear);
    } catch (IOException | RuntimeException | Error e) {
      clear(caseId, attempt);
      throw e;
    }
    if (manifest.isEmpty()) {
      clear(caseId, attempt);
      return Optional.empty();
    }
    commit(caseId, attempt, manifest.get());
    String sha256 = new Sha256().add(manifest.get()).toHex();
    return Optional.of(new CaseResult(store.place(caseId), sha256, what.report()));
  }

  private static FileAlreadyExistsException taken() {
    return new FileAlreadyExistsException(null, null, "There is a result of that case.");
  }

  /** Puts all but the manifest, and gives that; nothing if it may not appear. */
  private Optional<byte[]> put(Segmentation what, String attempt, BooleanSupplier mayAppear)
      throws IOException {
    String caseId = what.report().caseId();
    Path folder = emptyFolder();
    try {
      ResultFiles.write(what, folder);
      for (String name : ResultFiles.NAMES) {
        store.put(String.join("/", caseId, attempt, name), folder.resolve(name));
      }
      byte[] manifest = Manifest.of(caseId, attempt, folder, ResultFiles.NAMES).toBytes();
      return mayAppear.getAsBoolean() ? Optional.of(manifest) : Optional.empty();
    } finally {
      Disk.delete(folder);
    }
  }

  /**
   * Makes the result appear. Where this fails it may have appeared all the same, so that its files
   * stay: they are found with it, or cleared away as abandoned.
   */
  private void commit(String caseId, String attempt, byte[] manifest) throws IOException {
    if (store.putNew(manifest(caseId), manifest)) {
      return;
    }
    byte[] there = read(manifest(caseId)).orElseThrow(ResultObjects::taken);
    if (!Arrays.equals(there, manifest)) {
      clear(caseId, attempt);
      throw taken();
    }
  }

  /** Deletes the files of an attempt that cannot appear any more; what is left is abandoned. */
  private void clear(String caseId, String attempt) {
    try {
      store.deleteAll(caseId + "/" + attempt);
    } catch (IOException e) {
      // It is cleared away with all that is abandoned.
    }
  }

  private Optional<byte[]> read(String key) throws IOException {
    try (ObjectBody body = store.get(key)) {
      return Optional.of(body.readAtMost(MOST_MANIFEST_BYTES));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Copies what there is of a result into an empty folder, to be checked there: its manifest, and
   * the files that this lists, none longer than it says.
   *
   * @return false if there is none
   */
  public boolean fetch(String caseId, Path folder) throws IOException {
    Optional<byte[]> bytes = read(manifest(caseId));
    if (bytes.isEmpty()) {
      return false;
    }
    Files.write(folder.resolve(Manifest.NAME), bytes.get());
    Optional<Manifest> manifest = parsed(bytes.get());
    if (manifest.isPresent()) {
      fetch(caseId, manifest.get(), folder);
    }
    return true;
  }

  /** Nothing if it is none, which a check of the result tells. */
  private static Optional<Manifest> parsed(byte[] bytes) {
    try {
      return Optional.of(Manifest.of(bytes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void fetch(String caseId, Manifest manifest, Path folder) throws IOException {
    Files.createDirectories(folder.resolve(manifest.base()));
    long left = MOST_BYTES;
    for (Manifest.Entry entry : manifest.files()) {
      left -= entry.bytes();
      if (entry.isPlain() && entry.bytes() >= 0 && left >= 0) {
        String name = manifest.base() + entry.name();
        copy(caseId + "/" + name, folder.resolve(name), entry.bytes());
      }
    }
  }

  /** A file that is not there is missed by the check. */
  private void copy(String key, Path to, long most) throws IOException {
    try (ObjectBody body = store.get(key);
        OutputStream out = Files.newOutputStream(to)) {
      long left = most + 1; // one more shows that it is longer
      byte[] buffer = new byte[BUFFER];
      for (int n = 0; n >= 0 && left > 0; n = body.read(buffer, 0, (int) Math.min(left, BUFFER))) {
        out.write(buffer, 0, n);
        left -= n;
      }
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(to);
    }
  }

  /** All results there are. */
  public List<Stored> results() throws IOException {
    List<Stored> results = new ArrayList<>();
    byCase(store.list(""))
        .forEach(
            (caseId, objects) -> {
              long bytes = objects.stream().mapToLong(StoredObject::bytes).sum();
              manifestOf(caseId, objects)
                  .ifPresent(m -> results.add(new Stored(caseId, m.modified(), bytes)));
            });
    return results;
  }

  private static Map<String, List<StoredObject>> byCase(List<StoredObject> objects) {
    return objects.stream()
        .filter(object -> ResultFiles.isCase(object.key().replaceFirst("/.*", "")))
        .filter(object -> object.key().contains("/"))
        .collect(
            Collectors.groupingBy(
                object -> object.key().substring(0, object.key().indexOf('/')),
                TreeMap::new,
                Collectors.toList()));
  }

  private static Optional<StoredObject> manifestOf(String caseId, List<StoredObject> objects) {
    return objects.stream().filter(object -> object.key().equals(manifest(caseId))).findFirst();
  }

  /** Deletes a result: it is gone at once, and then its files go. */
  public void delete(String caseId) throws IOException {
    Optional<Manifest> manifest = read(manifest(caseId)).flatMap(ResultObjects::parsed);
    store.delete(manifest(caseId));
    if (manifest.isPresent()) {
      for (Manifest.Entry entry : manifest.get().files()) {
        if (entry.isPlain()) {
          store.delete(caseId + "/" + manifest.get().base() + entry.name());
        }
      }
    }
  }

  /**
   * Deletes what attempts have left that never made their result appear, a day ago or before: here
   * and in the folder of scratch.
   */
  public void clearAbandoned() throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    for (Map.Entry<String, List<StoredObject>> each : byCase(store.list("")).entrySet()) {
      clearAbandoned(each.getKey(), each.getValue(), before);
    }
    clearScratch(before);
  }

  private void clearAbandoned(String caseId, List<StoredObject> objects, Instant before)
      throws IOException {
    Map<String, List<StoredObject>> attempts =
        objects.stream()
            .filter(object -> attempt(object.key()) != null)
            .collect(Collectors.groupingBy(object -> attempt(object.key())));
    boolean isOneOfOne = attempts.size() == 1 && manifestOf(caseId, objects).isPresent();
    attempts.values().removeIf(a -> a.stream().anyMatch(o -> o.modified().isAfter(before)));
    if (isOneOfOne || attempts.isEmpty()) {
      return;
    }
    Optional<byte[]> manifest = read(manifest(caseId));
    if (manifest.isPresent()) {
      Optional<Manifest> read = manifest.flatMap(ResultObjects::parsed);
      if (read.isEmpty()) { // there is no saying whose files it lists
        return;
      }
      attempts.remove(read.get().folder());
    }
    for (List<StoredObject> attempt : attempts.values()) {
      for (StoredObject object : attempt) {
        store.delete(object.key());
      }
    }
  }

  /** The folder of an attempt in a case's; null if a key is not in one. */
  private static String attempt(String key) {
    String[] parts = key.split("/", -1);
    return parts.length == 3 && isAttempt(parts[1]) ? parts[1] : null;
  }

  private static boolean isAttempt(String name) {
    try {
      return UUID.fromString(name).toString().equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void clearScratch(Instant before) throws IOException {
    if (!Files.isDirectory(scratch)) {
      return;
    }
    try (Stream<Path> folders = Files.list(scratch)) {
      for (Path folder : folders.toList()) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
          Disk.delete(folder);
        }
      }
    }
  }
}
