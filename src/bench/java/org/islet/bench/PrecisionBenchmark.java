package org.islet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.islet.camel.LiveRoutes;
import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.job.SegmentationRoute;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.model.ProcessorSettings;
import org.islet.phantom.Phantom;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Precision;
import org.islet.stage.SliceAxis;
import org.islet.stage.StageCatalogue;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * Takes phantoms through the bundled route in float32 on the CPU and in another precision, on the
 * CPU or a GPU, and prints as Markdown how much each network's probabilities and the masks differ,
 * and how much faster it was. Each network gets the same input in both, in turns; in the other
 * twice, as a GPU tries out at the first what is fastest for that size.
 */
public final class PrecisionBenchmark {

  private static final Size SIZE = new Size(512, 512, 240);
  private static final String ROUTE = "pancreas-two-stage";
  private static final long MEMORY = 1500L << 20;
  private static final long FIRST_SEED = 77_000;

  private final ProcessorSettings device;
  private final Precision precision;
  private final Map<String, Differences> networks = new TreeMap<>();
  private final Differences masks = new Differences();

  /** What the other precision answered in the comparison: the same input is not computed twice. */
  private final Map<Input, Mask> answered = new ConcurrentHashMap<>();

  /**
   * A volume that a model was run on.
   *
   * @param values a hash of its values
   */
  private record Input(String model, Geometry grid, int values) {
    static Input of(Network network, Volume volume) {
      return new Input(network.id(), volume.geometry(), Arrays.hashCode(volume.toFloats()));
    }
  }

  private PrecisionBenchmark(ProcessorSettings device, Precision precision) {
    this.device = device;
    this.precision = precision;
  }

  /**
   * @param args how many phantoms, the precision, and the device as {@code islet.inference.device}
   *     has it; then, if it is given, the GPU's memory as {@code islet.inference.gpu-memory} has it
   */
  public static void main(String... args) throws IOException {
    int phantoms = Integer.parseInt(args[0]);
    Precision precision = Precision.of(args[1]);
    ProcessorSettings device =
        ProcessorSettings.of(
            args[2], args.length > 3 ? args[3] : "growth", precision == Precision.TF32);
    System.out.printf("%s, %s%n", Measurement.machine(), Measurement.tensorFlow());
    new PrecisionBenchmark(device, precision).run(phantoms);
  }

  /** What is found for one network, or for the route's masks. */
  private static final class Differences {
    private double largest;
    private double sum;
    private long voxels;
    private final List<Double> reference = new ArrayList<>();
    private final List<Double> first = new ArrayList<>();
    private final List<Double> other = new ArrayList<>();
    private final List<Double> agreement = new ArrayList<>();

    void add(Volume a, Volume b) {
      for (int i = 0; i < a.size().count(); i++) {
        double difference = Math.abs(a.at(i) - b.at(i));
        largest = Math.max(largest, difference);
        sum += difference;
        voxels++;
      }
    }

