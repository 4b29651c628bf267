package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.islet.k8s.ImageDescription;
import org.islet.k8s.ImageDescription.Copy;
import org.islet.k8s.ImageDescription.Stage;
import org.islet.k8s.ManifestsTest;
import org.islet.k8s.Overlay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The pod of the overlay for a single node, without a cluster and without a container engine: what
 * the Dockerfile lays out, started as the manifests say, by nobody and on a read-only root.
 */
class PodIT {

  private static final Path FOLDER = Path.of("target/pod").toAbsolutePath();
  private static final Path IMAGE = FOLDER.resolve("image");
  private static final Path HOME = FOLDER.resolve("home");
  private static final Path ROUTES = FOLDER.resolve("routes");
  private static final int PORT = 8080;
  private static final int BROKER_PORT = 5672;

  private final MountedConfig routes = new MountedConfig(ROUTES);
  private Stage image;
  private Overlay overlay;
  private PodSpec pod;

  @BeforeEach
  void layOut() throws Exception {
    Container.assumePossible();
    assumeTrue(
        Files.isDirectory(Path.of(System.getProperty("java.home"), "jmods")),
        "this JDK has no modules of which a Java for the image could be made");
    overlay = Overlay.render("k8s/overlays/single-node");
    pod = overlay.all(Deployment.class).get(0).getSpec().getTemplate().getSpec();
    remove();
    Files.createDirectories(IMAGE);
    ImageDescription description = ImageDescription.read();
    image = description.stages().get("cpu");
    for (Copy copy : image.copies()) {
      copy(build(description, copy.stage()), copy);
    }
  }

