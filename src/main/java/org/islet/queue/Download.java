package org.islet.queue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.islet.format.InputUnreachableException;
import org.islet.request.RequestRefusedException;

/**
 * Gets inputs by http from servers that are allowed, and from no others, wherever a server sends
 * the request on to. An origin is allowed as a whole: scheme, name and port.
 */
public final class Download {

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final Set<String> origins;
  private final Downloads downloads;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param origins that are allowed, such as {@code https://pacs.example:8443}
   * @param folder where downloads go
   * @param maxBytes the most that an input may have
   * @param patience how long one may take
   * @throws IllegalArgumentException if an origin is none
   */
  public Download(Collection<String> origins, Path folder, long maxBytes, Duration patience) {
    this.origins = origins.stream().map(Download::allowed).collect(Collectors.toSet());
    this.downloads = new Downloads(folder, maxBytes);
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  private static String allowed(String origin) {
    try {
      URI uri = new URI(origin);
      if (isPlain(uri) && uri.getRawQuery() == null && uri.getRawPath().matches("/?")) {
        return origin(uri);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "islet.queue.http-allowed holds '%s'; http:// or https:// with a server's name, and its port if it is not the usual one, is expected."
            .formatted(origin));
  }

  /** By http or https, of a server with a name, and without user and password. */
  private static boolean isPlain(URI uri) {
    return uri.getScheme() != null
        && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }

  private static String origin(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    return "%s://%s:%d"
        .formatted(
            scheme,
            uri.getHost().toLowerCase(Locale.ROOT),
            uri.getPort() < 0 ? usual : uri.getPort());
  }

  /**
   * Gets an input.
   *
   * @return a new file; its name is not the address's, but its ending is if it is one that NIfTI
   *     files have
   * @throws RequestRefusedException if it is not allowed, not there or too large
   * @throws InputUnreachableException if it cannot be got now
   * @throws IOException if it cannot be written
   */
  Path get(String address) throws RequestRefusedException, IOException {
    URI uri = requireAllowed(address);
    long end = System.nanoTime() + patience.toNanos();
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = answer(uri, end);
      try (InputStream body = response.body()) {
        if (!REDIRECTS.contains(response.statusCode())) {
          requireSuccess(response);
          return downloads.save(body, Downloads.ending(address.replaceFirst("[?#].*", "")), end);
        }
      }
      String next = response.headers().firstValue("location").orElse("");
      uri = requireAllowed(resolved(uri, next));
    }
    throw refused("not-found", "The server of 'input' sends the request on for ever.");
  }

  private static String resolved(URI uri, String location) throws RequestRefusedException {
    try {
      if (!location.isEmpty()) {
        // Java leaves out the last part of the path before a query alone (RFC 3986, 5.2.2).
        String path = location.startsWith("?") ? uri.getRawPath() : "";
        return uri.resolve(new URI(path + location)).toString();
      }
    } catch (URISyntaxException e) {
      // Nor is that anywhere.
    }
    throw refused("not-found", "The server of 'input' sends the request on to nowhere.");
  }

  private URI requireAllowed(String address) throws RequestRefusedException {
    try {
      URI uri = new URI(address);
      if (isPlain(uri) && origins.contains(origin(uri))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw refused(RequestRefusedException.BAD_REQUEST, "'input' is no address that can be read.");
    }
    throw refused(
        "not-allowed",
        "'input' is at a server, or leads to one, that requests may not name, or holds a user;"
            + " islet.queue.http-allowed has the servers.");
  }

  private HttpResponse<InputStream> answer(URI uri, long end) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofNanos(Math.max(1, end - System.nanoTime())))
            .header("User-Agent", "Islet")
            .build();
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw Downloads.unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Downloads.unreachable(e);
    }
  }

  private void requireSuccess(HttpResponse<?> response)
      throws RequestRefusedException, IOException {
    int status = response.statusCode();
    if (status >= 500 || PASSING.contains(status)) {
      throw new InputUnreachableException(
          "The server of 'input' answers with status %d.".formatted(status), null);
    }
    if (status == 401 || status == 403) {
      throw refused("not-allowed", "The server of 'input' does not let Islet have it.");
    }
    if (status != 200) {
      throw refused("not-found", "The server of 'input' answers with status %d.".formatted(status));
    }
    downloads.requireAtMost(announced(response));
  }

  /** How long the server says that its answer is, in bytes; 0 if it does not. */
  private static long announced(HttpResponse<?> response) throws InputUnreachableException {
    try {
      return response.headers().firstValueAsLong("content-length").orElse(0);
    } catch (NumberFormatException e) {
      throw new InputUnreachableException(
          "The server of 'input' announces a length that is no number.", null);
    }
  }

  private static RequestRefusedException refused(String code, String sentence) {
    return new RequestRefusedException(code, sentence);
  }
}
