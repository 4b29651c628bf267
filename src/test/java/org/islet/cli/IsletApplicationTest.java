package org.islet.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IsletApplicationTest {

  @TempDir Path home;
  private final Ending ending = new Ending();

  /** Runs the service in an application whose start is something else. */
  private int serve(Runnable start) throws Exception {
    CamelContext context =
        (CamelContext)
            Proxy.newProxyInstance(
                CamelContext.class.getClassLoader(),
                new Class<?>[] {CamelContext.class},
                (proxy, method, arguments) -> {
                  start.run();
                  throw new IllegalStateException("The start is over.");
                });
    return new IsletApplication(context, null, null, ending)
        .run("serve", "--home", home.toString());
  }

  @Test
  @Timeout(20)
  void an_end_that_is_asked_for_while_all_starts_waits_for_the_start() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    Thread end =
        new Thread(
            () -> {
              try {
                starting.await();
                ending.end(null);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    end.start();
    serve(
        () -> {
          starting.countDown();
          await().until(() -> end.getState() == Thread.State.BLOCKED);
        });
    end.join();
  }

  @Test
  void nothing_starts_in_a_process_that_is_ending() throws Exception {
    ending.end(null);
    assertEquals(
        1,
        serve(
            () -> {
              throw new AssertionError("It was started.");
            }));
  }

  @Test
  void a_start_that_was_given_up_since_the_process_ends_is_no_failure_to_tell_of() {
    StringWriter err = new StringWriter();
    int code =
        Islet.commandLine(
                () -> {
                  throw new CancellationException("The process is ending.");
                })
            .setErr(new PrintWriter(err, true))
            .execute("serve", "--home", home.toString());
    assertEquals(1, code);
    assertEquals("", err.toString());
  }
}
