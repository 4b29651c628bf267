package org.islet.model;

import java.util.HashMap;
import java.util.Map;
import org.islet.stage.Network;
import org.islet.stage.Networks;

/** Models that somebody has open: each name stands for the same until they are closed. */
public final class OpenModels implements Networks, AutoCloseable {

  private final ModelStore store;
  private final Map<String, LoadedModel> byName = new HashMap<>();
  private boolean closed;

  OpenModels(ModelStore store) {
    this.store = store;
  }

  @Override
  public synchronized Network get(String model) {
    if (closed) {
      throw new IllegalStateException("These models were closed.");
    }
    LoadedModel found = byName.get(model);
    if (found == null) {
      found = store.hold(model);
      byName.put(model, found);
    }
    return found.network();
  }

  /** The card of one of them, by its id ({@code name/version}). */
  public ModelCard card(String id) {
    return byId(id).network().card();
  }

  /** The SHA-256 of all of a model's files, in hexadecimal, by its id ({@code name/version}). */
  public String digest(String id) {
    return byId(id).digest();
  }

  private synchronized LoadedModel byId(String id) {
    return byName.values().stream()
        .filter(model -> model.network().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Lets them go; none of them is in use. */
  @Override
  public synchronized void close() {
    closed = true;
    byName.values().forEach(store::release);
    byName.clear();
  }
}
