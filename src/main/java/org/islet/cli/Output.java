package org.islet.cli;

import java.io.PrintWriter;

/** What commands print their results to: stdout, but in tests. */
final class Output {

  private Output() {}

  /** Whether something could not be written: the disk may be full, or the reader of a pipe gone. */
  static boolean isLost(PrintWriter out) {
    return out.checkError() || System.out.checkError();
  }
}
