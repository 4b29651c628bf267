package org.islet.doctor;

import java.nio.file.Path;
import java.util.List;
import org.islet.camel.IntakeRoutes;
import org.islet.route.Problem;

/** The routes that take CTs in, as far as they can be read without starting them. */
record IntakeProbe(Path folder) implements Probe {

  @Override
  public String part() {
    return "intake routes";
  }

  @Override
  public String whenSilent() {
    return "The drive of %s does not answer.".formatted(folder);
  }

  @Override
  public List<Finding> look() {
    IntakeRoutes.Look seen = IntakeRoutes.look(folder);
    if (!seen.problems().isEmpty()) {
      return Problem.sentences(seen.problems()).stream()
          .map(sentence -> Finding.wrong(part(), sentence, "Mend the file."))
          .toList();
    }
    return List.of(
        seen.begins().isEmpty()
            ? Finding.note(
                part(),
                "none in %s, so nothing takes CTs in".formatted(folder),
                "Put routes there, as Islet comes with.")
            : Finding.ok(part(), "CTs come from " + String.join(", ", seen.begins())));
  }
}
