package org.islet.cli;

import org.islet.train.Architecture;
import picocli.CommandLine.Option;

/** The shape of a network. */
final class NetworkOptions {

  @Option(
      names = "--levels",
      paramLabel = "N",
      description = "Resolutions of the U-Net (default: ${DEFAULT-VALUE}).")
  private int levels = 4;

  @Option(
      names = "--base-channels",
      paramLabel = "N",
      description = "Channels at the first resolution (default: ${DEFAULT-VALUE}).")
  private int baseChannels = 16;

  @Option(
      names = "--normalisation",
      paramLabel = "KIND",
      description = "batch or none (default: batch).")
  private Architecture.Normalisation normalisation = Architecture.Normalisation.BATCH;

  @Option(
      names = "--block",
      paramLabel = "KIND",
      description = "plain, or residual: each level adds to what came in (default: plain).")
  private Architecture.Block block = Architecture.Block.PLAIN;

  @Option(
      names = "--attention",
      description = "Lets skip connections pass through attention gates.")
  private boolean attention;

  @Option(
      names = "--deep-supervision",
      description = "Lets the decoder learn at every resolution but the deepest.")
  private boolean deepSupervision;

  /** A network that tells the organ from all else. */
  Architecture architecture() {
    return new Architecture(
        levels, baseChannels, block, attention, deepSupervision, normalisation, 1);
  }
}
