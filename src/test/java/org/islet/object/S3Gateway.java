package org.islet.object;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands before a server of object storage, and may spoil what goes through it. */
public final class S3Gateway implements AutoCloseable {

  private static final Set<String> OWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OWN.addAll(
        Set.of("Host", "Connection", "Content-Length", "Expect", "Upgrade", "Transfer-Encoding"));
  }

  /** How it spoils something. */
  public enum Fault {
    NONE,
    /** Conditions of puts are not handed on. */
    UNCONDITIONAL,
    /** It looks before it writes, and not while: the first two puts look at one time. */
    RACING,
    DENIED,
    OVERLOADED,
    /** It takes what is sent, and never answers. */
    SILENT,
    /** It ends in the middle of what it sends. */
    CUT,
    /** It loses the answer to a put that has succeeded. */
    DEAF
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final URI target;
  private volatile Fault fault = Fault.NONE;
  private final AtomicInteger puts = new AtomicInteger();
  private volatile CountDownLatch looking = new CountDownLatch(2);
  private volatile String held = "";

  /**
   * @param target the server behind; one put at a time gets through to it
   */
  public S3Gateway(URI target) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void set(Fault how) {
    puts.set(0);
    looking = new CountDownLatch(2);
    fault = how;
  }

  /** Whether a put is one of two that have looked, and found nothing, before either wrote. */
  private boolean hasLooked() {
    CountDownLatch both = looking;
    if (puts.incrementAndGet() > 2) {
      return false;
    }
    both.countDown();
    try {
      return both.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** From now on puts to keys with that ending do not get through; an empty one ends that. */
  public void hold(String ending) {
    held = ending;
  }

  private boolean isHeld(HttpExchange exchange) {
    return !held.isEmpty()
        && exchange.getRequestMethod().equals("PUT")
        && exchange.getRequestURI().getPath().endsWith(held);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (isHeld(exchange) ? Fault.SILENT : fault) {
        case DENIED -> answer(exchange, 403, "AccessDenied");
        case OVERLOADED -> answer(exchange, 503, "SlowDown");
        case SILENT -> {
          exchange.getRequestBody().readAllBytes();
          sleep();
        }
        default -> pass(exchange);
      }
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    boolean put = exchange.getRequestMethod().equals("PUT");
    boolean racing = put && fault == Fault.RACING && hasLooked();
    HttpRequest request = request(exchange, fault == Fault.UNCONDITIONAL || racing);
    HttpResponse<InputStream> response;
    if (put) {
      synchronized (this) {
        response = send(request);
      }
    } else {
      response = send(request);
    }
    if (put && fault == Fault.DEAF && response.statusCode() == 200) {
      fault = Fault.NONE;
      return; // closes the connection
    }
    give(exchange, response);
  }

  private HttpRequest request(HttpExchange exchange, boolean unconditional) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              boolean left =
                  OWN.contains(name) || (unconditional && name.equalsIgnoreCase("If-None-Match"));
              if (!left) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void give(HttpExchange exchange, HttpResponse<InputStream> response) throws IOException {
    byte[] body = response.body().readAllBytes();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      response
          .headers()
          .firstValue("Content-Length")
          .ifPresent(n -> exchange.getResponseHeaders().set("Content-Length", n));
    }
    boolean none = head || body.length == 0;
    exchange.sendResponseHeaders(response.statusCode(), none ? -1 : body.length);
    if (!none) {
      OutputStream out = exchange.getResponseBody();
      out.write(body, 0, fault == Fault.CUT ? body.length / 2 : body.length);
      out.flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
