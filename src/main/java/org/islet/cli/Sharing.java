package org.islet.cli;

import org.islet.job.Role;

/** What processes that do parts of the work must be told, so that they do it together. */
final class Sharing {

  private Sharing() {}

  /**
   * Requires that a process which does only a part can reach those that do the rest.
   *
   * @throws SettingException if it is not told where they are
   */
  static void require(Role role, Settings settings) {
    if (role == Role.ALL) {
      return;
    }
    if (settings.store().url().isEmpty()) {
      throw new SettingException(
          "islet.role is %s, so the record has to be one that others reach: set islet.store.url to the PostgreSQL database that all of them share."
              .formatted(role.word()));
    }
    if (role == Role.WORKER && settings.queue().enabled() && settings.queue().url().isEmpty()) {
      throw new SettingException(
          "islet.role is worker, so the broker is in another process: set islet.queue.url to the one that the intake uses, or islet.queue.enabled to false where there is no queue.");
    }
  }
}
