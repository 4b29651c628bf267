package org.islet.job;

import org.islet.stage.Networks;

/** The models that routes run: until they are closed, each name stands for the same. */
public interface RouteModels extends Networks, AutoCloseable {

  /** What results say of a model, by its id ({@code name/version}). */
  CaseReport.Model describe(String id);

  /** Lets the models go; none of them is in use. */
  @Override
  void close();

  /** Where the models of routes are opened. */
  interface Source {

    /** The models as they are now. */
    RouteModels open();

    /** A text that is another whenever a model comes, goes or changes. */
    String state();
  }
}
