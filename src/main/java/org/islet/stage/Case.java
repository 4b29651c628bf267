package org.islet.stage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Volume;

/**
 * One CT being segmented: its identity and its slots, which are written once and may then be read
 * by any thread. Only a loop's next pass writes a slot again, by {@link #replace} or after {@link
 * #forget}.
 */
public final class Case {

  /** The slot that holds the CT in HU, in the orientation that every stage sees (RAS). */
  public static final Slot<Volume> CT = new Slot<>("ct", Volume.class);

  private final String id;
  private final Map<String, Object> slots;
  private final CopyOnWriteArrayList<String> warnings;
  private final CopyOnWriteArrayList<String> models;
  private final List<StageRun> runs;
  private final Consumer<StageRun> listener;
  private final long made;

  /** The only slots that may be read and written; nothing where all may. */
  private final Optional<Ports> ports;

  /** A case whose slot {@code ct} holds the CT. */
  public Case(String id, Volume ct) {
    this(id, ct, run -> {});
  }

  /** A case that tells somebody of each stage that ends. */
  public Case(String id, Volume ct, Consumer<StageRun> listener) {
    this.id = id;
    this.slots = new ConcurrentHashMap<>();
    this.warnings = new CopyOnWriteArrayList<>();
    this.models = new CopyOnWriteArrayList<>();
    this.runs = new CopyOnWriteArrayList<>();
    this.listener = listener;
    this.made = System.nanoTime();
    this.ports = Optional.empty();
    put(CT, ct);
  }

  /**
   * What goes with a case that is handed over.
   *
   * @param slots their values; nothing for those that are absent
   * @param seconds how long ago it was made, without what it waited in between
   */
  public record Carried(
      String id,
      Map<String, Optional<Object>> slots,
      List<String> warnings,
      List<String> models,
      List<StageRun> runs,
      double seconds) {}

  /** What a slot may hold that goes with a case which is handed over. */
  private static final Set<Class<?>> TRAVELLING =
      Set.of(Volume.class, Mask.class, Box.class, Scores.class, Double.class, Boolean.class);

  /** Whether slots of a type can go with a case that is handed over. */
  public static boolean canTravel(Class<?> type) {
    return TRAVELLING.contains(type);
  }

  /** A case that was handed over. */
  public Case(Carried carried, Consumer<StageRun> listener) {
    this.id = carried.id();
    this.slots = new ConcurrentHashMap<>();
    carried.slots().forEach((name, value) -> slots.put(name, value.orElse(Absent.ABSENT)));
    this.warnings = new CopyOnWriteArrayList<>(carried.warnings());
    this.models = new CopyOnWriteArrayList<>(carried.models());
    this.runs = new CopyOnWriteArrayList<>(carried.runs());
    this.listener = listener;
    this.made = System.nanoTime() - (long) (carried.seconds() * 1e9);
    this.ports = Optional.empty();
  }

  /**
   * What goes with this case when it is handed over.
   *
   * @param names of the slots that are needed; those that were not written are left out
   */
  public Carried carried(Collection<String> names) {
    Map<String, Optional<Object>> values = new TreeMap<>();
    for (String name : names) {
      Object value = slots.get(name);
      if (value != null) {
        values.put(name, value instanceof Absent ? Optional.empty() : Optional.of(value));
      }
    }
    return new Carried(id, values, warnings(), List.copyOf(models), runs(), secondsSinceMade());
  }

  private Case(Case whole, Ports ports) {
    this.id = whole.id;
    this.slots = whole.slots;
    this.warnings = whole.warnings;
    this.models = whole.models;
    this.runs = whole.runs;
    this.listener = whole.listener;
    this.made = whole.made;
    this.ports = Optional.of(ports);
  }

  /** This case as a stage has it, which reads and writes the slots that it declares, no others. */
  Case with(Ports declared) {
    return new Case(this, declared);
  }

  public String id() {
    return id;
  }

  /**
   * The value of a slot.
   *
   * @throws IllegalStateException if nothing was written to it, it is absent, it holds another
   *     type, or it is none that the stage declares
   */
  public <T> T get(Slot<T> slot) {
    return find(slot)
        .orElseThrow(
            () -> new IllegalStateException("The slot '" + slot.name() + "' has no value here."));
  }

  /**
   * The value of a slot, or nothing if it is absent.
   *
   * @throws IllegalStateException if nothing was written to it, it holds another type, or it is
   *     none that the stage declares
   */
  public <T> Optional<T> find(Slot<T> slot) {
    ports.ifPresent(declared -> declared.requireReadable(slot));
    Object value = slots.get(slot.name());
    if (value == null) {
      throw new IllegalStateException(
          "The slot '%s' is read before anything was written to it; written so far: %s."
              .formatted(slot.name(), writtenSoFar()));
    }
    if (value instanceof Absent) {
      return Optional.empty();
    }
    if (!slot.type().isInstance(value)) {
      throw new IllegalStateException(
          "The slot '%s' holds a %s, but a %s is wanted here."
              .formatted(
                  slot.name(), value.getClass().getSimpleName(), slot.type().getSimpleName()));
    }
    return Optional.of(slot.type().cast(value));
  }

  private String writtenSoFar() {
    return String.join(", ", slots.keySet().stream().sorted().toList());
  }

