package org.islet.cli;

import org.islet.job.Role;
import org.islet.store.Database;
import org.islet.store.JobStore;
import org.islet.web.Monitors;

/** Shows how the work of others stands. */
final class WebService implements AutoCloseable {

  private final Database database;

  /**
   * @throws org.islet.store.StoreException if the record cannot be opened
   */
  WebService(Settings settings, Monitors monitors) {
    Sharing.require(Role.WEB, settings);
    database = Service.shared(settings.store());
    monitors.show(new JobStore(database), Service.waitingRules(settings.cases()));
  }

  @Override
  public void close() {
    database.close();
  }
}
