package org.islet.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.islet.model.ProcessorSettings;
import org.islet.model.ProcessorSettings.Kind;
import org.islet.model.TensorFlowDevice;
import org.islet.train.Processor;

/**
 * TensorFlow, what it uses of the processor, and the GPUs that it sees; asked in another process.
 *
 * @param child prints what {@link Inside#TENSORFLOW} does
 * @param taking prints what {@link Inside#PROCESSOR} does; asked where there is a GPU
 * @param settings on what networks are to run
 * @param networkBytes the memory that they may take
 */
record TensorFlowProbe(Child child, Child taking, ProcessorSettings settings, long networkBytes)
    implements Probe {

  /** The first time, its library is unpacked. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String GPU = "gpu";
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  private static final List<String> TELLING =
      List.of(
          "avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8");

  /** What TensorFlow's log says of the processor, and of oneDNN. */
  private static final Pattern UNUSED =
      Pattern.compile("To enable the following instructions: (.*?), in other operations");

  /** What TensorFlow's log says of a library that it cannot load. */
  private static final Pattern MISSING =
      Pattern.compile("Could not load dynamic library '([^']+)'");

  private static final Pattern ONEDNN = Pattern.compile("oneDNN custom operations are on");

  @Override
  public String part() {
    return "tensorflow";
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public String whenSilent() {
    return "TensorFlow hangs while it is loaded; look at the GPU's driver (nvidia-smi), or set islet.inference.device to cpu.";
  }

  @Override
  public List<Finding> look() throws IOException, InterruptedException {
    Child.Output output = child.run();
    if (output.exit() != 0) {
      return List.of(
          Finding.wrong(
              part(),
              "it cannot be loaded (exit code %d): %s".formatted(output.exit(), last(output.err())),
              "Look whether this system is one that TensorFlow is built for (Linux x86-64 or arm64, macOS arm64), with glibc, and whether ~/.javacpp can be written."));
    }
    String log = String.join("\n", output.err());
    List<TensorFlowDevice> gpus = gpus(output);
    return List.of(
        processor(values(output.out(), Inside.VERSION).get(0).get(1), log, Processor.here()),
        gpus.isEmpty() ? none(missing(log), Files.exists(DRIVER)) : gpu(gpus, names(log)));
  }

  private static List<TensorFlowDevice> gpus(Child.Output output) {
    return values(output.out(), Inside.DEVICE).stream()
        .map(words -> new TensorFlowDevice(words.get(1), Long.parseLong(words.get(2))))
        .filter(TensorFlowDevice::isGpu)
        .toList();
  }

  private static String last(List<String> lines) {
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
  }

  private static List<List<String>> values(List<String> lines, String key) {
    return lines.stream()
        .map(line -> List.of(line.split(Inside.SEPARATOR, -1)))
        .filter(words -> words.get(0).equals(key))
        .toList();
  }

  /** Each GPU's name and number, as TensorFlow's log has it. */
  private static List<String> names(String log) {
    Matcher lines = Pattern.compile("device: \\d+, name: ([^,\\n]+),").matcher(log);
    List<String> names = new ArrayList<>();
    while (lines.find()) {
      names.add(lines.group(1));
    }
    return names;
  }

  Finding processor(String version, String log, Processor cpu) {
    boolean oneDnn = ONEDNN.matcher(log).find();
    Matcher unused = UNUSED.matcher(log);
    String features =
        TELLING.stream().filter(cpu.flags()::contains).collect(Collectors.joining(" "));
    String said =
        "TensorFlow %s, oneDNN %s; %s%s%s"
            .formatted(
                version,
                oneDnn ? "on" : "off",
                cpu.model().isEmpty() ? "a processor that does not tell of itself" : cpu.model(),
                features.isEmpty() ? "" : " with " + features,
                unused.find() ? ", of which oneDNN alone uses " + unused.group(1) : "");
    return oneDnn || cpu.model().isEmpty()
        ? Finding.ok(part(), said)
        : Finding.note(
            part(),
            said,
            "Set TF_ENABLE_ONEDNN_OPTS=1, as ./islet does: networks take about twice as long without.");
  }

  /** The libraries that TensorFlow did not find, where it was built for GPUs. */
  private static Optional<String> missing(String log) {
    Matcher each = MISSING.matcher(log);
    Set<String> libraries = new TreeSet<>();
    while (each.find()) {
      libraries.add(each.group(1));
    }
    return libraries.isEmpty() && !log.contains("Cannot dlopen some GPU libraries")
        ? Optional.empty()
        : Optional.of(
            libraries.isEmpty() ? "some of CUDA's libraries" : String.join(", ", libraries));
  }

  Finding gpu(List<TensorFlowDevice> gpus, List<String> names)
      throws IOException, InterruptedException {
    String seen = words(gpus, names);
    int wanted = settings.gpu().orElse(0);
    if (settings.kind() == Kind.CPU) {
      return Finding.note(
          GPU,
          seen + ", but networks run on the CPU",
          "That is what islet.inference.device=cpu says.");
    } else if (wanted >= gpus.size()) {
      return Finding.wrong(
          GPU,
          "%s; there is no gpu:%d".formatted(seen, wanted),
          "Set islet.inference.device to one that is there.");
    }
    String said =
        "%s; networks run on GPU:%d, TF32 %s"
            .formatted(seen, wanted, settings.tf32() ? "allowed" : "off");
    Child.Output output = taking.run();
    List<TensorFlowDevice> taken = gpus(output);
    if (taken.isEmpty()) {
      return Finding.wrong(
          GPU,
          "%s, but TensorFlow does not take it: %s".formatted(said, refusal(output)),
          "Look at what else runs there (nvidia-smi), and at islet.inference.device and .gpu-memory.");
    }
    long allowed = taken.get(0).memoryBytes();
    return networkBytes <= allowed
        ? Finding.ok(GPU, said)
        : Finding.wrong(
            GPU,
            "%s; islet.inference.memory is %d MiB, but they may take %d MiB there"
                .formatted(said, networkBytes >> 20, allowed >> 20),
            "Set no more than that, or a larger islet.inference.gpu-memory.");
  }

  private static String refusal(Child.Output output) {
    List<List<String>> refused = values(output.out(), Inside.REFUSED);
    return refused.isEmpty() ? last(output.err()) : refused.get(0).get(1);
  }

  private static String words(List<TensorFlowDevice> gpus, List<String> names) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < gpus.size(); i++) {
      words.add(gpus.get(i) + (i < names.size() ? " " + names.get(i) : ""));
    }
    return String.join(", ", words);
  }

  Finding none(Optional<String> missing, boolean driver) {
    String said =
        "TensorFlow sees none" + missing.map(m -> ", since it does not find " + m).orElse("");
    String todo =
        missing.isPresent()
            ? "Install CUDA 12.5 and cuDNN 9.3, or newer of both, where the loader finds them (LD_LIBRARY_PATH)"
            : "Build with mvn package -Pgpu, look at the driver (nvidia-smi) and at CUDA_VISIBLE_DEVICES";
    if (settings.kind() == Kind.GPU) {
      return Finding.wrong(
          GPU,
          said + ", but islet.inference.device asks for one",
          todo + ", or set islet.inference.device to auto or cpu.");
    } else if ((driver || missing.isPresent()) && settings.kind() == Kind.AUTO) {
      return Finding.note(
          GPU,
          said + (driver ? ", though NVIDIA's driver is there" : "") + "; networks run on the CPU",
          todo + ", or set islet.inference.device to cpu.");
    }
    return Finding.ok(GPU, said + "; networks run on the CPU");
  }
}
