package org.islet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.islet.format.Sha256;
import org.islet.publish.ResultCheck;

/**
 * A reader that watches a folder of results all the while: each result that it sees must be whole
 * at once, and never change.
 */
final class ResultWatcher implements AutoCloseable {

  private final Path results;
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::watch, "watcher");
  private volatile boolean closed;

  ResultWatcher(Path results) {
    this.results = results;
    thread.start();
  }

  private void watch() {
    while (!closed) {
      try {
        for (Path result : results()) {
          if (!seen.containsKey(name(result))) {
            check(result);
          }
        }
        Thread.sleep(2);
      } catch (IOException | InterruptedException e) {
        complaints.add("the watcher: " + e);
        return;
      }
    }
  }

  /** The results that a reader sees. */
  List<Path> results() throws IOException {
    if (!Files.isDirectory(results)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(results)) {
      return files.filter(f -> !name(f).startsWith(".")).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private void check(Path result) throws IOException {
    ResultCheck check = ResultCheck.of(result);
    check.problems().forEach(p -> complaints.add(name(result) + ": " + p));
    seen.put(name(result), digest(result));
  }

  private static String digest(Path result) throws IOException {
    Sha256 digest = new Sha256();
    try (Stream<Path> files = Files.list(result)) {
      for (Path file : files.sorted().toList()) {
        digest.add(name(file)).add(file);
      }
    }
    return digest.toHex();
  }

  /** What was wrong with any result at any time. */
  List<String> complaints() throws IOException {
    for (Path result : results()) {
      if (!seen.containsKey(name(result))) { // it has only just come
        check(result);
      }
    }
    List<String> all = new ArrayList<>(complaints);
    for (Path result : results()) {
      if (!digest(result).equals(seen.get(name(result)))) {
        all.add(name(result) + ": it changed");
      }
    }
    seen.keySet().stream()
        .filter(name -> !Files.exists(results.resolve(name)))
        .forEach(name -> all.add(name + ": it went away"));
    return all;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
