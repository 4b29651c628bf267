package org.islet.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.islet.carry.CarryFolder;
import org.islet.format.NiftiReader;
import org.islet.job.Gate;
import org.islet.job.HeapBudget;
import org.islet.job.JobLog;
import org.islet.job.Role;
import org.islet.job.Segmenter;
import org.islet.job.WorkRules;
import org.islet.job.Workplace;
import org.islet.store.Database;
import org.islet.store.JobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkHealthTest {

  @TempDir Path folder;
  private Database database;
  private JobStore store;
  private Gate gate;
  private Workplace workplace;
  private final WorkReadiness readiness = new WorkReadiness();
  private final WorkLiveness liveness = new WorkLiveness();

  @BeforeEach
  void open() throws Exception {
    database = Database.serve(folder);
    store = new JobStore(database);
    gate = new Gate(store, List.of(folder), 0, Optional::empty);
    WorkRules rules =
        new WorkRules(
            1,
            1,
            0,
            Duration.ZERO,
            Duration.ofSeconds(3),
            Duration.ofHours(1),
            Duration.ZERO,
            Set.of(),
            Optional.empty());
    Segmenter segmenter = new Segmenter(new NiftiReader(1), new HeapBudget(1, 1 << 20));
    workplace =
        new Workplace(
            Role.ALL,
            store,
            folder,
            rules,
            new Workplace.Tools(
                segmenter, null, null, null, new JobLog(), gate, new CarryFolder(folder)));
    workplace.start();
  }

  @AfterEach
  void close() throws Exception {
    workplace.stop();
    workplace.close();
    database.close();
  }

  private Map<String, Object> told(Status status) {
    HealthCheckResponse answer = readiness.call();
    assertEquals(status, answer.getStatus());
    return answer.getData().orElse(Map.of());
  }

  @Test
  void a_service_that_starts_is_alive_but_not_ready() {
    assertEquals(Status.UP, liveness.call().getStatus());
    assertEquals(Map.of("reason", "The doors are not open yet."), told(Status.DOWN));
  }

  @Test
  void a_door_that_an_operator_has_shut_is_told_and_leaves_the_service_ready() {
    readiness.show(store, workplace);
    liveness.show(workplace);
    store.pauses().set("folder", Optional.of("maintenance"));
    gate.shut("folder");
    Map<String, Object> told = told(Status.UP);
    assertEquals("reached", told.get("record"));
    assertEquals(0L, told.get("waiting"));
    assertTrue(told.get("shut-door-folder").toString().contains("maintenance"), told::toString);
    assertEquals(Status.UP, liveness.call().getStatus());
  }

  @Test
  void without_what_it_needs_the_service_is_not_ready() {
    readiness.show(store, workplace);
    readiness.need("broker", Optional::empty);
    assertEquals("reached", told(Status.UP).get("broker"));
    readiness.need("broker", () -> Optional.of("The broker is away."));
    assertEquals("The broker is away.", told(Status.DOWN).get("broker"));
  }

  @Test
  void without_its_record_the_service_is_alive_but_not_ready() {
    readiness.show(store, workplace);
    liveness.show(workplace);
    database.close();
    assertTrue(told(Status.DOWN).get("record").toString().startsWith("The store cannot be asked"));
    assertEquals(Status.UP, liveness.call().getStatus());
  }

  @Test
  void parts_of_the_work_that_do_not_move_are_named_until_they_are_to_stand_still() {
    assertEquals(
        List.of("islet-care", "islet-lease", "islet-dispatch"),
        workplace.stuck(Duration.ofNanos(-1)));
    assertEquals(List.of(), workplace.stuck(Duration.ofMinutes(1)));
    workplace.stop();
    assertEquals(List.of(), workplace.stuck(Duration.ZERO));
  }
}
