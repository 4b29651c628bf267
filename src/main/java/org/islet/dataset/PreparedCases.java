package org.islet.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set prepared for the networks and kept in a folder, as {@code coarse-4/CASE.prepared}. A
 * file knows what it was made of, so each CT is read once, whatever comes after. Nothing is ever
 * deleted; a folder that is no longer wanted may be.
 *
 * <p>Training reads the files mapped into memory: what fits stays there and what does not is read
 * from the disk again, so the data set may be larger than the heap and larger than the memory. A
 * file takes 3 bytes a voxel. While a case is prepared, the heap holds up to 7 bytes for each voxel
 * of its CT, or 10 where its HU are fractions.
 */
public final class PreparedCases {

  /** Hears how far the preparation is. */
  public interface Progress {

    /**
     * @param id the case that is ready now
     * @param done cases so far
     * @param of how many
     */
    void ready(String id, int done, int of);
  }

  /** What becomes of a file that was made of other data than there are now. */
  public enum Outdated {
    /** It is made again. */
    MADE_AGAIN,
    /** It is a problem: a network learnt from it. */
    REFUSED
  }

  private record Key(Preparation preparation, String id) {}

  private final Map<Key, PreparedCase> cases = new HashMap<>();
  private final Path folder;

  private PreparedCases(Path folder) {
    this.folder = folder;
  }

  /**
   * Brings a folder up to date: reads every case that is not there yet as its files are now, checks
   * it, and prepares it in each way.
   *
   * @param folder made where it does not exist
   * @param outdated what becomes of files of other data
   * @throws DataSetProblemsException with all that is wrong with the data set, once every case was
   *     looked at
   * @throws IOException if the folder cannot be written to, as when the disk is full
   */
  public static PreparedCases of(
      DataSet data,
      List<Preparation> preparations,
      Path folder,
      Outdated outdated,
      Progress progress)
      throws IOException {
    PreparedCases prepared = new PreparedCases(folder);
    List<Problem> problems = new ArrayList<>(data.problems());
    List<String> ids = data.ids();
    for (int i = 0; i < ids.size(); i++) {
      try {
        prepared.add(data, ids.get(i), preparations, outdated);
      } catch (DataSetProblemsException e) {
        problems.addAll(e.problems());
      }
      progress.ready(ids.get(i), i + 1, ids.size());
    }
    if (!problems.isEmpty()) {
      throw new DataSetProblemsException(problems);
    }
    return prepared;
  }

  private void add(DataSet data, String id, List<Preparation> preparations, Outdated outdated)
      throws IOException {
    String source = data.fingerprint(id);
    LabelledCt labelled = null;
    for (Preparation preparation : preparations) {
      Optional<PreparedCase> kept = kept(preparation, id, source);
      if (kept.isEmpty()) {
        Path file = file(preparation, id);
        if (outdated == Outdated.REFUSED && PreparedFile.isOfAnother(file, source)) {
          throw DataSetProblemsException.of(
              file,
              "it was made of other data than there are now. Give the data that the run began with,"
                  + " or begin another run. To go on with other data all the same, delete %s."
                      .formatted(folder));
        }
        labelled = labelled == null ? data.read(id) : labelled;
        PreparedFile.write(file, preparation.name(), source, prepared(preparation, id, labelled));
        kept = kept(preparation, id, source);
      }
      cases.put(new Key(preparation, id), kept.orElseThrow());
    }
  }

  private static PreparedCase prepared(Preparation preparation, String id, LabelledCt labelled)
      throws IOException {
    try {
      return preparation.apply(labelled);
    } catch (IllegalArgumentException e) {
      throw DataSetProblemsException.of(Path.of(id), e.getMessage());
    }
  }

  private Optional<PreparedCase> kept(Preparation preparation, String id, String source)
      throws IOException {
    return PreparedFile.read(file(preparation, id), preparation.name(), source);
  }

  private Path file(Preparation preparation, String id) {
    return folder.resolve(preparation.name()).resolve(id + ".prepared");
  }

  /**
   * A case, in one of the ways that the data set was prepared in.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PreparedCase get(Preparation preparation, String id) {
    PreparedCase prepared = cases.get(new Key(preparation, id));
    if (prepared == null) {
      throw new IllegalArgumentException(
          "There is no case %s prepared as %s in %s.".formatted(id, preparation.name(), folder));
    }
    return prepared;
  }
}
