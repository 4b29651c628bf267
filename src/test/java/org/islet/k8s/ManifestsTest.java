package org.islet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.cli.ServiceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the overlays is what Kubernetes knows and what the application takes. */
public class ManifestsTest {

  private static final Path DOCUMENTATION = Path.of("docs/kubernetes.md");
  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

  /** A test of each overlay. */
  @ParameterizedTest
  @ValueSource(strings = {"single-node", "cpu", "gpu", "keda"})
  @Retention(RetentionPolicy.RUNTIME)
  private @interface OfEachOverlay {}

  private static Overlay overlay(String name) throws IOException, InterruptedException {
    return Overlay.render("k8s/overlays/" + name);
  }

  /** An overlay that is written as if it lay in k8s/overlays, with a route of its own. */
  private static Overlay overlay(String name, String written)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target/k8s").resolve(name));
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        written
            .replaceAll("(?<!/)\\.\\./(cpu|gpu|keda)(?=[]\\n])", "../../../k8s/overlays/$1")
            .replaceAll("(?<!/)\\.\\./\\.\\./(?!\\.)", "../../../k8s/"));
    Files.writeString(folder.resolve("mine.yaml"), "");
    return Overlay.render(folder.toString());
  }

  private static List<Deployment> deployments(String overlay)
      throws IOException, InterruptedException {
    List<Deployment> deployments = overlay(overlay).all(Deployment.class);
    assertFalse(deployments.isEmpty());
    return deployments;
  }

  private static PodSpec pod(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static Container container(Deployment deployment) {
    assertEquals(1, pod(deployment).getContainers().size());
    return pod(deployment).getContainers().get(0);
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
  }

  private static Map<String, String> labels(Deployment deployment) {
    return deployment.getSpec().getTemplate().getMetadata().getLabels();
  }

  /** The variables whose values are known; those of secrets are not. */
  private static Map<String, String> environment(Overlay overlay, Deployment deployment) {
    Map<String, String> environment = new TreeMap<>();
    container(deployment).getEnvFrom().stream()
        .filter(from -> from.getConfigMapRef() != null)
        .map(from -> configMap(overlay, from.getConfigMapRef().getName()))
        .forEach(config -> environment.putAll(config.getData()));
    for (EnvVar each : container(deployment).getEnv()) {
      if (each.getValue() != null) {
        environment.put(each.getName(), each.getValue());
      }
    }
    return environment;
  }

  private static boolean hasConfigMap(Overlay overlay, String name) {
    return overlay.all(ConfigMap.class).stream()
        .anyMatch(map -> map.getMetadata().getName().equals(name));
  }

  private static ConfigMap configMap(Overlay overlay, String name) {
    return overlay.all(ConfigMap.class).stream()
        .filter(map -> map.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no ConfigMap " + name));
  }

  @OfEachOverlay
  void every_object_is_of_kubernetes_own_types_and_in_the_namespace(String name) throws Exception {
    Overlay overlay = overlay(name);
    assertTrue(overlay.objects().size() >= 6);
    for (Deployment each : overlay.all(Deployment.class)) {
      assertEquals("islet", each.getMetadata().getNamespace());
      assertTrue(labels(each).entrySet().containsAll(selector(each).entrySet()), name(each));
    }
  }

  private static Map<String, String> selector(Deployment deployment) {
    return deployment.getSpec().getSelector().getMatchLabels();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: apps/v1, kind: Deployment, spec: {replica: 1}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{livenessProbe: {httpGet: {url: /}}}]}}}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{env: [{name: A, value: 5}]}]}}}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: two}}",
        "{apiVersion: apps/v1beta9, kind: Deployment}",
        "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: {minReplicas: 0}}"
      })
  void what_kubernetes_does_not_know_is_refused(String yaml) {
    assertThrows(IllegalArgumentException.class, () -> Overlay.of(yaml));
  }

  @OfEachOverlay
  void every_variable_is_a_setting_with_a_value_that_it_may_have(String name) throws Exception {
    Overlay overlay = overlay(name);
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(PROPERTIES));
    for (Deployment each : overlay.all(Deployment.class)) {
      Map<String, String> all = new TreeMap<>(environment(overlay, each));
      container(each).getEnv().forEach(variable -> all.putIfAbsent(variable.getName(), ""));
      ServiceSettings.require(all);
      for (String variable : all.keySet()) {
        String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        assertTrue(
            variable.startsWith("ISLET_") || properties.containsKey(property),
            variable + " is nothing that Islet sets itself");
      }
      assertEquals("0.0.0.0", all.get("QUARKUS_HTTP_HOST"), name(each));
    }
  }

  @OfEachOverlay
  void secrets_are_named_and_documented_and_never_here(String name) throws Exception {
    Overlay overlay = overlay(name);
    String documentation = Files.readString(DOCUMENTATION);
    Stream<SecretKeySelector> ofPods =
        overlay.all(Deployment.class).stream()
            .flatMap(each -> container(each).getEnv().stream())
            .filter(variable -> variable.getValueFrom() != null)
            .map(variable -> variable.getValueFrom().getSecretKeyRef());
    Stream<SecretKeySelector> ofKeda =
        overlay.all(KedaTypes.TriggerAuthentication.class).stream()
            .flatMap(each -> each.spec().secretTargetRef().stream())
            .map(target -> new SecretKeySelector(target.key(), target.name(), false));
    for (SecretKeySelector each : Stream.concat(ofPods, ofKeda).toList()) {
      assertTrue(
          documentation.matches(
              "(?s).*create secret generic %s [^`]*--from-literal=%s=.*"
                  .formatted(each.getName(), each.getKey())),
          each + " is not documented");
    }
    for (Deployment each : overlay.all(Deployment.class)) {
      environment(overlay, each)
          .keySet()
          .forEach(variable -> assertFalse(variable.matches(".*(PASSWORD|KEY)"), variable));
      for (EnvFromSource from : container(each).getEnvFrom()) {
        if (from.getSecretRef() != null) {
          assertEquals(true, from.getSecretRef().getOptional());
          assertTrue(
              documentation.contains("create secret generic " + from.getSecretRef().getName()));
        }
      }
    }
  }

  @OfEachOverlay
  void a_node_may_be_given_up_as_nothing_is_lost_with_what_lies_on_it(String name)
      throws Exception {
    for (Deployment each : deployments(name)) {
      Set<String> onNode =
          pod(each).getVolumes().stream()
              .filter(volume -> volume.getEmptyDir() != null)
              .map(Volume::getName)
              .collect(Collectors.toSet());
      assertEquals(
          String.join(",", onNode),
          each.getSpec()
              .getTemplate()
              .getMetadata()
              .getAnnotations()
              .get("cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"));
    }
  }

  @OfEachOverlay
  void every_mounted_path_is_one_that_islet_reads_or_writes(String name) throws Exception {
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(PROPERTIES));
    String root =
        Files.readAllLines(Path.of("k8s/image/serve.options")).stream()
            .filter(option -> option.startsWith("-Dlauncher.root="))
            .map(option -> option.substring("-Dlauncher.root=".length()))
            .findFirst()
            .orElseThrow();
    for (Deployment each : deployments(name)) {
      List<String> arguments = container(each).getArgs();
      assertEquals(List.of("serve", "--home"), arguments.subList(0, 2));
      Set<String> known = new HashSet<>(Set.of(arguments.get(2), "/tmp"));
      for (String folder : List.of("islet.routes", "islet.models", "islet.stages")) {
        known.add(properties.getProperty(folder).replace("${launcher.root:.}", root));
      }
      Set<String> mounted = new TreeSet<>();
      for (VolumeMount mount : container(each).getVolumeMounts()) {
        assertTrue(known.contains(mount.getMountPath()), mount.getMountPath());
        assertTrue(mounted.add(mount.getName()), mount.getName());
        boolean written = Set.of("/data", "/tmp").contains(mount.getMountPath());
        assertEquals(written ? null : true, mount.getReadOnly(), mount.getMountPath());
      }
      assertEquals(
          pod(each).getVolumes().stream().map(Volume::getName).collect(Collectors.toSet()),
          mounted);
      boolean needsHome = !labels(each).get("app.kubernetes.io/component").equals("web");
      assertEquals(needsHome, mounted.contains("home"), name(each));
    }
  }

  @OfEachOverlay
  void claims_and_config_maps_that_pods_name_are_there(String name) throws Exception {
    Overlay overlay = overlay(name);
    Set<String> claims =
        overlay.all(PersistentVolumeClaim.class).stream()
            .map(claim -> claim.getMetadata().getName())
            .collect(Collectors.toSet());
    for (Deployment each : overlay.all(Deployment.class)) {
      for (Volume volume : pod(each).getVolumes()) {
        if (volume.getPersistentVolumeClaim() != null) {
          assertTrue(claims.contains(volume.getPersistentVolumeClaim().getClaimName()));
        }
      }
    }
  }

  @OfEachOverlay
  void the_mounted_routes_are_those_of_the_repository(String name) throws Exception {
    Overlay overlay = overlay(name);
    Map<String, String> expected = new TreeMap<>();
    for (String folder : List.of("", "intake/")) {
      try (Stream<Path> files = Files.list(Path.of("routes", folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
          expected.put(folder + file.getFileName(), Files.readString(file));
        }
      }
    }
    if (name.equals("keda")) {
      expected.put("two-pools.yaml", Files.readString(Path.of("routes/examples/two-pools.yaml")));
      expected.replaceAll(
          (file, text) ->
              file.startsWith("intake/")
                  ? text.replaceAll("(?m)^#.*\n", "")
                      .replace("submit:pancreas-two-stage", "submit:two-pools")
                  : text);
    }
    for (Deployment each : overlay.all(Deployment.class)) {
      for (Volume volume : pod(each).getVolumes()) {
        if (volume.getProjected() != null) {
          assertEquals(expected, files(overlay, volume.getProjected().getSources()));
        }
      }
    }
  }

  /** The files of config maps, by their paths in the volume. */
  public static Map<String, String> files(Overlay overlay, List<VolumeProjection> sources) {
    Map<String, String> files = new TreeMap<>();
    for (VolumeProjection source : sources) {
      boolean optional = Boolean.TRUE.equals(source.getConfigMap().getOptional());
      Map<String, String> data =
          optional && !hasConfigMap(overlay, source.getConfigMap().getName())
              ? Map.of()
              : configMap(overlay, source.getConfigMap().getName()).getData();
      if (source.getConfigMap().getItems().isEmpty()) {
        files.putAll(data);
      }
      source
          .getConfigMap()
          .getItems()
          .forEach(item -> files.put(item.getPath(), data.get(item.getKey())));
    }
    return files;
  }

  @OfEachOverlay
  void probes_ask_health_at_the_port_that_the_service_listens_on(String name) throws Exception {
    for (Deployment each : deployments(name)) {
      Container container = container(each);
      assertEquals(1, container.getPorts().size());
      assertEquals("http", container.getPorts().get(0).getName());
      assertEquals(
          ImageDescription.read().stages().get("cpu").exposed(),
          container.getPorts().get(0).getContainerPort().toString());
      assertProbe("/q/health/started", container.getStartupProbe());
      assertProbe("/q/health/live", container.getLivenessProbe());
      assertProbe("/q/health/ready", container.getReadinessProbe());
      assertTrue(
          container.getStartupProbe().getPeriodSeconds()
                  * container.getStartupProbe().getFailureThreshold()
              >= 120,
          "a busy node needs time");
    }
  }

  private static void assertProbe(String path, Probe probe) {
    assertEquals(path, probe.getHttpGet().getPath());
    assertEquals("http", probe.getHttpGet().getPort().getStrVal());
  }

  @OfEachOverlay
  void a_pod_is_killed_no_sooner_than_the_service_ends_by_itself(String name) throws Exception {
    Overlay overlay = overlay(name);
    for (Deployment each : overlay.all(Deployment.class)) {
      String grace = environment(overlay, each).get("ISLET_CASES_GRACE");
      assertTrue(
          pod(each).getTerminationGracePeriodSeconds()
              >= ServiceSettings.time(grace).plus(ServiceSettings.patience()).toSeconds(),
          name(each));
    }
  }

  @OfEachOverlay
  void pods_may_do_nothing_that_they_need_not(String name) throws Exception {
    for (Deployment each : deployments(name)) {
      assertRestricted(pod(each));
    }
  }

  private static void assertRestricted(PodSpec pod) throws IOException {
    String[] user = ImageDescription.read().stages().get("cpu").user().split(":", -1);
    assertEquals(false, pod.getAutomountServiceAccountToken());
    assertEquals(false, pod.getEnableServiceLinks());
    assertEquals(true, pod.getSecurityContext().getRunAsNonRoot());
    assertEquals(Long.valueOf(user[0]), pod.getSecurityContext().getRunAsUser());
    assertEquals(Long.valueOf(user[1]), pod.getSecurityContext().getRunAsGroup());
    assertEquals(Long.valueOf(user[1]), pod.getSecurityContext().getFsGroup());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    for (Container container : pod.getContainers()) {
      assertEquals(false, container.getSecurityContext().getAllowPrivilegeEscalation());
      assertEquals(true, container.getSecurityContext().getReadOnlyRootFilesystem());
      assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
    }
  }

  @OfEachOverlay
  void memory_is_asked_for_as_it_is_limited_and_the_service_fits(String name) throws Exception {
    Overlay overlay = overlay(name);
    for (Deployment each : overlay.all(Deployment.class)) {
      Map<String, Quantity> limits = container(each).getResources().getLimits();
      assertEquals(
          limits.get("memory"), container(each).getResources().getRequests().get("memory"));
      assertTrue(container(each).getResources().getRequests().containsKey("cpu"));
      long limit = Quantity.getAmountInBytes(limits.get("memory")).longValueExact();
      String role = environment(overlay, each).getOrDefault("ISLET_ROLE", "all");
      long taken =
          Set.of("all", "worker").contains(role)
              ? MemoryShares.read().taken(limit)
              : MemoryShares.read().heap(limit) + MemoryShares.REST_WITHOUT_NETWORKS;
      assertTrue(taken <= limit, "%s takes %d MiB".formatted(name(each), taken >> 20));
    }
  }

  @OfEachOverlay
  void images_are_those_of_the_dockerfile(String name) throws Exception {
    Set<String> known =
        ImageDescription.read().stages().keySet().stream()
            .map(stage -> "islet-" + stage)
            .collect(Collectors.toSet());
    for (Deployment each : deployments(name)) {
      assertTrue(known.contains(container(each).getImage().replaceFirst(":.*", "")), name(each));
    }
  }

  @OfEachOverlay
  void every_pod_is_behind_a_network_policy_and_every_selector_finds_pods(String name)
      throws Exception {
    Overlay overlay = overlay(name);
    List<Deployment> deployments = overlay.all(Deployment.class);
    for (Deployment each : deployments) {
      assertTrue(
          overlay.all(NetworkPolicy.class).stream()
              .filter(
                  policy ->
                      Set.copyOf(policy.getSpec().getPolicyTypes())
                          .equals(Set.of("Ingress", "Egress")))
              .anyMatch(
                  policy -> selects(policy.getSpec().getPodSelector().getMatchLabels(), each)),
          name(each));
    }
    for (PodDisruptionBudget each : overlay.all(PodDisruptionBudget.class)) {
      Map<String, String> labels = each.getSpec().getSelector().getMatchLabels();
      assertEquals(1, deployments.stream().filter(d -> selects(labels, d)).count());
    }
    for (Service each : overlay.all(Service.class)) {
      Map<String, String> labels = each.getSpec().getSelector();
      assertEquals(1, deployments.stream().filter(d -> selects(labels, d)).count());
      assertEquals("http", each.getSpec().getPorts().get(0).getTargetPort().getStrVal());
    }
  }

  private static boolean selects(Map<String, String> selector, Deployment deployment) {
    return labels(deployment).entrySet().containsAll(selector.entrySet());
  }

  @Test
  void roles_are_split_but_on_a_single_node() throws Exception {
    assertEquals(Set.of("all"), roles("single-node"));
    assertEquals(Set.of("intake", "worker", "web"), roles("cpu"));
    assertEquals(Set.of("intake", "worker", "web"), roles("gpu"));
    assertEquals("Recreate", deployments("single-node").get(0).getSpec().getStrategy().getType());
  }

  private static Set<String> roles(String name) throws Exception {
    Overlay overlay = overlay(name);
    return overlay.all(Deployment.class).stream()
        .map(each -> environment(overlay, each).getOrDefault("ISLET_ROLE", "all"))
        .collect(Collectors.toSet());
  }

  @Test
  void a_worker_on_a_gpu_has_one_to_itself_and_may_run_where_they_are() throws Exception {
    assertOnGpus(overlay("gpu"), "islet-worker");
  }

  @Test
  void the_documented_patch_gives_networks_more_of_a_gpu() throws Exception {
    Matcher patch =
        Pattern.compile("(?s)```yaml\n(patches:\n.*?INFERENCE_MEMORY.*?)```")
            .matcher(Files.readString(DOCUMENTATION));
    assertTrue(patch.find());
    Overlay overlay = overlay("more-of-a-gpu", "resources: [../gpu]\n" + patch.group(1));
    for (Deployment each : overlay.all(Deployment.class)) {
      assertEquals(
          name(each).equals("islet-worker") ? "12G" : null,
          environment(overlay, each).get("ISLET_INFERENCE_MEMORY"));
    }
  }

  @Test
  void of_two_pools_the_second_may_be_on_gpus() throws Exception {
    assertOnGpus(
        overlay("keda-gpu", "resources: [../keda]\ncomponents: [../../gpu]\n"),
        "islet-worker-fine");
  }

  private static void assertOnGpus(Overlay overlay, String name) throws Exception {
    for (Deployment each : overlay.all(Deployment.class)) {
      boolean worker = name(each).equals(name);
      Container container = container(each);
      String memory = environment(overlay, each).getOrDefault("ISLET_INFERENCE_MEMORY", "30%");
      assertEquals(worker, !memory.endsWith("%"), "a percentage is not of the GPU");
      assertEquals(
          worker ? new Quantity("1") : null,
          container.getResources().getLimits().get("nvidia.com/gpu"));
      assertEquals(
          worker ? Map.of("nvidia.com/gpu.present", "true") : Map.of(),
          pod(each).getNodeSelector());
      assertEquals(worker ? 1 : 0, pod(each).getTolerations().size());
      assertEquals(worker, container.getImage().startsWith("islet-gpu:"));
    }
  }

  @Test
  void each_pool_has_workers_of_its_own_from_none_on() throws Exception {
    Overlay overlay = overlay("keda");
    Map<String, Deployment> workers =
        overlay.all(Deployment.class).stream()
            .filter(each -> environment(overlay, each).get("ISLET_ROLE").equals("worker"))
            .collect(Collectors.toMap(ManifestsTest::name, each -> each));
    List<KedaTypes.ScaledObject> scaled = overlay.all(KedaTypes.ScaledObject.class);
    assertEquals(2, scaled.size());
    assertEquals(2, workers.size());
    for (KedaTypes.ScaledObject each : scaled) {
      Deployment worker = workers.remove(each.spec().scaleTargetRef().name());
      String pool = environment(overlay, worker).get("ISLET_CASES_POOLS");
      assertEquals("islet-worker-" + pool, name(worker));
      assertEquals(null, worker.getSpec().getReplicas(), "KEDA says how many there are");
      assertEquals(0, each.spec().minReplicaCount());
      KedaTypes.Trigger trigger = each.spec().triggers().get(0);
      assertEquals("postgresql", trigger.type());
      assertTrue(trigger.metadata().query().endsWith("where pool = '%s'".formatted(pool)));
      assertEquals(0, asked(trigger.metadata().query()));
      assertEquals(
          overlay.all(KedaTypes.TriggerAuthentication.class).get(0).metadata().getName(),
          trigger.authenticationRef().name());
    }
    assertEquals(
        Set.of("host", "port", "dbName", "sslmode", "userName", "password"),
        overlay.all(KedaTypes.TriggerAuthentication.class).get(0).spec().secretTargetRef().stream()
            .map(KedaTypes.SecretTarget::parameter)
            .collect(Collectors.toSet()));
  }

  /** What a query says in a database without cases. */
  private static long asked(String query) throws Exception {
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = database.createStatement();
        Stream<Path> steps = Files.list(Path.of("src/main/resources/org/islet/store"))) {
      for (Path step : steps.sorted().toList()) {
        statement.execute(Files.readString(step));
      }
      try (ResultSet rows = statement.executeQuery(query)) {
        assertTrue(rows.next());
        return (Long) rows.getObject(1);
      }
    }
  }

  @Test
  void models_of_a_volume_take_the_place_of_those_in_the_image() throws Exception {
    Overlay overlay = overlay("models", "resources: [../cpu]\ncomponents: [../../models]\n");
    for (Deployment each : overlay.all(Deployment.class)) {
      assertEquals(
          !name(each).equals("islet-web"),
          container(each).getVolumeMounts().stream()
              .anyMatch(m -> m.getMountPath().equals("/islet/models") && m.getReadOnly()),
          name(each));
    }
    assertEquals(2, overlay.all(PersistentVolumeClaim.class).size());
  }

  /** The overlay of the documentation, as if it lay in k8s/overlays/ours. */
  @Test
  void the_documented_overlay_of_ones_own_renders_and_changes_what_it_says() throws Exception {
    Overlay overlay = overlay("ours", documented());
    for (Deployment each : overlay.all(Deployment.class)) {
      assertEquals(name(each).equals("islet-worker") ? 6 : 1, each.getSpec().getReplicas());
    }
    assertChanged(overlay);
  }

  @Test
  void it_renders_on_workers_from_none_too_as_the_documentation_says() throws Exception {
    String withoutReplicas = documented().replaceFirst("(?m)^replicas:\n( .*\n)+", "");
    Overlay overlay = overlay("ours-from-none", withoutReplicas.replace("../cpu", "../keda"));
    assertTrue(hasConfigMap(overlay, "islet-example-routes"));
    assertChanged(overlay);
  }

  private static String documented() throws IOException {
    Matcher written =
        Pattern.compile("(?s)```yaml\n(# k8s/overlays/ours/.*?)```")
            .matcher(Files.readString(DOCUMENTATION));
    assertTrue(written.find());
    return written.group(1);
  }

  private static void assertChanged(Overlay overlay) {
    for (Deployment each : overlay.all(Deployment.class)) {
      assertEquals("registry.example/islet-cpu:0.1.0", container(each).getImage());
      environment(overlay, each).forEach((k, v) -> ServiceSettings.require(Map.of(k, v)));
    }
    assertTrue(hasConfigMap(overlay, "islet-more-routes"));
    for (PersistentVolumeClaim claim : overlay.all(PersistentVolumeClaim.class)) {
      assertEquals("cephfs", claim.getSpec().getStorageClassName());
    }
  }

  @Test
  void the_pod_for_files_may_do_no_more_than_islet_and_has_its_home() throws Exception {
    Pod pod = Overlay.of(Files.readString(Path.of("k8s/files.yaml"))).all(Pod.class).get(0);
    assertRestricted(pod.getSpec());
    LabelSelector beside =
        pod.getSpec()
            .getAffinity()
            .getPodAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .get(0)
            .getLabelSelector();
    assertTrue(
        pod.getMetadata().getLabels().entrySet().containsAll(beside.getMatchLabels().entrySet()),
        "where nothing else runs it must find itself");
    assertEquals(
        "islet-home", pod.getSpec().getVolumes().get(0).getPersistentVolumeClaim().getClaimName());
  }
}
