package org.islet.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.islet.format.Sha256;

/**
 * What {@code manifest.json} holds: every other file of a result, by name. It is written last, so a
 * result that has it is whole. There is one way to write a manifest down, to the last space.
 *
 * @param schema the version of this form
 * @param caseId of the result
 * @param folder the folder beside the manifest that has the files; null if they are beside it
 */
record Manifest(
    int schema,
    @JsonProperty("case") String caseId,
    @JsonInclude(JsonInclude.Include.NON_NULL) String folder,
    List<Entry> files) {

  /** The manifest's own name. */
  static final String NAME = "manifest.json";

  /** The version that this code writes, and the only one that it reads. */
  static final int SCHEMA = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** A file: its name without folders, its length, and the SHA-256 of its bytes in hexadecimal. */
  record Entry(String name, long bytes, String sha256) {

    Entry {
      Objects.requireNonNull(name);
      Objects.requireNonNull(sha256);
    }

    /** Whether the name is that of a file beside the manifest, on any system. */
    boolean isPlain() {
      return isName(name) && !name.equals(NAME);
    }
  }

  private static boolean isName(String text) {
    return text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  }

  Manifest {
    Objects.requireNonNull(caseId);
    files = List.copyOf(files);
  }

  /**
   * The manifest of files as they are now.
   *
   * @param below the folder beside the manifest that they will be in; null if beside it
   */
  static Manifest of(String caseId, String below, Path folder, Collection<String> names)
      throws IOException {
    List<Entry> files = new ArrayList<>();
    for (String name : names.stream().sorted().toList()) {
      Path file = folder.resolve(name);
      files.add(new Entry(name, Files.size(file), Sha256.of(file)));
    }
    return new Manifest(SCHEMA, caseId, below, files);
  }

  /** What stands before the names of its files for whoever begins at the manifest. */
  String base() {
    return folder == null ? "" : folder + "/";
  }

  byte[] toBytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest is always JSON.", e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException if it is none, or is not written as {@link #toBytes} writes it
   */
  static Manifest of(byte[] bytes) throws IOException {
    Manifest manifest = JSON.readValue(bytes, Manifest.class);
    if (manifest == null
        || manifest.schema != SCHEMA
        || (manifest.folder != null && !isName(manifest.folder))
        || !manifest.isSorted()
        || !Arrays.equals(bytes, manifest.toBytes())) {
      throw new IOException("This is no manifest of schema %d.".formatted(SCHEMA));
    }
    return manifest;
  }

  /** Whether the files stand by name, each once. */
  private boolean isSorted() {
    List<String> names = files.stream().map(Entry::name).toList();
    return names.equals(List.copyOf(new TreeSet<>(names)));
  }
}
