package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.islet.dataset.Preparation;
import org.islet.train.Architecture;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.Training;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LearningOptionsTest {

  private static List<Preparation> seenWith(String... options) {
    return CommandLine.populateCommand(new LearningOptions(), options)
        .trainings(Architecture.plain(2, 2, Normalisation.BATCH, 1))
        .stream()
        .map(Training::preparation)
        .toList();
  }

  @Test
  void the_networks_see_what_those_of_the_paper_do_where_nothing_else_is_asked_for() {
    assertEquals(List.of(new Preparation.Coarse(4), new Preparation.Fine(10)), seenWith());
  }

  @Test
  void what_the_networks_see_can_be_chosen() {
    assertEquals(
        List.of(new Preparation.Coarse(3), new Preparation.Fine(14)),
        seenWith("--factor", "3", "--margin", "14"));
    assertEquals(List.of(new Preparation.Fine(0)), seenWith("--stage", "FINE", "--margin", "0"));
  }
}
