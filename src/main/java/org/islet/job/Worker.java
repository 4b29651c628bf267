package org.islet.job;

import org.islet.store.JobStore;

/**
 * Who works here, on which record.
 *
 * @param id the worker's name
 * @param presence its sign of life where others on the same record look for it
 */
record Worker(String id, Presence presence, JobStore store, WorkRules rules, JobListeners news) {

  boolean isGone(String other) {
    return presence.isGone(other);
  }
}
