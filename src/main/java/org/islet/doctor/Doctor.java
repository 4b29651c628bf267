package org.islet.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.islet.model.CardNetworks;
import org.islet.model.InferenceMemory;
import org.islet.model.ProcessorSettings;
import org.islet.object.S3Address;
import org.islet.object.S3Settings;
import org.islet.queue.QueueSettings;
import org.islet.store.Database;

/**
 * Looks at an installation as its settings describe it.
 *
 * @param main the program's class, of which other processes are started
 * @param home of the service
 * @param data the folder of its record
 * @param results the folder of results
 * @param storage the object storage that results go to in its place, if they do
 * @param routes the folder of routes
 * @param intake the folder of those that take CTs in
 * @param stages the folder of jars with stages
 * @param models the folder of models
 * @param networkBytes memory that networks may take
 * @param processor on what they run
 * @param store a PostgreSQL database; nothing for H2 in the home
 * @param queue nothing where there is none
 * @param minFree bytes of free disk below which nothing is taken in
 * @param unknown environment variables that look like settings, but are none
 */
public record Doctor(
    String main,
    Path home,
    Path data,
    Path results,
    Optional<Storage> storage,
    Path routes,
    Path intake,
    Path stages,
    Path models,
    long networkBytes,
    ProcessorSettings processor,
    Optional<Database.Address> store,
    Optional<QueueSettings> queue,
    long minFree,
    List<String> unknown) {

  /** Where results go in object storage, and how it is reached. */
  public record Storage(S3Address root, S3Settings settings) {}

  /** The argument by which a process of the program's is asked for what is {@link Inside}. */
  public static final String INSIDE = "--inside";

  private static final String COMMAND = "doctor";
  private static final Path INBOX = Path.of("intake");

  /**
   * Looks.
   *
   * @param patience how long each look may take, in place of what is usual
   */
  public List<Finding> findings(Optional<Duration> patience) throws InterruptedException {
    return new Examination(probes(), patience).findings();
  }

  private List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    probes.add(new JavaProbe(networkBytes));
    probes.add(new SettingsProbe(unknown));
    probes.add(new TensorFlowProbe(child(Inside.TENSORFLOW), processor, networkBytes));
    probes.add(new ModelsProbe(child(Inside.MODELS), models));
    probes.add(
        new RoutesProbe(
            routes, stages, new CardNetworks(models, new InferenceMemory(networkBytes))));
    probes.add(new IntakeProbe(intake));
    queue.ifPresent(settings -> probes.add(new BrokerProbe(settings, data)));
    probes.add(new StoreProbe(store, data));
    Path in = home.resolve(INBOX).resolve("in");
    for (String folder : List.of("in", "in-progress", "done", "failed")) {
      Path inbox = home.resolve(INBOX).resolve(folder);
      probes.add(new FolderProbe("intake/" + folder, inbox, in, minFree));
    }
    probes.add(new FolderProbe("data", data, data, minFree));
    probes.add(
        storage
            .<Probe>map(place -> new StorageProbe(place.root(), place.settings()))
            .orElseGet(() -> new FolderProbe("results", results, results, minFree)));
    return probes;
  }

  private Child child(Inside what) {
    return Child.ofThisProgram(main, COMMAND, INSIDE, what.name());
  }
}
