package org.islet.job;

import org.islet.stage.Case;
import org.islet.stage.StageRun;

/** Hears of a case's progress, from several threads. */
public interface CaseListener {

  /** The CT's header was read and it fits; a route of so many stages takes it on. */
  default void accepted(String caseId, int stages) {}

  /** A stage ended. */
  default void stageEnded(String caseId, StageRun run) {}

  /** The route ended; the case's slots can still be looked at. */
  default void routeEnded(Case c) {}

  /** The result is whole. */
  default void published(CaseResult result) {}
}
