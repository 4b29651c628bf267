package org.islet.cli;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** What can be set of Islet, as {@code -Dislet.…}, as {@code ISLET_…} or in a file. */
@ConfigMapping(prefix = "islet")
public interface Settings {

  /** The folder of routes. */
  Path routes();

  /** The folder of jars with stages of others; it may be missing. */
  Path stages();

  /** The folder of models. */
  Path models();

  /** How changes of routes and models are taken over. */
  Reload reload();

  /** What a case may take. */
  Case caseLimits();

  /** What running networks may take. */
  Inference inference();

  /** What a CT may be. */
  Input input();

  /** How changes of routes and models are taken over. */
  interface Reload {
    /** How often the service looks for them; a change is taken when two looks saw the same. */
    @WithDefault("250ms")
    Duration interval();
  }

  /** What a case may take. */
  interface Case {
    /** Java heap for each voxel of the CT, in bytes: what the bundled route needs, rounded up. */
    @WithDefault("16")
    int heapBytesPerVoxel();
  }

  /** What running networks may take. */
  interface Inference {
    /** The default of {@link #memory}. */
    String MEMORY = "1500M";

    /** Native memory for all networks that run at one time; what does not fit is run in tiles. */
    @WithDefault(MEMORY)
    MemorySize memory();
  }

  /** What a CT may be. */
  interface Input {
    /** The most bytes that a compressed file may inflate to. */
    @WithDefault("2G")
    MemorySize maxBytes();
  }
}
