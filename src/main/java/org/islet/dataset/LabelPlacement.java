package org.islet.dataset;

import java.util.Comparator;
import java.util.Optional;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * A label that has as many voxels as its CT, but whose header places it elsewhere, as those of NIH
 * Pancreas-CT do. It is laid onto the CT's grid by the directions of its axes alone.
 */
public final class LabelPlacement {

  private final Volume ct;
  private final Mask label;

  /**
   * @param label not empty; where its geometry places it is not asked
   */
  public LabelPlacement(Volume ct, Mask label) {
    this.ct = ct;
    this.label = label;
  }

  /**
   * The label on the CT's grid.
   *
   * @param axes the directions in which the label's stored axes grow
   * @throws IllegalArgumentException if the label then has another size than the CT
   */
  public Mask along(Orientation axes) {
    Reorientation turn = turn(axes);
    Size turned = turn.target().size();
    if (!turned.equals(ct.size())) {
      throw new IllegalArgumentException(
          ("Turned from %s to %s, the CT's axes, the label has %s voxels, but the CT %s. It belongs"
                  + " to another CT, or its axes are others.")
              .formatted(axes, ct.geometry().orientation(), turned, ct.size()));
    }
    Mask stored = label.pastedInto(turn.source(), Box.of(label.size()));
    return turn.apply(stored).pastedInto(ct.geometry(), Box.of(turned));
  }

  private Reorientation turn(Orientation axes) {
    return new Reorientation(Geometry.of(label.size(), axes), ct.geometry().orientation());
  }

  /** What the CT holds inside the label, laid along the given axes. */
  public TissueInside tissue(Orientation axes) {
    return TissueInside.of(ct, along(axes));
  }

  /**
   * The axes along which the label would hold the most even tissue of all, by its standard
   * deviation; nothing where these are the given ones.
   */
  public Optional<Orientation> evenerThan(Orientation axes) {
    double spread = tissue(axes).sdHu();
    return Orientation.all().stream()
        .filter(other -> turn(other).target().size().equals(ct.size()))
        .map(other -> new Candidate(other, tissue(other).sdHu()))
        .filter(candidate -> candidate.spread < spread)
        .min(Comparator.comparingDouble(Candidate::spread))
        .map(Candidate::axes);
  }

  private record Candidate(Orientation axes, double spread) {}
}
