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
 * @param places where else it works
 * @param s3 how object storage is reached, if any of these is there
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
    List<Place> places,
    Optional<S3Settings> s3,
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

  /**
   * A folder, or a place in object storage.
   *
   * @param part what it is called
   * @param setting that leads there
   * @param where its path, or {@code s3://BUCKET/KEY}
   * @param written whether anything is put there
   * @param closesDoors whether nothing is taken in while it has no room
   */
  public record Place(
      String part, String setting, String where, boolean written, boolean closesDoors) {

    private Optional<S3Address> stored() {
      return S3Address.parse(where);
    }
  }

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
    probes.add(
        new TensorFlowProbe(
            child(Inside.TENSORFLOW), child(Inside.PROCESSOR), processor, networkBytes));
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
    places.forEach(place -> probes.add(probe(place)));
    return probes;
  }

  private Probe probe(Place place) {
    if (place.stored().isPresent()) {
      return new StorageProbe(
          place.part(), place.setting(), place.stored().get(), s3.orElseThrow());
    }
    Path folder = Path.of(place.where());
    return place.written()
        ? new FolderProbe(place.part(), folder, folder, place.closesDoors() ? minFree : 0)
        : new InputsProbe(folder);
  }

  private Child child(Inside what) {
    return Child.ofThisProgram(main, COMMAND, INSIDE, what.name());
  }
}
