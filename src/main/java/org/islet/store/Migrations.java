package org.islet.store;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** The steps from one form of the database to the next, from Islet's own jar. */
final class Migrations implements ResourceProvider {

  private static final List<String> NAMES = List.of("V1__cases.sql");

  @Override
  public LoadableResource getResource(String name) {
    return NAMES.contains(name) ? new Step(name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return NAMES.stream()
        .filter(name -> name.startsWith(prefix))
        .<LoadableResource>map(Step::new)
        .toList();
  }

  private static final class Step extends LoadableResource {

    private final String name;

    Step(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      return new InputStreamReader(
          Migrations.class.getResourceAsStream(name), StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
