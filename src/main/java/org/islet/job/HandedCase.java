package org.islet.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.islet.carry.CarriedSlots;
import org.islet.carry.CarryPlace;
import org.islet.stage.Case;
import org.islet.stage.StageRun;

/**
 * A case that one worker hands to those of another pool, as its record has it: what of it is small,
 * and where the rest is kept.
 *
 * @param method the digest of the route and the models that it began on, and must go on with
 * @param part the part of the route that is next
 * @param caseSeconds how long ago the case was made, without what it waited
 * @param seconds of all the work on it so far
 */
record HandedCase(
    String caseId,
    String method,
    int part,
    CaseReport.Input input,
    CarriedSlots slots,
    List<String> warnings,
    List<String> models,
    List<StageRun> runs,
    double caseSeconds,
    double readSeconds,
    double seconds) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Keeps what a case holds.
   *
   * @param slots that are needed, by name
   * @param name under which it is kept
   * @throws IOException if it cannot be kept now
   */
  static HandedCase of(
      CaseUnderWay underWay,
      String method,
      int part,
      Set<String> slots,
      CarryPlace place,
      String name)
      throws IOException {
    Case.Carried carried = underWay.c().carried(slots);
    return new HandedCase(
        carried.id(),
        method,
        part,
        underWay.input(),
        CarriedSlots.keep(carried.slots(), place, name),
        carried.warnings(),
        carried.models(),
        carried.runs(),
        carried.seconds(),
        underWay.readSeconds(),
        underWay.seconds());
  }

  /**
   * The case, with what it holds.
   *
   * @param now as {@link System#nanoTime} has it
   * @throws IOException as {@link CarriedSlots#values}
   */
  CaseUnderWay takenUp(CarryPlace place, Consumer<StageRun> listener, long now) throws IOException {
    Case.Carried carried =
        new Case.Carried(caseId, slots.values(place), warnings, models, runs, caseSeconds);
    return new CaseUnderWay(
        new Case(carried, listener), input, readSeconds, now - (long) (seconds * 1e9));
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A case that is handed over is always JSON.", e);
    }
  }

  /**
   * Reads what was recorded.
   *
   * @throws IOException if this version of Islet does not understand it
   */
  static HandedCase parse(String json) throws IOException {
    return JSON.readValue(json, HandedCase.class);
  }
}
