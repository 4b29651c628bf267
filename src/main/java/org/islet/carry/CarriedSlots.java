package org.islet.carry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * The slots of a case that was handed over: what they hold, but for their voxels, which are kept
 * elsewhere under the name and the digests that stand here (claim check). Voxels that several slots
 * share are kept once. What is read again is the same to the last bit.
 *
 * @param slots by name
 * @param arrays the voxels, by number
 */
public record CarriedSlots(Map<String, Slot> slots, List<CarriedArray> arrays) {

  /** What a slot holds. */
  enum Kind {
    ABSENT,
    VOLUME,
    MASK,
    SCORES,
    BOX,
    NUMBER,
    TRUTH
  }

  /**
   * A slot.
   *
   * @param grid its size and its affine's three rows, for what lies on one
   * @param box a box, or the frame of a mask, as its first voxel and the first behind it
   * @param arrays the numbers of its voxels' arrays
   * @param unit as {@link Volume.Stored#unit}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Slot(
      Kind kind, Grid grid, List<Integer> box, List<Integer> arrays, float[] unit, Double number) {

    static Slot of(Kind kind) {
      return new Slot(kind, null, null, null, null, null);
    }
  }

  /** A grid: voxels along x, y and z, and the affine from them to mm in RAS+. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Grid(int x, int y, int z, double[] affine) {

    static Grid of(Geometry geometry) {
      Size size = geometry.size();
      return new Grid(size.x(), size.y(), size.z(), geometry.affine().toArray());
    }

    Geometry geometry() {
      return new Geometry(new Size(x, y, z), Affine.of(affine));
    }
  }

  /**
   * Keeps what slots hold.
   *
   * @param values by the slots' names; nothing for those that are absent
   * @param name under which voxels are kept, with a number behind it
   * @throws IOException if it cannot be kept now
   */
  public static CarriedSlots keep(
      Map<String, Optional<Object>> values, CarryPlace place, String name) throws IOException {
    Keeping keeping = new Keeping(place, name);
    Map<String, Slot> slots = new TreeMap<>();
    for (Map.Entry<String, Optional<Object>> value : values.entrySet()) {
      slots.put(
          value.getKey(),
          value.getValue().isPresent()
              ? keeping.slot(value.getValue().get())
              : Slot.of(Kind.ABSENT));
    }
    return new CarriedSlots(slots, keeping.arrays);
  }

  private static final class Keeping {
    private final CarryPlace place;
    private final String name;
    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
    private final List<CarriedArray> arrays = new ArrayList<>();

    Keeping(CarryPlace place, String name) {
      this.place = place;
      this.name = name;
    }

    private int number(Object array) throws IOException {
      Integer known = numbers.get(array);
      if (known != null) {
        return known;
      }
      int number = arrays.size();
      arrays.add(CarriedArray.keep(array, place, "%s/%d".formatted(name, number)));
      numbers.put(array, number);
      return number;
    }

    Slot slot(Object value) throws IOException {
      if (value instanceof Volume volume) {
        Volume.Stored stored = volume.stored();
        return new Slot(
            Kind.VOLUME,
            Grid.of(volume.geometry()),
            null,
            List.of(number(stored.voxels())),
            stored.unit(),
            null);
      } else if (value instanceof Mask mask) {
        byte[] framed = mask.cropped(mask.frame()).toBytes();
        return new Slot(
            Kind.MASK,
            Grid.of(mask.geometry()),
            corners(mask.frame()),
            List.of(number(framed)),
            null,
            null);
      } else if (value instanceof Scores scores) {
        List<Integer> channels = new ArrayList<>();
        for (int c = 0; c < scores.channels(); c++) {
          channels.add(number(scores.channel(c).toFloats()));
        }
        return new Slot(Kind.SCORES, Grid.of(scores.geometry()), null, channels, null, null);
      } else if (value instanceof Box box) {
        return new Slot(Kind.BOX, null, corners(box), null, null, null);
      } else if (value instanceof Boolean truth) {
        return new Slot(Kind.TRUTH, null, null, null, null, truth ? 1.0 : 0.0);
      } else if (value instanceof Double number) {
        return new Slot(Kind.NUMBER, null, null, null, null, number);
      }
      throw new IllegalArgumentException(
          "A %s cannot be handed over.".formatted(value.getClass().getSimpleName()));
    }
  }

  private static List<Integer> corners(Box box) {
    return List.of(box.x0(), box.y0(), box.z0(), box.x1(), box.y1(), box.z1());
  }

  private static Box box(List<Integer> c) {
    return new Box(c.get(0), c.get(1), c.get(2), c.get(3), c.get(4), c.get(5));
  }

  /**
   * What the slots hold.
   *
   * @throws CarriedLostException if what was kept is not there any more, or is not what it was
   * @throws IOException if it cannot be had now
   */
  public Map<String, Optional<Object>> values(CarryPlace place) throws IOException {
    List<Object> voxels = new ArrayList<>();
    for (CarriedArray array : arrays) {
      voxels.add(array.get(place));
    }
    Map<String, Optional<Object>> values = new TreeMap<>();
    slots.forEach((name, slot) -> values.put(name, Optional.ofNullable(value(slot, voxels))));
    return values;
  }

  private static Object value(Slot slot, List<Object> voxels) {
    return switch (slot.kind) {
      case ABSENT -> null;
      case VOLUME ->
          Volume.of(
              slot.grid.geometry(), new Volume.Stored(voxels.get(slot.arrays.get(0)), slot.unit));
      case MASK ->
          Mask.of(slot.grid.geometry(), box(slot.box), (byte[]) voxels.get(slot.arrays.get(0)));
      case SCORES ->
          Scores.of(
              slot.grid.geometry(), slot.arrays.stream().map(voxels::get).toArray(float[][]::new));
      case BOX -> box(slot.box);
      case NUMBER -> slot.number;
      case TRUTH -> slot.number == 1;
    };
  }
}
