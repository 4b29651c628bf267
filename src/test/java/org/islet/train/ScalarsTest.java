package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog.SessionStatus;
import org.tensorflow.types.TString;

class ScalarsTest {

  @TempDir private Path folder;

  /** TensorFlow's own reader of records, which checks the sums, reads them back. */
  @Test
  void tensorflow_reads_the_records() throws Exception {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss/dice", 0.25);
    values.put("rate", 0.002);
    try (Scalars scalars = new Scalars(folder, 3)) {
      scalars.add(4, values);
      scalars.add(5, Map.of("loss/dice", 0.125));
    }
    List<Event> events = new ArrayList<>();
    for (byte[] record : records()) {
      events.add(Event.parseFrom(record));
    }
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    assertEquals(SessionStatus.START, events.get(1).getSessionLog().getStatus());
    assertEquals(4, events.get(1).getStep(), "the first that is not done yet");
    assertEquals(4, events.get(2).getStep());
    assertEquals("loss/dice", events.get(2).getSummary().getValue(0).getTag());
    assertEquals(0.25f, events.get(2).getSummary().getValue(0).getSimpleValue());
    assertEquals("rate", events.get(2).getSummary().getValue(1).getTag());
    assertEquals(0.125f, events.get(3).getSummary().getValue(0).getSimpleValue());
    assertEquals(4, events.size());
  }

  @Test
  void on_a_full_disk_the_file_is_named_in_a_sentence() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "There is no /dev/full here.");
    long now = System.currentTimeMillis() / 1000;
    for (long second = now; second < now + 30; second++) {
      String name = "events.out.tfevents.%010d.islet".formatted(second);
      Files.createSymbolicLink(folder.resolve(name), full);
    }
    String refusal = assertThrows(IOException.class, () -> new Scalars(folder, 0)).getMessage();
    assertTrue(
        refusal.matches(".*\\.islet could not be written \\(No space left on device\\)\\. .*"),
        refusal);
  }

  private List<byte[]> records() throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    List<byte[]> records = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var names = tf.io.fifoQueue(List.of(TString.class));
      var name = tf.io.queueEnqueue(names, List.of(tf.constant(file.toString())));
      var close = tf.io.queueClose(names);
      var next = tf.io.readerRead(tf.io.tfRecordReader(), names);
      try (Session session = new Session(graph)) {
        session.run(name);
        session.run(close);
        while (true) {
          try (var result = session.runner().fetch(next.value()).run()) {
            records.add(((TString) result.get(0)).asBytes().getObject());
          }
        }
      } catch (TFOutOfRangeException end) {
        return records;
      }
    }
  }
}
