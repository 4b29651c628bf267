package org.islet.volume;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network says of each voxel of a grid: a score in each of a number of channels, one channel
 * for each class, as raw answers (logits) or as probabilities. A channel's scores lie together, x
 * fastest. The scores are shared, not copied; whoever holds them does not change them.
 */
public final class Scores {

  private final Geometry geometry;
  private final float[][] channels;

  private Scores(Geometry geometry, float[][] channels) {
    this.geometry = geometry;
    this.channels = channels;
  }

  /**
   * @param channels for each channel a score for each voxel, x fastest
   * @throws IllegalArgumentException if there is no channel, or one has not as many scores as the
   *     grid has voxels
   */
  public static Scores of(Geometry geometry, float[]... channels) {
    if (channels.length == 0) {
      throw new IllegalArgumentException("Scores need at least one channel.");
    }
    for (float[] channel : channels) {
      if (channel.length != geometry.size().count()) {
        throw new IllegalArgumentException(
            "A channel of %s needs %d scores, not %d."
                .formatted(geometry.size(), geometry.size().count(), channel.length));
      }
    }
    return new Scores(geometry, channels);
  }

  public Geometry geometry() {
    return geometry;
  }

  public Size size() {
    return geometry.size();
  }

  /** The number of channels. */
  public int channels() {
    return channels.length;
  }

  /** The score of voxel (i, j, k) in a channel, the first being 0. */
  public float at(int channel, int i, int j, int k) {
    return channels[channel][size().index(i, j, k)];
  }

  /** The channels' own arrays. */
  float[][] arrays() {
    return channels;
  }

  /**
   * One channel, the first being 0, as a volume that shares its scores.
   *
   * @throws IllegalArgumentException if there is no such channel
   */
  public Volume channel(int channel) {
    requireChannel(channel);
    return Volume.of(geometry, channels[channel]);
  }

  /**
   * The voxels at which a channel's score is the largest, of equal ones the first. A voxel with a
   * score that is not a number belongs to no channel.
   *
   * @param channel the first being 0
   * @throws IllegalArgumentException if there is no such channel
   */
  public Mask largestIn(int channel) {
    requireChannel(channel);
    byte[] inside = new byte[size().count()];
    bySlice(
        (from, to) -> {
          for (int i = from; i < to; i++) {
            inside[i] = (byte) (isLargest(channels, channel, i) ? 1 : 0);
          }
        });
    return Mask.of(geometry, inside);
  }

  /**
   * Whether, of the scores at one place, a channel's is the largest, of equal ones the first.
   *
   * @param channels scores by channel
   * @param at the place in each channel's array
   */
  public static boolean isLargest(float[][] channels, int channel, int at) {
    float own = channels[channel][at];
    for (int c = 0; c < channels.length; c++) {
      float other = channels[c][at];
      boolean beats = c < channel ? own > other : own >= other;
      if (c != channel && !beats) {
        return false;
      }
    }
    return true;
  }

  /**
   * Each voxel's scores as probabilities that sum to 1: their exponentials, divided by the sum of
   * these (Bridle 1990). The largest score is subtracted first, so that no exponential overflows.
   */
  public Scores softmax() {
    float[][] probabilities = new float[channels.length][size().count()];
    bySlice(
        (from, to) -> {
          for (int i = from; i < to; i++) {
            softmax(probabilities, i);
          }
        });
    return new Scores(geometry, probabilities);
  }

  private void softmax(float[][] probabilities, int at) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float[] channel : channels) {
      largest = Math.max(largest, channel[at]);
    }
    double sum = 0;
    for (int c = 0; c < channels.length; c++) {
      double exponential = Math.exp(channels[c][at] - largest);
      probabilities[c][at] = (float) exponential;
      sum += exponential;
    }
    for (float[] channel : probabilities) {
      channel[at] /= (float) sum;
    }
  }

  /**
   * The mean of several networks' scores, voxel by voxel and channel by channel.
   *
   * @param all at least one
   * @throws IllegalArgumentException if they are not all on one grid with as many channels
   */
  public static Scores mean(List<Scores> all) {
    Scores first = all.get(0);
    for (Scores other : all) {
      if (!other.geometry.matches(first.geometry) || other.channels() != first.channels()) {
        throw new IllegalArgumentException(
            ("Scores of %s with %d channel(s) and of %s with %d cannot be averaged: they must have"
                    + " one grid and as many channels.")
                .formatted(first.size(), first.channels(), other.size(), other.channels()));
      }
    }
    float[][] means = new float[first.channels()][first.size().count()];
    first.bySlice(
        (from, to) -> {
          for (int c = 0; c < means.length; c++) {
            for (int i = from; i < to; i++) {
              means[c][i] = mean(all, c, i);
            }
          }
        });
    return new Scores(first.geometry, means);
  }

  private static float mean(List<Scores> all, int channel, int at) {
    double sum = 0;
    for (Scores scores : all) {
      sum += scores.channels[channel][at];
    }
    return (float) (sum / all.size());
  }

  private interface Range {
    void visit(int from, int to);
  }

  /** Visits the flat indices of each slice along z, several slices at once. */
  private void bySlice(Range action) {
    int slice = size().x() * size().y();
    IntStream.range(0, size().z())
        .parallel()
        .forEach(k -> action.visit(k * slice, (k + 1) * slice));
  }

  private void requireChannel(int channel) {
    if (channel < 0 || channel >= channels.length) {
      throw new IllegalArgumentException(
          "There is no channel %d: the scores have %d, the first being 0."
              .formatted(channel, channels.length));
    }
  }
}
