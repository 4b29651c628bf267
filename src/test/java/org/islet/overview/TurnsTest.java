package org.islet.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.islet.job.Hours;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.Order;
import org.islet.store.Pace;
import org.islet.store.Priority;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final Instant NOW =
      Instant.parse("2026-01-01T00:00:00Z").atZone(ZoneId.systemDefault()).withHour(12).toInstant();

  /** A second for each 100 voxels. */
  private static final List<Pace> PACES =
      List.of(new Pace("r", 1000, 12), new Pace("r", 3000, 28), new Pace("slow", 10, 100));

  private static Job job(
      String id, JobState state, Long voxels, String route, Priority priority, Instant notBefore) {
    Instant started = state == JobState.RUNNING ? NOW.minusSeconds(4) : null;
    return job(
        id,
        state,
        voxels,
        new Order(route, priority, null, false, null),
        notBefore,
        started,
        "worker");
  }

  private static Job job(
      String id,
      JobState state,
      Long voxels,
      Order order,
      Instant notBefore,
      Instant started,
      String worker) {
    return new Job(
        id,
        "a".repeat(64),
        1,
        voxels,
        null,
        order,
        state,
        NOW.minusSeconds(60),
        notBefore,
        started,
        null,
        1,
        1,
        worker,
        null,
        0,
        0,
        Job.START,
        null,
        false,
        new Failure("storage", "The disk is full."),
        null,
        null,
        null,
        null);
  }

  private static Job running(String id, long voxels) {
    return job(id, JobState.RUNNING, voxels, "r", Priority.ROUTINE, NOW);
  }

  private static Job waiting(String id, Long voxels) {
    return job(id, JobState.ACCEPTED, voxels, "r", Priority.ROUTINE, NOW);
  }

  private static Turns turns(int atOnce) {
    return new Turns(PACES, new WaitingRules(atOnce, Optional.empty()), NOW);
  }

  private static List<String> words(List<Turn> turns) {
    return turns.stream().map(turn -> turn.caseId() + ": " + turn.line(NOW)).toList();
  }

  @Test
  void a_case_begins_when_those_before_it_have_ended_as_long_as_their_voxels_take() {
    List<Turn> turns =
        turns(1).of(List.of(running("a", 1000)), List.of(waiting("b", 2000L), waiting("c", 1L)));
    assertEquals(
        List.of("b: place 1, begins in about 6 s", "c: place 2, begins in about 26 s"),
        words(turns));
  }

  @Test
  void as_many_are_in_work_as_the_rules_allow() {
    List<Turn> turns =
        turns(2)
            .of(
                List.of(running("a", 1000)),
                List.of(waiting("b", 2000L), waiting("c", 1000L), waiting("d", 1L)));
    assertEquals(
        List.of(
            "b: place 1, begins next",
            "c: place 2, begins in about 6 s",
            "d: place 3, begins in about 16 s"),
        words(turns));
  }

  @Test
  void a_case_that_takes_longer_than_thought_is_taken_to_end_at_any_moment() {
    assertEquals(
        List.of("b: place 1, begins next"),
        words(turns(1).of(List.of(running("a", 10)), List.of(waiting("b", 1L)))));
  }

  @Test
  void a_ct_that_cannot_be_read_keeps_nobody_waiting() {
    assertEquals(
        List.of("b: place 1, begins next", "c: place 2, begins next"),
        words(turns(1).of(List.of(), List.of(waiting("b", null), waiting("c", 1L)))));
  }

  @Test
  void a_route_that_never_ran_is_taken_to_be_like_the_others_and_nothing_is_said_without_any() {
    Job other = job("b", JobState.ACCEPTED, 4010L, "other", Priority.ROUTINE, NOW);
    assertEquals(
        List.of("b: place 1, begins next", "c: place 2, begins in about 2 min 20 s"),
        words(turns(1).of(List.of(), List.of(other, waiting("c", 1L)))));
    Turns knowNothing = new Turns(List.of(), new WaitingRules(1, Optional.empty()), NOW);
    assertEquals(
        List.of("b: place 1, begins next", "c: place 2, begins unknown"),
        words(knowNothing.of(List.of(), List.of(other, waiting("c", 1L)))));
  }

  @Test
  void a_case_that_is_held_has_no_place_and_says_why() {
    Job later = job("b", JobState.ACCEPTED, 1L, "r", Priority.ROUTINE, NOW.plusSeconds(12));
    Job night = job("c", JobState.ACCEPTED, 1L, "r", Priority.OFF_PEAK, NOW);
    WaitingRules rules = new WaitingRules(1, Optional.of(Hours.parse("20:00-06:00")));
    assertEquals(
        List.of(
            "b: retry after storage, in 12 s",
            "c: off peak, from 20:00",
            "d: place 1, begins next"),
        words(new Turns(PACES, rules, NOW).of(List.of(), List.of(later, night, waiting("d", 1L)))));
    assertEquals(List.of("c: place 1, begins next"), words(turns(1).of(List.of(), List.of(night))));
  }

  @Test
  void several_workers_have_a_case_in_work_each() {
    Job elsewhere = running("a", 1000);
    Job here = job("b", JobState.RUNNING, 1000L, elsewhere.order(), NOW, NOW, "other");
    assertEquals(
        List.of("c: place 1, begins in about 6 s", "d: place 2, begins in about 10 s"),
        words(
            turns(1).of(List.of(elsewhere, here), List.of(waiting("c", 1000L), waiting("d", 1L)))));
  }
}
