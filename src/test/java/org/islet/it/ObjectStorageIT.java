package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.islet.object.S3Client;
import org.islet.object.S3Gateway;
import org.islet.object.S3Gateway.Fault;
import org.islet.object.S3Server;
import org.islet.object.S3Store;
import org.islet.object.StoredObject;
import org.islet.store.Database;
import org.islet.store.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CTs out of object storage, results into it. */
class ObjectStorageIT {

  private static final String ROOT = "s3://" + S3Server.BUCKET;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private S3Server server;
  private S3Gateway gateway;
  private S3Client client;
  private Trial trial;
  private int port;

  @BeforeEach
  void open() throws IOException {
    server = S3Server.mock(folder.resolve("server"));
    gateway = new S3Gateway(server.address());
    client = new S3Client(server.settings());
    trial = new Trial(folder, 2);
    S3Store inputs = client.store("cts");
    for (Trial.Ct ct : trial.cts()) {
      inputs.put(ct.name(), ct.file());
    }
    port = Trial.freePort();
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    server.close();
  }

  private List<String> storage() {
    return List.of(
        "-Dislet.s3.endpoint=" + gateway.address(),
        "-Dislet.s3.access-key=" + S3Server.ACCESS_KEY,
        "-Dislet.s3.secret-key=" + S3Server.SECRET_KEY,
        "-Dislet.s3.path-style=true");
  }

  private IsletProcess serve(Path home, String... more) throws IOException {
    List<String> options = new ArrayList<>(storage());
    options.addAll(
        List.of(
            "-Dislet.queue.port=" + port,
            "-Dislet.queue.roots=" + ROOT + "/cts",
            "-Dislet.results=" + ROOT + "/results"));
    options.addAll(List.of(more));
    return IsletProcess.start(folder, options, "serve", "--home", home.toString(), "--port", "0");
  }

  private void ask(QueueClient queue, String id, String input) {
    assertTrue(
        queue.send(
            JSON.createObjectNode()
                .put("version", 1)
                .put("id", id)
                .put("input", input)
                .put("reply", QueueClient.REPLIES)
                .toString()));
  }

  private List<JsonNode> replies(QueueClient queue, int count) {
    List<JsonNode> replies = new ArrayList<>();
    await()
        .atMost(Trial.PATIENCE)
        .until(
            () -> {
              replies.addAll(queue.replies());
              return replies.size() >= count;
            });
    assertEquals(count, replies.size());
    return replies;
  }

