package org.islet.doctor;

import java.util.List;

/**
 * The settings.
 *
 * @param unknown environment variables that look like settings, but are none
 */
record SettingsProbe(List<String> unknown) implements Probe {

  @Override
  public String part() {
    return "settings";
  }

  @Override
  public String whenSilent() {
    return "The machine is overloaded; look again.";
  }

  @Override
  public List<Finding> look() {
    return unknown.isEmpty()
        ? List.of(Finding.ok(part(), "each has a value that can be meant"))
        : unknown.stream()
            .map(
                name ->
                    Finding.note(
                        part(),
                        "the environment variable %s is none of Islet's and changes nothing"
                            .formatted(name),
                        "Look in docs/running.md for what was meant."))
            .toList();
  }
}
