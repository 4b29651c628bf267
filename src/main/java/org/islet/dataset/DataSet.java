package org.islet.dataset;

import java.io.IOException;
import java.util.List;

/** Cases to learn from or to be judged on, each a CT and the truth about its organ. */
public interface DataSet {

  /** The names of the cases, sorted, each once; the same at every call. */
  List<String> ids();

  /**
   * Whose case it is: cases of one subject are alike, so that all of them belong into one fold.
   *
   * @throws IllegalArgumentException if there is no such case
   */
  default String subject(String id) {
    return id;
  }

  /** The files that make no case, with the reasons. */
  List<Problem> problems();

  /**
   * Reads a case.
   *
   * @throws DataSetProblemsException if something is wrong with its files
   * @throws IOException if the disk failed
   * @throws IllegalArgumentException if there is no such case
   */
  LabelledCt read(String id) throws IOException;

  /**
   * Some text that changes when what {@link #read} gives may have changed. It is found without
   * reading the case.
   *
   * @throws IllegalArgumentException if there is no such case
   */
  String fingerprint(String id) throws IOException;
}
