package org.islet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a step of a route.
 *
 * @param stage made from it; nothing where something is wrong
 * @param likely the stage that was probably meant: what is wrong with the step is left out of it,
 *     or taken for the nearest right thing; nothing where that does not make a stage
 * @param guessed whether values of the likely stage stand for others that are wrong
 * @param ports the slots that it names
 * @param refusals what is wrong; none where a stage was made
 */
public record Binding(
    Optional<BoundStage> stage,
    Optional<BoundStage> likely,
    boolean guessed,
    Ports ports,
    List<StageBindingException> refusals) {

  /** A step of a stage that is not there, as the one that was probably meant has it. */
  Binding insteadOf(StageBindingException unknown) {
    List<StageBindingException> all = new ArrayList<>(List.of(unknown));
    all.addAll(refusals);
    return new Binding(Optional.empty(), likely, guessed, ports, all);
  }
}
