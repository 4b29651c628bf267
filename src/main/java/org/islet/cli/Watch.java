package org.islet.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.islet.overview.CaseHistory;
import org.islet.overview.Changes;
import org.islet.overview.Overview;
import org.islet.store.StoreException;

/**
 * Shows again and again how work stands: on a terminal in place, elsewhere as a line for each
 * change.
 */
final class Watch {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final String HOME = "\033[H";
  private static final String CLEAR = "\033[2J";
  private static final String END_OF_LINE = "\033[K";
  private static final String END_OF_SCREEN = "\033[J";

  private final PrintWriter out;
  private final boolean terminal;
  private boolean begun;
  private String trouble = "";

  /** Shows on a writer; whether that is a terminal the launcher knows. */
  Watch(PrintWriter out) {
    this(out, Boolean.getBoolean("launcher.terminal.out"));
  }

  Watch(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows overviews until nobody reads them any more or the thread is interrupted. */
  void overviews(Supplier<Overview> look) throws InterruptedException {
    Changes changes = new Changes();
    while (!Output.isLost(out)) {
      try {
        Overview seen = look.get();
        show(seen.text(), changes.in(seen));
        trouble = "";
      } catch (StoreException e) {
        tell(e.getMessage());
      }
      Thread.sleep(INTERVAL.toMillis());
    }
  }

  /** Shows a case until it has ended or nobody reads of it any more. */
  void history(Supplier<CaseHistory> look) throws InterruptedException {
    String before = "";
    CaseHistory seen = look.get();
    while (true) {
      String line = seen.line();
      show(seen.text(), line.equals(before) ? List.of() : List.of(line));
      if (seen.hasEnded() || Output.isLost(out)) {
        return;
      }
      before = line;
      Thread.sleep(INTERVAL.toMillis());
      seen = look.get();
    }
  }

  /** The record may be away for a while, as when the service is started anew. */
  private void tell(String sentence) {
    show(sentence, sentence.equals(trouble) ? List.of() : List.of(sentence));
    trouble = sentence;
  }

  private void show(String text, List<String> changes) {
    if (terminal) {
      out.print(begun ? HOME : CLEAR + HOME);
      text.lines().forEach(line -> out.print(line + END_OF_LINE + "\n"));
      out.print(END_OF_SCREEN);
    } else {
      changes.forEach(out::println);
    }
    begun = true;
    out.flush();
  }
}
