package org.islet.model;

import java.util.HashMap;
import java.util.Map;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Networks;

/** Models that somebody has open: each name stands for the same until they are closed. */
public final class OpenModels implements Networks, AutoCloseable {

  private final ModelStore store;
  private final Map<Asked, LoadedModel> asked = new HashMap<>();
  private boolean closed;

  /** A model as a route asks for it. */
  private record Asked(String model, NetworkOptions options) {}

  OpenModels(ModelStore store) {
    this.store = store;
  }

  @Override
  public synchronized Network get(String model, NetworkOptions options) {
    if (closed) {
      throw new IllegalStateException("These models were closed.");
    }
    Asked wanted = new Asked(model, options);
    LoadedModel found = asked.get(wanted);
    if (found == null) {
      found = store.hold(model, options);
      asked.put(wanted, found);
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
    return asked.values().stream()
        .filter(model -> model.network().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Lets them go; none of them is in use. */
  @Override
  public synchronized void close() {
    closed = true;
    asked.values().forEach(store::release);
    asked.clear();
  }
}