  private IsletProcess verify(String... results) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(List.of(results));
    IsletProcess verify = IsletProcess.start(folder, storage(), arguments.toArray(String[]::new));
    verify.exitCode();
    return verify;
  }

  private List<String> keys(String folder) throws IOException {
    return client.store("results").list(folder).stream().map(StoredObject::key).toList();
  }

  @Test
  void a_request_by_amqp_takes_a_ct_from_storage_and_its_result_goes_there() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    try (IsletProcess islet = serve(home)) {
      Trial.awaitStart(islet);
      QueueClient queue = new QueueClient(port);
      ask(queue, "one", ROOT + "/cts/" + trial.cts().get(0).name());
      ask(queue, "none", ROOT + "/cts/none.nii.gz");
      ask(queue, "elsewhere", ROOT + "/other/ct.nii.gz");
      List<JsonNode> replies = replies(queue, 3);
      JsonNode done = reply(replies, "one");
      String place = done.at("/result/place").asText();
      assertEquals("done", done.at("/type").asText(), done.toString());
      assertEquals(ROOT + "/results/" + done.at("/case").asText(), place);
      assertEquals("not-found", reply(replies, "none").at("/failure/code").asText());
      assertEquals("not-allowed", reply(replies, "elsewhere").at("/failure/code").asText());
      try (IsletProcess verify = verify(place)) {
        String expected =
            "%s: whole, 3 files, manifest sha256 %s\n"
                .formatted(done.at("/case").asText(), done.at("/result/sha256").asText());
        assertEquals(expected, verify.out(), verify.err());
      }
      assertEquals(4, keys("").size());
      assertFalse(Files.exists(home.resolve("results")));
      assertEquals(List.of(), left(home.resolve("data/downloads")));
      assertEquals(List.of(), left(home.resolve("data/scratch")));
      doorsWaitWhileStorageIsAway(queue, islet);
      aDamagedResultIsFoundOut(place);
      assertFalse(islet.err().contains(S3Server.SECRET_KEY));
      assertFalse(islet.err().contains(trial.cts().get(0).name()), islet.err());
    }
  }

  private static JsonNode reply(List<JsonNode> replies, String id) {
    return replies.stream().filter(r -> r.at("/id").asText().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> left(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private void doorsWaitWhileStorageIsAway(QueueClient queue, IsletProcess islet) throws Exception {
    gateway.set(Fault.OVERLOADED);
    await().atMost(Trial.PATIENCE).until(() -> islet.err().contains("results cannot be put away"));
    ask(queue, "waits", ROOT + "/cts/" + trial.cts().get(1).name());
    Thread.sleep(2000);
    assertEquals(List.of(), queue.replies());
    gateway.set(Fault.NONE);
    assertEquals("empty", replies(queue, 1).get(0).at("/type").asText());
  }

  private void aDamagedResultIsFoundOut(String place) throws Exception {
    String caseId = place.substring(place.lastIndexOf('/') + 1);
    String mask = keys(caseId).stream().filter(k -> k.endsWith("mask.nii.gz")).findAny().get();
    client.store("results").put(mask, new byte[] {1});
    try (IsletProcess verify = verify(place, ROOT + "/results/none")) {
      assertEquals(1, verify.exitCode());
      assertTrue(verify.err().contains("mask.nii.gz has 1 bytes, but had"), verify.err());
      assertTrue(verify.err().contains("/results/none: There is no manifest.json"), verify.err());
    }
  }

  @Test
  void storage_that_would_overwrite_results_is_refused_at_the_start() throws Exception {
    gateway.set(Fault.UNCONDITIONAL);
    try (IsletProcess islet = serve(Files.createDirectories(folder.resolve("home")))) {
      assertEquals(2, islet.exitCode());
      assertTrue(islet.err().contains("islet.results cannot be used."), islet.err());
      assertTrue(islet.err().contains("If-None-Match"), islet.err());
    }
    assertEquals(List.of(), keys(""));
  }

  /** What a killed worker put is no result, and the next attempt makes one. */
  @Test
  void a_worker_that_is_killed_before_the_manifest_leaves_no_result() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    QueueClient queue = new QueueClient(port);
    try (IsletProcess islet = serve(home)) {
      Trial.awaitStart(islet);
      gateway.hold("/manifest.json");
      ask(queue, "one", ROOT + "/cts/" + trial.cts().get(0).name());
      await().atMost(Trial.PATIENCE).until(() -> keys("").size() == 3);
      islet.kill();
    }
    assertEquals(List.of(), keys("").stream().filter(k -> k.endsWith("manifest.json")).toList());
    gateway.hold("");
    try (IsletProcess islet = serve(home)) {
      Trial.awaitStart(islet);
      JsonNode done = replies(queue, 1).get(0);
      assertEquals("done", done.at("/type").asText(), done.toString());
      try (IsletProcess verify = verify(done.at("/result/place").asText())) {
        assertTrue(verify.out().contains("whole, 3 files"), verify.err());
      }
      assertEquals(3 + 4, keys("").size(), "what was left goes after a day");
    }
  }

  /** Where nothing that processes share lies in a folder, each has a home of its own. */
  @Test
  void a_worker_with_a_home_of_its_own_takes_a_ct_to_its_result_and_keeps_nothing()
      throws Exception {
    Path first = Files.createDirectories(folder.resolve("first"));
    Path second = Files.createDirectories(folder.resolve("second"));
    try (PostgresServer database = PostgresServer.startOrSkip()) {
      Database.Address address = database.newDatabase("islet");
      String[] all = {
        "-Dislet.store.url=" + address.url(),
        "-Dislet.store.user=" + address.user(),
        "-Dislet.carried=" + ROOT + "/carried"
      };
      String[] worker = {"-Dislet.role=worker", "-Dislet.queue.url=amqp://127.0.0.1:" + port};
      try (IsletProcess intake = serve(first, with(all, "-Dislet.role=intake"))) {
        Trial.awaitStart(intake);
        try (IsletProcess alone = serve(second, with(worker, all[0], all[1]))) {
          assertEquals(2, alone.exitCode());
          assertTrue(alone.err().contains("set islet.results and islet.carried"), alone.err());
        }
        try (IsletProcess working = serve(second, with(all, worker))) {
          await().atMost(Trial.PATIENCE).until(() -> working.isReady());
          QueueClient queue = new QueueClient(port);
          ask(queue, "one", ROOT + "/cts/" + trial.cts().get(0).name());
          JsonNode done = replies(queue, 1).get(0);
          assertEquals("done", done.at("/type").asText(), done.toString());
          assertEquals(4, keys("").size());
          assertEquals(List.of(), left(second.resolve("data/downloads")));
          assertEquals(List.of(), left(first.resolve("data/downloads")));
        }
      }
    }
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
