package org.islet.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.islet.stage.Precision;
import org.islet.stage.StageDescription.Jar;
import org.islet.stage.StageRun;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * What {@code result.json} holds; {@code docs/result.md} explains it to its readers.
 *
 * @param schema the version of this form
 * @param caseId also the name of the folder
 * @param outcome whether anything was found
 * @param notice what every reader must know
 * @param seconds of reading, of the route and of both with what is between
 * @param jars that stages of the route are from, beside Islet's own
 * @param boxes by the name of their slot, in voxels of the CT in RAS orientation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaseReport(
    int schema,
    @JsonProperty("case") String caseId,
    Outcome outcome,
    String notice,
    Input input,
    Route route,
    List<Model> models,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Jar> jars,
    List<StageRun> stages,
    Seconds seconds,
    MaskSize mask,
    Map<String, BoxCorners> boxes,
    List<String> warnings,
    Map<String, String> versions) {

  /**
   * Nothing that is always there may be missing; what is left out where there is none becomes
   * empty.
   */
  public CaseReport {
    jars = Objects.requireNonNullElse(jars, List.of());
    Stream.of(
            caseId, outcome, input, route, models, stages, seconds, mask, boxes, warnings, versions)
        .forEach(Objects::requireNonNull);
  }

  /** The same of a case of another name. */
  CaseReport named(String other) {
    return new CaseReport(
        schema, other, outcome, notice, input, route, models, jars, stages, seconds, mask, boxes,
        warnings, versions);
  }

  /** The version that this code writes. */
  public static final int SCHEMA = 1;

  static final String NOTICE =
      "Made by research software, which is not a medical device and must not guide diagnosis or treatment.";

  /** Whether anything was found. */
  public enum Outcome {
    /** The mask holds at least one voxel. */
    @JsonProperty("done")
    DONE,
    /** Nothing was found; the mask is valid and empty. */
    @JsonProperty("empty")
    EMPTY
  }

  /**
   * The CT.
   *
   * @param file its name without folders
   * @param sha256 of the file's bytes
   * @param size voxels along the file's own axes
   * @param spacingMm along the file's own axes
   * @param orientation the directions of the file's own axes
   * @param affine from the file's voxels to mm in RAS+, three rows of four
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Input(
      String file,
      String sha256,
      int[] size,
      double[] spacingMm,
      String orientation,
      double[] affine) {

    static Input of(String file, String sha256, Geometry g) {
      Size n = g.size();
      return new Input(
          file,
          sha256,
          new int[] {n.x(), n.y(), n.z()},
          new double[] {g.spacing(0), g.spacing(1), g.spacing(2)},
          g.orientation().code(),
          g.affine().toArray());
    }

    /**
     * The file's own grid.
     *
     * @throws IllegalArgumentException if what was read is no grid
     */
    public Geometry geometry() {
      if (size == null || size.length != 3 || affine == null) {
        throw new IllegalArgumentException("A grid has a size along 3 axes and an affine.");
      }
      return new Geometry(new Size(size[0], size[1], size[2]), Affine.of(affine));
    }
  }

  /** The route that ran, and the SHA-256 of the files that it is written in. */
  public record Route(String name, String sha256) {}

  /**
   * A model that had a part.
   *
   * @param sha256 of its files
   * @param precisions in which numbers the route lets it compute, as {@link Precision#word}
   * @param warning what its card warns of; null for nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(String id, String sha256, List<String> precisions, String warning) {

    private static final List<String> AS_ALWAYS = List.of(Precision.FLOAT32.word());

    /** Reports of before say nothing of precision, of which there was one. */
    public Model {
      precisions = precisions == null ? AS_ALWAYS : List.copyOf(precisions);
    }

    /** A model that computes in float32. */
    public static Model of(String id, String sha256, String warning) {
      return new Model(id, sha256, AS_ALWAYS, warning);
    }

    /** The same, computing in these. */
    public Model in(Collection<Precision> others) {
      return new Model(id, sha256, others.stream().map(Precision::word).toList(), warning);
    }

    /** Whether it computes as all did before there was a choice. */
    boolean isAsAlways() {
      return precisions.equals(AS_ALWAYS);
    }
  }

  /** Times of the parts of the work. */
  public record Seconds(double read, double route, double total) {}

  /** How much was found. */
  public record MaskSize(int voxels, double millilitres) {}

  /** A box: its first voxel, and the first one behind it, on each axis. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record BoxCorners(int[] from, int[] to) {
    static BoxCorners of(Box b) {
      return new BoxCorners(new int[] {b.x0(), b.y0(), b.z0()}, new int[] {b.x1(), b.y1(), b.z1()});
    }
  }
}
