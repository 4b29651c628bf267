package org.islet.doctor;

import java.time.Duration;
import java.util.List;

/** Looks at one part of an installation. It changes nothing, and may hang: it is not waited for. */
interface Probe {

  /** How long most may take. */
  Duration USUAL_PATIENCE = Duration.ofSeconds(10);

  /** What it looks at, in a word. */
  String part();

  /** How long it may take before it counts as hanging. */
  default Duration patience() {
    return USUAL_PATIENCE;
  }

  /** What to do where it hangs. */
  String whenSilent();

  /**
   * Looks.
   *
   * @throws Exception whose message says why it could not
   */
  List<Finding> look() throws Exception;
}
