package org.islet.web;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.islet.overview.CaseHistory;
import org.islet.overview.Overview;
import org.islet.overview.WaitingRules;
import org.islet.store.JobStore;
import org.islet.store.StoreException;
import org.islet.store.UnstorableException;

/**
 * Pages that show how cases stand, and change nothing: {@code /jobs} all of them, {@code
 * /jobs/CASE} one. They are text, or JSON for whoever accepts that sooner, and name no files.
 */
@ApplicationScoped
public class CasePages {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  /** After so many seconds a browser looks again. */
  private static final String REFRESH = "5";

  private volatile Shown shown;

  private record Shown(JobStore store, WaitingRules rules) {}

  private record Page(int status, String type, String content) {

    /** In the one of its two forms that is accepted sooner. */
    static Page of(RoutingContext context, Supplier<String> text, Supplier<String> json) {
      String type = wanted(context);
      return new Page(OK, type, (type.equals(JSON) ? json : text).get());
    }

    static Page trouble(int status, String sentence) {
      return new Page(status, TEXT, sentence + "\n");
    }
  }

  /** Shows a record from now on. */
  public void show(JobStore store, WaitingRules rules) {
    shown = new Shown(store, rules);
  }

  void register(@Observes Router router) {
    router.get("/").handler(context -> context.redirect("/jobs"));
    router.get("/jobs").blockingHandler(context -> answer(context, this::overview), false);
    router.get("/jobs/:case").blockingHandler(context -> answer(context, this::history), false);
  }

  private void answer(RoutingContext context, BiFunction<Shown, RoutingContext, Page> asked) {
    Page page = page(context, asked);
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(page.status())
            .putHeader("Content-Type", page.type() + "; charset=utf-8")
            .putHeader("Cache-Control", "no-store")
            .putHeader("X-Content-Type-Options", "nosniff");
    if (page.type().equals(TEXT)) {
      response.putHeader("Refresh", REFRESH);
    }
    response.end(page.content());
  }

  private static String wanted(RoutingContext context) {
    return context.parsedHeaders().accept().stream()
        .map(type -> type.value().replaceFirst(";.*", "").strip())
        .filter(type -> type.equals(JSON) || type.startsWith("text/"))
        .map(type -> type.equals(JSON) ? JSON : TEXT)
        .findFirst()
        .orElse(TEXT);
  }

  private Page page(RoutingContext context, BiFunction<Shown, RoutingContext, Page> asked) {
    if (shown == null) {
      return Page.trouble(UNAVAILABLE, "The service is starting.");
    }
    try {
      return asked.apply(shown, context);
    } catch (UnstorableException e) {
      return noSuchCase();
    } catch (StoreException e) {
      return Page.trouble(UNAVAILABLE, e.getMessage());
    }
  }

  private Page overview(Shown record, RoutingContext context) {
    Overview seen =
        Overview.of(record.store(), record.rules(), Overview.NEXT, Overview.LATEST).withoutNames();
    return Page.of(context, seen::text, seen::json);
  }

  private Page history(Shown record, RoutingContext context) {
    Optional<CaseHistory> seen =
        CaseHistory.of(record.store(), record.rules(), context.pathParam("case"))
            .map(CaseHistory::withoutNames);
    return seen.map(history -> Page.of(context, history::text, history::json))
        .orElseGet(CasePages::noSuchCase);
  }

  private static Page noSuchCase() {
    return Page.trouble(NOT_FOUND, "There is no such case in the record.");
  }
}
