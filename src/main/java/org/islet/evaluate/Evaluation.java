package org.islet.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Scores cases, one at a time; one that cannot be scored does not keep the others from it. */
public final class Evaluation {

  /** Scores one case when its turn comes. */
  public interface Scoring {

    /**
     * @throws IOException if a file cannot be read or the case failed; the message is a sentence
     * @throws IllegalArgumentException if masks cannot be compared; the message is a sentence
     */
    CaseScores run() throws IOException;
  }

  private final Subject subject;
  private final Consumer<String> progress;

  /**
   * @param progress is told a line about each case
   */
  public Evaluation(Subject subject, Consumer<String> progress) {
    this.subject = subject;
    this.progress = progress;
  }

  /**
   * Scores each case. Where there are folds, whatever is in none of them is left out.
   *
   * @param cases by name
   * @param unpaired cases that cannot be scored
   */
  public Report run(Map<String, Scoring> cases, List<Problem> unpaired) {
    List<CaseScores> scores = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    unpaired.stream().filter(p -> isWanted(p.name())).forEach(problems::add);
    int number = 0;
    for (Map.Entry<String, Scoring> c : cases.entrySet()) {
      String name = c.getKey();
      String line = "%d of %d: %s".formatted(++number, cases.size(), name);
      if (!isWanted(name)) {
        progress.accept(line + " is in no fold; left out.");
        continue;
      }
      progress.accept(line);
      try {
        scores.add(c.getValue().run());
      } catch (IOException | IllegalArgumentException e) {
        problems.add(new Problem(name, e.getMessage()));
      } catch (OutOfMemoryError e) {
        problems.add(
            new Problem(
                name, "it takes more Java heap than there is: set ISLET_JAVA_OPTS=-Xmx…g."));
      }
    }
    return new Report(subject, scores, problems);
  }

  private boolean isWanted(String name) {
    return subject.folds().isEmpty() || subject.foldOf(name).isPresent();
  }
}
