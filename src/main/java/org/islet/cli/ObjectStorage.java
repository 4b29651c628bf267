package org.islet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.islet.carry.CarryFolder;
import org.islet.carry.CarryObjects;
import org.islet.carry.CarryPlace;
import org.islet.object.S3Address;
import org.islet.object.S3Connection;
import org.islet.object.S3Settings;

/** The object storage of settings, connected only where one of them leads there. */
final class ObjectStorage {

  private ObjectStorage() {}

  /** The folder below the home that holds what cases have with them from one pool to another. */
  private static final String CARRIED = "carried";

  /**
   * Where cases leave what they hold on their way from one pool to another.
   *
   * @param storage is there if the setting leads to it
   * @param scratch a folder for files that are on their way
   * @throws SettingException if results lie there too, since both are named by their cases
   */
  static CarryPlace carried(
      Settings settings, Path home, Optional<S3Connection> storage, Path scratch) {
    String place = settings.carried().orElse(home.resolve(CARRIED).toString());
    requireApart(place, settings.results().orElse(home.resolve(ResultParts.RESULTS).toString()));
    return isAddress(place)
        ? new CarryObjects(storage.orElseThrow().store(address("islet.carried", place)), scratch)
        : new CarryFolder(Path.of(place));
  }

  static void requireApart(String carried, String results) {
    if (place(carried).equals(place(results))) {
      throw new SettingException(
          "islet.carried and islet.results both lead to '%s'. Take two places: in both, all is named by its case."
              .formatted(carried));
    }
  }

  /** The same for all ways in which a place can be written. */
  private static Object place(String written) {
    return isAddress(written) ? S3Address.parse(written) : whole(written);
  }

  private static Path whole(String folder) {
    return Path.of(folder).toAbsolutePath().normalize();
  }

  /** Nothing if neither results, inputs nor what is handed over are in object storage. */
  static Optional<S3Connection> connect(CamelContext context, Settings settings) {
    Stream<String> places =
        Stream.of(
                settings.results().stream(),
                settings.carried().stream(),
                settings.queue().roots().orElse(List.of()).stream())
            .flatMap(each -> each);
    return places.anyMatch(ObjectStorage::isAddress)
        ? Optional.of(new S3Connection(context, settings(settings.s3())))
        : Optional.empty();
  }

  private static S3Settings settings(Settings.S3 s3) {
    return settings(
        s3.endpoint().orElse(""),
        s3.region(),
        s3.accessKey().orElse(""),
        s3.secretKey().orElse(""),
        s3.pathStyle());
  }

  /**
   * @throws SettingException if they do not fit together
   */
  static S3Settings settings(
      String endpoint, String region, String accessKey, String secretKey, boolean pathStyle) {
    try {
      return S3Settings.of(endpoint, region, accessKey, secretKey, pathStyle);
    } catch (IllegalArgumentException e) {
      throw new SettingException(e.getMessage());
    }
  }

  static boolean isAddress(String place) {
    return place.startsWith(S3Address.SCHEME);
  }

  /**
   * Reads the place that a setting names.
   *
   * @throws SettingException if it is none
   */
  static S3Address address(String setting, String place) {
    return S3Address.parse(place)
        .orElseThrow(
            () ->
                new SettingException(
                    "%s holds '%s'; s3://BUCKET or s3://BUCKET/KEY is expected, without empty parts, '.' or '..' in the key."
                        .formatted(setting, place)));
  }
}
