package org.islet.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.ChildJvm;
import org.islet.job.Workbench;
import org.islet.stage.Case;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, each with a record of its own, on one folder. */
class TwoWorkersTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int CTS = 200;

  @TempDir Path home;
  private Path intake;

  /** A worker on a shared folder, which prints the number of each CT that it begins. */
  public static final class FolderWorker {
    public static void main(String[] arguments) throws Exception {
      Path shared = Path.of(arguments[1]);
      try (Workbench bench = new Workbench(Path.of(arguments[0]), FolderWorker::work)) {
        DefaultCamelContext context = InboxFixture.watch(shared, bench, "delay=20&minAge=20");
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        context.stop();
      }
    }

    private static void work(Case c) {
      System.out.println(Workbench.number(c));
      Workbench.find(c);
    }
  }

  @BeforeEach
  void makeFolders() throws IOException {
    intake = home.resolve("intake");
    Files.createDirectories(intake.resolve("in"));
  }

  private ChildJvm worker(String name) throws IOException {
    ChildJvm worker =
        ChildJvm.start(FolderWorker.class, Files.createDirectories(home.resolve(name)), home);
    assertEquals("ready", worker.line());
    return worker;
  }

  private static Thread collect(ChildJvm worker, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try {
                for (String line = worker.line(); line != null; line = worker.line()) {
                  lines.add(line);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    reader.start();
    return reader;
  }

  private void arrive(int count) throws IOException {
    for (int number = 0; number < count; number++) {
      Path hidden = Workbench.ct(intake.resolve("in/.arriving.nii"), number);
      Files.move(hidden, intake.resolve("in/ct-%03d.nii".formatted(number)));
    }
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(intake.resolve(folder))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private void assertAllDoneOnce(int count) throws IOException {
    assertEquals(
        IntStream.range(0, count).mapToObj("ct-%03d.nii"::formatted).toList(), names("done"));
    assertEquals(List.of(), names("failed"));
    assertEquals(List.of(), names("in"));
    await().atMost(SOON).until(() -> names("in-progress").isEmpty());
  }

  @Test
  void each_ct_is_worked_on_by_one_of_them_once() throws Exception {
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    try (ChildJvm one = worker("one");
        ChildJvm two = worker("two")) {
      Thread firstReader = collect(one, first);
      Thread secondReader = collect(two, second);
      arrive(CTS);
      await().atMost(SOON).until(() -> names("done").size() >= CTS);
      assertAllDoneOnce(CTS);
      assertEquals(0, one.end());
      assertEquals(0, two.end());
      firstReader.join();
      secondReader.join();
    }
    assertFalse(first.isEmpty() || second.isEmpty(), "only one of them worked");
    assertEquals(
        IntStream.range(0, CTS).mapToObj(String::valueOf).sorted().toList(),
        Stream.concat(first.stream(), second.stream()).sorted().toList());
  }

  @Test
  void what_one_had_taken_that_was_killed_is_done_by_the_other() throws Exception {
    int count = 60;
    List<String> first = new CopyOnWriteArrayList<>();
    try (ChildJvm one = worker("one")) {
      Thread firstReader = collect(one, first);
      arrive(count);
      await().atMost(SOON).until(() -> !first.isEmpty());
      one.kill();
      firstReader.join();
      try (ChildJvm two = worker("two")) {
        collect(two, new CopyOnWriteArrayList<>());
        await().atMost(SOON).until(() -> names("done").size() >= count);
        assertAllDoneOnce(count);
        assertEquals(0, two.end());
      }
    }
  }
}
