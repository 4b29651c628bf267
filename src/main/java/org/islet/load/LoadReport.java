package org.islet.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.islet.queue.ReplyMessage;

/** What came of a run: counts, throughput, and how long requests took. */
public final class LoadReport {

  /** The version of the JSON. */
  private static final int VERSION = 1;

  private static final JsonMapper JSON = new JsonMapper();

  private final String run;
  private final boolean intakeOnly;
  private final List<Fate> fates;
  private final Oddities oddities;
  private final Optional<String> trouble;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final Map<String, Integer> codes = new TreeMap<>();
  private final Map<String, Throughput> throughput;
  private final Map<Part, Spread> latency = new EnumMap<>(Part.class);

  /**
   * What was heard beside the first answer to each request.
   *
   * @param answeredAgain replies that said the same once more
   * @param contradicted replies that said something else than the first
   * @param ofOthers replies to requests of no number of this run
   * @param events that were heard of requests of this run
   */
  record Oddities(int answeredAgain, int contradicted, int ofOthers, int events) {}

  LoadReport(
      String run,
      boolean intakeOnly,
      List<Fate> fates,
      Oddities oddities,
      Optional<String> trouble) {
    this.run = run;
    this.intakeOnly = intakeOnly;
    this.fates = fates;
    this.oddities = oddities;
    this.trouble = trouble;
    fates.stream().map(Fate::answer).filter(Objects::nonNull).forEach(this::count);
    Instant start =
        fates.stream().map(Fate::sent).min(Comparator.naturalOrder()).orElse(Instant.MIN);
    throughput = new LinkedHashMap<>();
    throughput.put("confirmed", Throughput.of(start, times(Fate::confirmed)));
    throughput.put("accepted", Throughput.of(start, times(Fate::accepted)));
    throughput.put("answered", Throughput.of(start, times(Fate::answered)));
    for (Part part : Part.values()) {
      List<Duration> lengths =
          fates.stream()
              .filter(fate -> part.from(fate) != null && part.to(fate) != null)
              .map(fate -> Duration.between(part.from(fate), part.to(fate)))
              .toList();
      if (!lengths.isEmpty()) {
        latency.put(part, Spread.of(lengths));
      }
    }
  }

  private void count(Said answer) {
    outcomes.merge(answer.isRefusal() ? "refused" : answer.type(), 1, Integer::sum);
    if (answer.is(ReplyMessage.Type.FAILED)) {
      codes.merge(answer.outcome(), 1, Integer::sum);
    }
  }

  private List<Instant> times(Function<Fate, Instant> time) {
    return fates.stream().map(time).filter(Objects::nonNull).toList();
  }

  private int count(Predicate<Fate> which) {
    return (int) fates.stream().filter(which).count();
  }

  private int repeated() {
    return count(fate -> fate.answer() != null && fate.answer().repeated());
  }

  private int unanswered() {
    return intakeOnly
        ? count(fate -> fate.answer() == null && fate.accepted() == null)
        : count(fate -> fate.answer() == null);
  }

  /** Whether each request got a result, or, where that is all that was asked, was accepted. */
  public boolean isGood() {
    return trouble.isEmpty()
        && unanswered() == 0
        && oddities.contradicted() == 0
        && fates.stream()
            .map(Fate::answer)
            .filter(Objects::nonNull)
            .allMatch(answer -> answer.hasResult());
  }

  /** As it stands in {@code docs/sizing.md}. */
  public String json() {
    ObjectNode report = JSON.createObjectNode();
    report.put("version", VERSION).put("run", run).put("good", isGood());
    trouble.ifPresent(sentence -> report.put("trouble", sentence));
    report
        .put("sent", fates.size())
        .put("notConfirmed", count(Fate::isLost))
        .put("unanswered", unanswered())
        .put("repeated", repeated())
        .put("answeredAgain", oddities.answeredAgain())
        .put("contradicted", oddities.contradicted())
        .put("ofOthers", oddities.ofOthers())
        .put("events", oddities.events());
    outcomes.forEach(report.putObject("outcomes")::put);
    codes.forEach(report.putObject("codes")::put);
    ObjectNode rates = report.putObject("perSecond");
    throughput.forEach(
        (what, often) -> {
          ObjectNode node = rates.putObject(what).put("count", often.count());
          often.overall().ifPresent(value -> node.put("overall", value));
          often.steady().ifPresent(value -> node.put("steady", value));
        });
    ObjectNode seconds = report.putObject("seconds");
    latency.forEach((part, spread) -> seconds.set(part.word(), JSON.valueToTree(spread)));
    return report.toPrettyString();
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "run %s: %d sent, %s", run, fates.size(), said());
    trouble.ifPresent(sentence -> line(text, "ended early: %s", sentence));
    line(text, "%n%-12s%8s%10s%10s", "per second", "count", "overall", "steady");
    throughput.forEach(
        (what, often) ->
            line(
                text,
                "%-12s%8d%10s%10s",
                what,
                often.count(),
                shown(often.overall()),
                shown(often.steady())));
    line(
        text,
        "%n%-12s%8s%10s%10s%10s%10s%10s%10s",
        "seconds",
        "count",
        "mean",
        "p50",
        "p90",
        "p95",
        "p99",
        "max");
    latency.forEach(
        (part, s) ->
            line(
                text,
                "%-12s%8d%10.3f%10.3f%10.3f%10.3f%10.3f%10.3f",
                part.word(),
                s.count(),
                s.mean(),
                s.p50(),
                s.p90(),
                s.p95(),
                s.p99(),
                s.max()));
    return text.toString();
  }

  /** The counts that are not 0. */
  private String said() {
    Map<String, Integer> counts = new LinkedHashMap<>(outcomes);
    counts.put("not confirmed", count(Fate::isLost));
    counts.put(intakeOnly ? "not accepted" : "unanswered", unanswered());
    counts.put("with an earlier case's result", repeated());
    counts.put("answered again", oddities.answeredAgain());
    counts.put("answered again otherwise", oddities.contradicted());
    counts.put("replies of others", oddities.ofOthers());
    String all =
        counts.entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", "));
    return codes.isEmpty() ? all : all + "; causes: " + codes;
  }

  private static String shown(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "–";
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
