package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSConsumer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.stage.StageRun;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.Order;
import org.islet.store.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueEventsTest {

  private static final long PATIENCE_MS = 10_000;

  @TempDir Path folder;

  @Test
  void what_people_do_with_a_case_is_told_as_what_the_work_does() throws Exception {
    try (QueueService queue = Doors.embedded(folder.resolve("broker"));
        Records records = Records.in(folder.resolve("data"));
        Peer peer = new Peer(queue.connections().consuming())) {
      JobStore store = records.store();
      JMSConsumer heard = peer.context().createConsumer(peer.context().createTopic(Doors.EVENTS));
      try (QueueEvents events = new QueueEvents(queue, store)) {
        Job job = records.accepted(QueueDoor.NAME, 'a', Order.of("r"), 1L);
        store.callOff(job.id());
        store.takeUntold(Set.of(QueueDoor.NAME)).forEach(events::ended);
        store.redrive(job.id());
        store.takeUntold(Set.of(QueueDoor.NAME)).forEach(events::redriven);
        assertEquals(
            List.of("cancelled", "accepted"), Stream.of(type(heard), type(heard)).toList());
      }
    }
  }

  @Test
  void each_stage_is_told_to_who_had_asked_before_it_or_a_moment_before() throws Exception {
    try (QueueService queue = Doors.embedded(folder.resolve("broker"));
        Records records = Records.in(folder.resolve("data"));
        Peer peer = new Peer(queue.connections().consuming())) {
      JMSConsumer heard = peer.context().createConsumer(peer.context().createTopic(Doors.EVENTS));
      try (QueueEvents events = new QueueEvents(queue, records.store())) {
        Job job = records.accepted(QueueDoor.NAME, 'a', Order.of("r"), 1L);
        events.began(job);
        events.stageEnded(job, stage("clip"), 1, 2);
        assertEquals(List.of("started", "stage"), List.of(type(heard), type(heard)));
        records.accepted("folder", 'a', Order.of("r"), 1L);
        Thread.sleep(1100);
        events.stageEnded(job, stage("infer"), 2, 2);
        assertEquals(
            List.of("stage", "stage"), List.of(type(heard), type(heard)), "to both that ask now");
      }
    }
  }

  private static StageRun stage(String name) {
    return new StageRun(name, "out", 0, 1);
  }

  private static String type(JMSConsumer heard) throws Exception {
    return heard.receive(PATIENCE_MS).getStringProperty("islet_type");
  }
}