    private static double median(List<Double> values) {
      return Measurement.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double least(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
  }

  private void run(int phantoms) throws IOException {
    InferenceMemory memory = new InferenceMemory(MEMORY);
    ProcessorSettings cpu = ProcessorSettings.of("cpu", "growth", false);
    try (ModelStore own = new ModelStore(Path.of("models"), memory, cpu, (id, took) -> {});
        ModelStore changed = new ModelStore(Path.of("models"), memory, device, (id, took) -> {});
        StageCatalogue stages = StageCatalogue.onClassPath()) {
      System.out.printf("float32 on the CPU, %s on %s%n%n", precision.word(), changed.runsOn());
      try (LiveRoutes compared = routes(stages, own, changed);
          LiveRoutes alone = routes(stages, null, changed);
          SegmentationRoute reference = compared.open(ROUTE);
          SegmentationRoute other = alone.open(ROUTE)) {
        for (int i = 0; i < phantoms; i++) {
          Phantom phantom = Phantom.generate(FIRST_SEED + i, Phantom.wholeAbdomen(SIZE));
          compare(phantom, reference, other, i);
        }
      }
    }
    print(phantoms);
  }

  private void compare(
      Phantom phantom, SegmentationRoute reference, SegmentationRoute other, int i) {
    answered.clear();
    Mask a = mask(reference, phantom, i);
    Mask b = mask(other, phantom, i);
    masks.reference.add(100 * a.dice(phantom.pancreas()));
    masks.other.add(100 * b.dice(phantom.pancreas()));
    masks.agreement.add(100 * a.dice(b));
    System.err.printf(Locale.ROOT, "%d: %.2f %% of %s%n", i + 1, 100 * a.dice(b), a.count());
  }

  private static Mask mask(SegmentationRoute route, Phantom phantom, int i) {
    Case c = new Case("phantom-" + i, phantom.ct());
    route.run(c);
    return c.find(RoutePlan.RESULT).orElseGet(() -> Mask.empty(phantom.ct().geometry()));
  }

  private LiveRoutes routes(StageCatalogue stages, ModelStore reference, ModelStore other) {
    return new LiveRoutes(
        Path.of("routes"),
        stages,
        new RouteModels.Source() {
          @Override
          public RouteModels open() {
            return new Opened(
                reference == null ? Optional.empty() : Optional.of(reference.open()), other.open());
          }

          @Override
          public String state() {
            return "";
          }
        });
  }

  /** Models in the other precision; or, where there is a reference, that and a comparison. */
  private final class Opened implements RouteModels {

    private final Optional<OpenModels> reference;
    private final OpenModels other;

    Opened(Optional<OpenModels> reference, OpenModels other) {
      this.reference = reference;
      this.other = other;
    }

    @Override
    public Network get(String model, NetworkOptions options) {
      NetworkOptions changed = new NetworkOptions(Optional.of(precision), false);
      Network mine = other.get(model, changed);
      return reference
          .<Network>map(own -> new Compared(own.get(model, options), mine))
          .orElseGet(() -> new Remembering(mine));
    }

    @Override
    public CaseReport.Model describe(String id) {
      return CaseReport.Model.of(id, other.digest(id), null);
    }

    @Override
    public void close() {
      reference.ifPresent(OpenModels::close);
      other.close();
    }
  }

  private void print(int phantoms) {
    System.out.println(
        "| model | largest difference in probability | mean | float32, s | other at first, s | other, s | times as fast"
            + " |\n|---|---|---|---|---|---|---|");
    networks.forEach(
        (id, d) -> {
          double own = Differences.median(d.reference);
          double other = Differences.median(d.other);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.2g | %.2g | %.3f | %.3f | %.3f | %.2f |%n",
              id,
              d.largest,
              d.sum / d.voxels,
              own,
              Differences.median(d.first),
              other,
              own / other);
        });
    System.out.printf(
        Locale.ROOT,
        "%n| masks of %d phantoms | DSC, mean | least |%n|---|---|---|%n"
            + "| float32 against the truth | %.2f | %.2f |%n"
            + "| %s against the truth | %.2f | %.2f |%n"
            + "| one against the other | %.3f | %.3f |%n",
        phantoms,
        Differences.mean(masks.reference),
        Differences.least(masks.reference),
        precision.word(),
        Differences.mean(masks.other),
        Differences.least(masks.other),
        Differences.mean(masks.agreement),
        Differences.least(masks.agreement));
  }

  /** The voxels that the bundled cards take for the organ. */
  private static Mask mask(Volume probabilities) {
    return probabilities.within(Math.nextUp(0.5f), 1);
  }

  /** A network that does all but segmenting as another does. */
  private abstract static class Like implements Network {

    final Network own;

    Like(Network own) {
      this.own = own;
    }

    @Override
    public String id() {
      return own.id();
    }

    @Override
    public Precision precision() {
      return own.precision();
    }

    @Override
    public Optional<SliceAxis> slices() {
      return own.slices();
    }

    @Override
    public int channels() {
      return own.channels();
    }

    @Override
    public Optional<String> strangeness(Volume volume) {
      return own.strangeness(volume);
    }

    @Override
    public Scores scores(Volume volume) {
      return own.scores(volume);
    }

    @Override
    public long bytes(Size input) {
      return own.bytes(input);
    }

    @Override
    public int tiles(Size input) {
      return own.tiles(input);
    }

    @Override
    public OptionalDouble gigaflops(Size input) {
      return own.gigaflops(input);
    }
  }

  /** Answers as in the comparison, where it was asked the same there. */
  private final class Remembering extends Like {

    Remembering(Network own) {
      super(own);
    }

    @Override
    public Mask segment(Volume volume) {
      Mask known = answered.get(Input.of(own, volume));
      return known == null ? own.segment(volume) : known;
    }
  }

  /** Answers as the reference does, and notes how another differs on the same volume. */
  private final class Compared extends Like {

    private final Network other;

    Compared(Network own, Network other) {
      super(own);
      this.other = other;
    }

    /** One network at a time, so that times are not of two. */
    @Override
    public Mask segment(Volume volume) {
      synchronized (networks) {
        Differences differences = networks.computeIfAbsent(own.id(), id -> new Differences());
        Volume a = timed(own, volume, differences.reference);
        timed(other, volume, differences.first);
        Volume b = timed(other, volume, differences.other);
        differences.add(a, b);
        answered.put(Input.of(own, volume), mask(b));
        return mask(a);
      }
    }

    private Volume timed(Network network, Volume volume, List<Double> seconds) {
      long start = System.nanoTime();
      Scores scores = network.scores(volume);
      seconds.add((System.nanoTime() - start) / 1e9);
      return scores.channel(0);
    }
  }
}
