package org.islet.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and sizes as people read them. */
final class Words {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Words() {}

  /** How long something is or was, to two of its units. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.plusMillis(500).toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    } else if (seconds < 3600) {
      return "%d min %d s".formatted(seconds / 60, seconds % 60);
    } else if (seconds < 24 * 3600) {
      return "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
    }
    return "%d d %d h".formatted(seconds / 86_400, seconds % 86_400 / 3600);
  }

  /** A time by this machine's clock: without its day if that is today. */
  static String time(Instant time, Instant now) {
    ZoneId here = ZoneId.systemDefault();
    boolean today = LocalDate.ofInstant(time, here).equals(LocalDate.ofInstant(now, here));
    return (today ? TIME : DAY).withZone(here).format(time);
  }

  /** A time by this machine's clock, with its day. */
  static String day(Instant time) {
    return DAY.withZone(ZoneId.systemDefault()).format(time);
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  static String millilitres(double millilitres) {
    return String.format(Locale.ROOT, "%.1f ml", millilitres);
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
