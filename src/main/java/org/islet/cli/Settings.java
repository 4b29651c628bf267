package org.islet.cli;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set of Islet, as {@code -Dislet.…}, as {@code ISLET_…} or in a file. */
@ConfigMapping(prefix = "islet")
public interface Settings {

  /** The folder of routes. */
  Path routes();

  /** The folder of jars with stages of others; it may be missing. */
  Path stages();

  /** The folder of models. */
  Path models();

  /** Where results go: a folder, or s3://BUCKET/KEY; unset, {@code results} below the home. */
  Optional<String> results();

  /** The object storage. */
  S3 s3();

  /** How changes of routes and models are taken over. */
  Reload reload();

  /** What a case may take. */
  Case caseLimits();

  /** How cases are worked on. */
  Cases cases();

  /** Where cases leave what they hold on their way between pools; unset, below the home. */
  Optional<String> carried();

  /** Which part of the work this process does: all, intake, worker or web. */
  @WithDefault("all")
  String role();

  /** What holds for all doors. */
  Intake intake();

  /** The queue of requests. */
  Queue queue();

  /** How long what is done is kept. */
  Retention retention();

  /** Where the record of cases is. */
  Store store();

  /**
   * A moment at which the process is to die, to see that nothing is lost; see the durability page.
   */
  Optional<String> crashAt();

  /** What running networks may take. */
  Inference inference();

  /** What a CT may be. */
  Input input();

  /** How the log is written. */
  Log log();

  /** Whether and where traces are sent. */
  Tracing tracing();

  /** The object storage. */
  interface S3 {
    /** The default of {@link #region}. */
    String REGION = "us-east-1";

    /** Its server; unset, Amazon's own. */
    Optional<String> endpoint();

    /** Its region. */
    @WithDefault(REGION)
    String region();

    /** Who Islet is there; unset, what Amazon's client finds in the environment. */
    Optional<String> accessKey();

    /** With which secret. */
    Optional<String> secretKey();

    /** Whether the bucket is in the path of an address, not in the server's name. */
    @WithDefault("false")
    boolean pathStyle();
  }

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

  /** How cases are worked on. */
  interface Cases {
    /** The default of {@link #atOnce}. */
    int AT_ONCE = 2;

    /** How many may be in work at one time, at the most; fewer where memory is short. */
    @WithDefault("" + AT_ONCE)
    int atOnce();

    /** How often a case is begun at the most whose process ends under it. */
    @WithDefault("10")
    int attempts();

    /** How often a case is tried again at the most after trouble that may pass. */
    @WithDefault("5")
    int retries();

    /** The pause before the first of these; each further one is four times as long. */
    @WithDefault("2s")
    Duration retryPause();

    /** After which another worker may take over a case that nobody has heard of. */
    @WithDefault("60s")
    Duration lease();

    /** How long a stage, reading or publishing may take before the case is given up here. */
    @WithDefault("30m")
    Duration stageLimit();

    /** How long running cases may go on when the service is asked to end. */
    @WithDefault("20s")
    Duration grace();

    /** The pools whose cases are taken, such as fine; unset, all. */
    Optional<List<String>> pools();

    /** The hours of off-peak cases, such as 20:00-06:00; unset, they come after all others. */
    Optional<String> offPeak();
  }

  /** What holds for all doors. */
  interface Intake {
    /** The default of {@link #minFree}. */
    String MIN_FREE = "100M";

    /** Below so much free disk nothing is taken in. */
    @WithDefault(MIN_FREE)
    MemorySize minFree();
  }

  /** The queue of requests. */
  interface Queue {
    /** The default of {@link #host}. */
    String HOST = "127.0.0.1";

    /** The default of {@link #port}. */
    String PORT = "5672";

    /** The default of {@link #deadLetters}. */
    String DEAD_LETTERS = "islet.requests.dead";

    /** The default of {@link #events}. */
    String EVENTS = "islet.events";

    /** Whether there is one. */
    @WithDefault("true")
    boolean enabled();

    /** Its broker; unset, one inside the process. */
    Optional<String> url();

    /** Who connects to it. */
    Optional<String> user();

    /** With which password. */
    Optional<String> password();

    /** The address on which the broker inside listens. */
    @WithDefault(HOST)
    String host();

    /** The port on which it does; 0 for a free one. */
    @WithDefault(PORT)
    int port();

    /** The queue of requests. */
    String requests();

    /** The queue of requests that came to nothing. */
    @WithDefault(DEAD_LETTERS)
    String deadLetters();

    /** The topic of events. */
    @WithDefault(EVENTS)
    String events();

    /** How many requests are taken down at one time. */
    @WithDefault("4")
    int consumers();

    /**
     * The folders, and the places in object storage, whose files requests may name; unset, {@code
     * inputs} below the home.
     */
    Optional<List<String>> roots();

    /** The servers, such as https://pacs.example:8443, whose addresses they may name. */
    Optional<List<String>> httpAllowed();

    /** How long a CT may take to come from there. */
    @WithDefault("10m")
    Duration httpPatience();
  }

  /** How long what is done is kept; all of it for ever, unless something is set. */
  interface Retention {
    /** After which CTs are deleted from the folders {@code done}. */
    Optional<Duration> doneAge();

    /** How much each of these folders may hold; the oldest CTs go first. */
    Optional<MemorySize> doneSize();

    /** After which results are deleted. */
    Optional<Duration> resultsAge();

    /** How much all results may take; the oldest go first. */
    Optional<MemorySize> resultsSize();
  }

  /** Where the record of cases is. */
  interface Store {
    /** A PostgreSQL database, for several workers; unset, an H2 database below the home. */
    Optional<String> url();

    /** The default of {@link #user}. */
    String USER = "islet";

    /** Its user. */
    @WithDefault(USER)
    String user();

    /** Its user's password. */
    Optional<String> password();
  }

  /** What running networks may take. */
  interface Inference {
    /** The default of {@link #memory}. */
    String MEMORY = "1500M";

    /** Native memory for all networks that run at one time; what does not fit is run in tiles. */
    @WithDefault(MEMORY)
    NativeMemory memory();

    /** The default of {@link #device}. */
    String DEVICE = "auto";

    /** On what they run: auto, cpu, gpu or gpu:N. */
    @WithDefault(DEVICE)
    String device();

    /** The default of {@link #gpuMemory}. */
    String GPU_MEMORY = "growth";

    /** How a GPU's memory is taken: growth, or a part of it. */
    @WithDefault(GPU_MEMORY)
    String gpuMemory();

    /** Whether a GPU may compute in TF32. */
    @WithDefault("false")
    boolean tf32();
  }

  /** What a CT may be. */
  interface Input {
    /** The most bytes that a compressed file may inflate to. */
    @WithDefault("2G")
    MemorySize maxBytes();
  }

  /** How the log is written. */
  interface Log {
    /** Whether each line is an object of JSON; {@code application.properties} reads it. */
    boolean json();
  }

  /** Whether and where traces are sent. */
  interface Tracing {
    /** Whether each case is sent as a trace. */
    @WithParentName
    @WithDefault("false")
    boolean on();

    /** Where to, by OTLP over HTTP. */
    @WithDefault("http://127.0.0.1:4318/v1/traces")
    String endpoint();

    /** How often what has ended since is sent. */
    @WithDefault("2s")
    Duration interval();
  }
}
