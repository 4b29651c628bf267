package org.islet.model;

/** A model that is loaded, and how many hold it. Guarded by its store. */
final class LoadedModel {

  private final SavedModelNetwork network;
  private final String digest;
  private int holders;

  /**
   * @param digest the SHA-256 of all of its files
   */
  LoadedModel(SavedModelNetwork network, String digest) {
    this.network = network;
    this.digest = digest;
  }

  SavedModelNetwork network() {
    return network;
  }

  String digest() {
    return digest;
  }

  void hold() {
    holders++;
  }

  /** Whether nobody holds it any longer. */
  boolean release() {
    return --holders == 0;
  }
}
