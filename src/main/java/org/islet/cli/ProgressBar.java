package org.islet.cli;

/** How far something is, as a bar in text. */
final class ProgressBar {

  private ProgressBar() {}

  /** A bar of so many letters in brackets; full where there is nothing to do. */
  static String of(int done, int all, int letters) {
    int full = all == 0 ? letters : (int) Math.min(letters, (long) letters * done / all);
    return "[%s%s]".formatted("█".repeat(full), "·".repeat(letters - full));
  }
}
