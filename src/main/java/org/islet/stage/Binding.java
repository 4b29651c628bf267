package org.islet.stage;

import java.util.List;
import java.util.Optional;

/**
 * What became of a step of a route.
 *
 * @param stage made from it; nothing where something is wrong
 * @param ports the slots that it names
 * @param refusals what is wrong; none where a stage was made
 */
public record Binding(
    Optional<BoundStage> stage, Ports ports, List<StageBindingException> refusals) {}