  /** The values of those of some slots that are not absent, in their order. */
  public <T> List<T> present(List<Slot<T>> among) {
    return among.stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /**
   * Writes a slot.
   *
   * @throws IllegalStateException if it was written before, or is none that the stage declares
   * @throws IllegalArgumentException if the value is null or of another type than the slot's
   */
  public <T> void put(Slot<T> slot, T value) {
    requireValue(slot, value);
    putOnce(slot, value);
  }

  private static void requireValue(Slot<?> slot, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "The slot '%s' was given null; write a %s, or mark it absent."
              .formatted(slot.name(), slot.type().getSimpleName()));
    }
    if (!slot.type().isInstance(value)) {
      throw new IllegalArgumentException(
          "The slot '%s' was given a %s; write a %s."
              .formatted(
                  slot.name(), value.getClass().getSimpleName(), slot.type().getSimpleName()));
    }
  }

  /**
   * Says that a slot has no value because there is nothing to put there, such as the box around an
   * empty mask. A stage that reads an absent slot does not run, and what it would have written is
   * absent too.
   */
  public void markAbsent(Slot<?> slot) {
    putOnce(slot, Absent.ABSENT);
  }

  private void putOnce(Slot<?> slot, Object value) {
    ports.ifPresent(declared -> declared.requireWritable(slot));
    if (slots.putIfAbsent(slot.name(), value) != null) {
      throw new IllegalStateException(
          "The slot '"
              + slot.name()
              + "' is written a second time; give each output its own name.");
    }
  }

  /**
   * Gives a slot that was written before another value, where it had been absent too.
   *
   * @throws IllegalStateException if it was not written before, is the CT's, or is none that the
   *     stage declares
   * @throws IllegalArgumentException if the value is null or of another type than the slot's
   */
  public <T> void replace(Slot<T> slot, T value) {
    requireValue(slot, value);
    replaceWritten(slot, value);
  }

  /**
   * Says that a slot that was written before has no value any more.
   *
   * @throws IllegalStateException if it was not written before, or is the CT's
   */
  public void replaceByAbsent(Slot<?> slot) {
    replaceWritten(slot, Absent.ABSENT);
  }

  private void replaceWritten(Slot<?> slot, Object value) {
    ports.ifPresent(declared -> declared.requireWritable(slot));
    requireNotCt(slot.name());
    if (slots.replace(slot.name(), value) == null) {
      throw new IllegalStateException(
          "The slot '%s' is to be replaced before anything was written to it; written so far: %s."
              .formatted(slot.name(), writtenSoFar()));
    }
  }

  /**
   * Makes slots as if they had never been written, so that another pass over the same steps can
   * write them. Slots that were not written stay so.
   *
   * @throws IllegalStateException if one is the CT's, or a stage asks for it; then none is
   *     forgotten
   */
  public void forget(Collection<String> names) {
    if (ports.isPresent()) {
      throw new IllegalStateException(
          "A stage cannot make slots forgotten; only a route's loop can.");
    }
    names.forEach(Case::requireNotCt);
    slots.keySet().removeAll(names);
  }

  private static void requireNotCt(String name) {
    if (name.equals(CT.name())) {
      throw new IllegalStateException(
          "The slot 'ct' holds the CT, which can neither be replaced nor forgotten.");
    }
  }

  /**
   * Whether a slot was written or marked absent.
   *
   * @throws IllegalStateException if it is none that the stage declares
   */
  public boolean isWritten(Slot<?> slot) {
    ports.ifPresent(declared -> declared.requireReadable(slot));
    return slots.containsKey(slot.name());
  }

  /** The slots of a type that hold a value, by name; for a stage, of those that it declares. */
  public <T> Map<String, T> slotsOf(Class<T> type) {
    Map<String, T> found = new TreeMap<>();
    slots.forEach(
        (name, value) -> {
          boolean mayBeRead = ports.map(declared -> declared.mayRead(name)).orElse(true);
          if (mayBeRead && type.isInstance(value)) {
            found.put(name, type.cast(value));
          }
        });
    return found;
  }

  /**
   * Records something that whoever reads the result should know; the same sentence only once.
   *
   * @throws IllegalArgumentException if it is null or says nothing
   */
  public void warn(String sentence) {
    if (sentence == null || sentence.isBlank()) {
      throw new IllegalArgumentException("A warning must be a sentence, but it says nothing.");
    }
    warnings.addIfAbsent(sentence);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Records that a model, given as {@code name/version}, had a part in this case. */
  void recordModel(String model) {
    models.addIfAbsent(model);
  }

  /** The models that had a part, as {@code name/version}, in alphabetical order. */
  public List<String> models() {
    return models.stream().sorted().toList();
  }

  /** How long ago the case was made, in seconds. */
  double secondsSinceMade() {
    return (System.nanoTime() - made) / 1e9;
  }

  /** Records that a stage ended. */
  void record(StageRun run) {
    runs.add(run);
    listener.accept(run);
  }

  /** The stages that ended so far, in the order in which they did. */
  public List<StageRun> runs() {
    return List.copyOf(runs);
  }

  @Override
  public String toString() {
    return "case " + id;
  }

  private enum Absent {
    ABSENT
  }
}