  @AfterEach
  void remove() throws Exception {
    run("rm", "-rf", FOLDER.toString());
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command[0]);
  }

  /** Runs what makes a stage, once; the build by Maven was there before this test. */
  private static Path build(ImageDescription description, String name) throws Exception {
    Path root = FOLDER.resolve(name);
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root.resolve("opt/java/openjdk")); // as the image that builds has it
      Stage stage = description.stages().get(name);
      String workdir = description.stages().get(stage.base()).workdir();
      for (String command : stage.runs()) {
        if (!command.startsWith("mvn ")) {
          make(root, workdir, command);
        }
      }
    }
    return root;
  }

  private static void make(Path root, String workdir, String command) throws Exception {
    try (Container making =
        Container.start(
            root,
            workdir,
            "-",
            List.of(Path.of("").toAbsolutePath() + ":" + workdir + ":ro"),
            Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home")),
            List.of("sh", "-c", command),
            FOLDER.resolve("making.log"))) {
      making.awaitEnd();
    }
  }

  private static void copy(Path from, Copy copy) throws Exception {
    Path to = IMAGE.resolve(copy.to().substring(1));
    Files.createDirectories(to.getParent());
    run("cp", "-al", from.resolve(copy.from().substring(1)).toString(), to.toString());
    if (copy.owner() != null) {
      run("chown", "-R", copy.owner(), to.toString());
    }
  }

  /** Starts the pod's container with its volumes, as they are given to its group. */
  private Container start() throws Exception {
    List<String> mounts = new ArrayList<>();
    for (Volume volume : pod.getVolumes()) {
      Path folder = Files.createDirectories(FOLDER.resolve(volume.getName()));
      if (volume.getProjected() != null) {
        routes.put(ManifestsTest.files(overlay, volume.getProjected().getSources()));
      } else {
        run("chgrp", pod.getSecurityContext().getFsGroup().toString(), folder.toString());
        run("chmod", volume.getEmptyDir() == null ? "2775" : "2777", folder.toString());
      }
      VolumeMount mount =
          pod.getContainers().get(0).getVolumeMounts().stream()
              .filter(m -> m.getName().equals(volume.getName()))
              .findFirst()
              .orElseThrow();
      String mode = Boolean.TRUE.equals(mount.getReadOnly()) ? "ro" : "rw";
      mounts.add("%s:%s:%s".formatted(folder, mount.getMountPath(), mode));
    }
    Map<String, String> environment = new TreeMap<>(image.environment());
    for (EnvVar each : pod.getContainers().get(0).getEnv()) {
      environment.put(each.getName(), each.getValue());
    }
    List<String> command = new ArrayList<>(image.entrypoint());
    command.addAll(pod.getContainers().get(0).getArgs());
    return Container.start(
        IMAGE,
        image.workdir(),
        "%d:%d"
            .formatted(
                pod.getSecurityContext().getRunAsUser(), pod.getSecurityContext().getRunAsGroup()),
        mounts,
        environment,
        command,
        FOLDER.resolve("pod.log"));
  }

  private String readiness() {
    return pod.getContainers().get(0).getReadinessProbe().getHttpGet().getPath();
  }

  private static void awaitTrue(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(condition);
  }

  @Test
  void the_pod_does_its_work_as_nobody_and_writes_nowhere_but_into_its_volumes() throws Exception {
    Ready alone = launcher();
    long start = System.nanoTime();
    try (Container running = start()) {
      awaitTrue(() -> running.status(PORT, readiness()) == 200 || !running.isAlive());
      assertTrue(running.isAlive(), running::log);
      Ready inPod = new Ready((System.nanoTime() - start) / 1e9, running.processorSeconds());
      System.out.printf("ready: the pod after %s, ./islet serve after %s%n", inPod, alone);
      assertTrue(inPod.processor() < 1.3 * alone.processor() + 1, inPod + " against " + alone);
      Map<String, String> before = snapshot();

      assertEquals(
          200,
          running.status(
              PORT, pod.getContainers().get(0).getLivenessProbe().getHttpGet().getPath()));
      assertEquals(
          200,
          running.status(
              PORT, pod.getContainers().get(0).getStartupProbe().getHttpGet().getPath()));
      assertTrue(running.listens(BROKER_PORT, true), "the broker is for kubectl port-forward");
      assertFalse(running.listens(BROKER_PORT, false), "the broker is for nobody else");
      assertTrue(running.exec(image.health()).contains("UP"));

      assertTrue(running.exec(jna()).contains("Version:"), "a library of JNA that nothing unpacks");

      for (List<String> command : documented()) {
        running.exec(command);
      }
      awaitTrue(() -> !Trial.names(HOME.resolve("results")).isEmpty());
      Path result = HOME.resolve("results").resolve(one(HOME.resolve("results")));
      assertEquals(
          "done",
          new ObjectMapper()
              .readTree(result.resolve("result.json").toFile())
              .at("/outcome")
              .asText());
      assertTrue(Files.size(result.resolve("mask.nii.gz")) > 0);

      assertEquals(before, snapshot());
      assertRoutesReload(running);
      assertFalse(running.log().contains(" WARN "), running::log);
      assertEquals(143, running.end(), running::log);
    }
  }

  /** How long it takes to be ready, in seconds by the clock and of processors. */
  private record Ready(double clock, double processor) {
    @Override
    public String toString() {
      return "%.1f s (%.1f s of processors)".formatted(clock, processor);
    }
  }

  /** The same of ./islet serve. */
  private static Ready launcher() throws Exception {
    int port = Trial.freePort();
    Path home = Files.createDirectories(FOLDER.resolve("alone"));
    ProcessBuilder builder =
        new ProcessBuilder("./islet", "serve", "--home", home.toString(), "--port", port + "");
    builder.environment().put("ISLET_QUEUE_PORT", "0");
    builder.redirectErrorStream(true).redirectOutput(FOLDER.resolve("alone.log").toFile());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready")).build();
    HttpClient client = HttpClient.newHttpClient();
    long start = System.nanoTime();
    Process islet = builder.start();
    try {
      awaitTrue(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
      return new Ready(
          (System.nanoTime() - start) / 1e9,
          islet.info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
    } finally {
      islet.destroy();
      islet.waitFor();
    }
  }

  /** Starts JNA alone as the image does, which says what its library is. */
  private List<String> jna() throws IOException {
    try (Stream<Path> jars = Files.list(IMAGE.resolve("islet/quarkus-app/lib/main"))) {
      String jar =
          jars.map(path -> path.getFileName().toString())
              .filter(name -> name.startsWith("net.java.dev.jna.jna-"))
              .findFirst()
              .orElseThrow();
      List<String> command = new ArrayList<>(List.of("java"));
      Files.readAllLines(Path.of("k8s/image/serve.options")).stream()
          .filter(option -> option.startsWith("-Djna."))
          .forEach(command::add);
      command.addAll(List.of("-cp", "/islet/quarkus-app/lib/main/" + jar, "com.sun.jna.Native"));
      return command;
    }
  }

  /** What docs/kubernetes.md has done in pods for a first mask. */
  private static List<List<String>> documented() throws IOException {
    String guide = Files.readString(Path.of("docs/kubernetes.md"));
    String section = guide.substring(guide.indexOf("## A first mask"));
    List<List<String>> commands =
        section
            .lines()
            .filter(line -> line.matches("kubectl -n islet exec (deploy/islet|islet-files) -- .*"))
            .map(line -> List.of(line.replaceFirst(".*? -- ", "").split(" ", -1)))
            .limit(2)
            .toList();
    assertEquals(2, commands.size(), "a CT is made up, and moved to where it is taken");
    return commands;
  }

  private static String one(Path folder) throws IOException {
    List<String> names = List.copyOf(Trial.names(folder));
    assertEquals(1, names.size(), names::toString);
    return names.get(0);
  }

  private void assertRoutesReload(Container running) throws IOException {
    Map<String, String> changed = new TreeMap<>();
    for (Volume volume : pod.getVolumes()) {
      if (volume.getProjected() != null) {
        changed.putAll(ManifestsTest.files(overlay, volume.getProjected().getSources()));
      }
    }
    String name = "pancreas-two-stage.yaml";
    changed.computeIfPresent(name, (file, text) -> text.replace("margin=10", "margin=12"));
    assertTrue(changed.get(name).contains("margin=12"));
    routes.put(changed);
    awaitTrue(() -> running.log().contains("routes or models changed; the next case runs on them"));
  }

  /** All files of the image, with their sizes and times. */
  private static Map<String, String> snapshot() throws IOException {
    Map<String, String> seen = new TreeMap<>();
    try (Stream<Path> files = Files.walk(IMAGE)) {
      for (Path file : files.toList()) {
        seen.put(
            IMAGE.relativize(file).toString(),
            Files.readAttributes(file, "size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS)
                .toString());
      }
    }
    return seen;
  }
}
