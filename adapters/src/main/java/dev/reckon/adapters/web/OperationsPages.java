package dev.reckon.adapters.web;

import dev.reckon.core.policy.Policy;
import dev.reckon.core.store.Backlog;
import dev.reckon.core.store.Operations.ModelUse;
import dev.reckon.core.store.Operations.Undelivered;
import dev.reckon.core.store.Operations.UnderWay;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.sandbox.PoolStatus;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Figures for the policy's administrators: what runs, what it costs, what fails. */
final class OperationsPages {
  private static final int DAYS = 30;
  private static final int ROWS = 50;

  /** Ends of turns that attempts, time, money or somebody put there. */
  private static final Set<String> ENDED_BY_LIMITS =
      Set.of("failed", "over_budget", "cancelled", "model_error");

  private final OperationsSources sources;
  private final PolicyForm form;
  private final ChatPages chats;
  private final InstantSource clock;

  OperationsPages(
      OperationsSources sources, PolicyForm form, ChatPages chats, InstantSource clock) {
    this.sources = sources;
    this.form = form;
    this.chats = chats;
    this.clock = clock;
  }

  /** The page. */
  void show(Context context, Visitor visitor) {
    form.check(visitor);
    Policy policy = sources.policy().get();
    ZoneId zone = policy.zone();
    LocalDate today = clock.instant().atZone(zone).toLocalDate();
    Instant day = today.atStartOfDay(zone).toInstant();
    Instant month = today.withDayOfMonth(1).atStartOfDay(zone).toInstant();
    Instant since = today.minusDays(DAYS - 1L).atStartOfDay(zone).toInstant();
    BudgetTables budgets = new BudgetTables(sources, policy, day, month);
    Html content =
        Html.el("section", "plain wide operations")
            .add(
                Html.el("h1").text("Operations"),
                Html.el("p", "note")
                    .text(
                        "Days are those of %s. No requests, answers or files are shown."
                            .formatted(zone)),
                Html.section("Now", now()),
                Html.section(
                    "The last %d days".formatted(DAYS),
                    DailyCharts.of(sources.figures().quarterHours(since), today, DAYS, zone)),
                Html.section("Models", models(day)),
                Html.section("Cost by team", budgets.teams()),
                Html.section("Cost by person", budgets.people()),
                Html.section("What limits did today", limits(day)),
                Html.section("Replies that could not be sent", undelivered(since)),
                Html.section("Policy", form.show(visitor, policy)).attr("id", "policy"),
                Html.section("Settings in force", settings()));
    Page.show(context, visitor, "Operations", "/operations", chats.listed(visitor), content);
  }

  private Html now() {
    UnderWay under = sources.figures().underWay();
    Backlog backlog = sources.backlog().get();
    List<List<String>> queues = new ArrayList<>();
    queues.add(List.of("Turns that run or wait", Long.toString(under.turns()), ""));
    under
        .stages()
        .forEach(
            (stage, number) ->
                queues.add(List.of("Deliveries: " + words(stage), Long.toString(number), "")));
    queues.add(
        List.of(
            "Deliveries in all",
            Integer.toString(backlog.deliveries()),
            "oldest %d s, %d to be tried again"
                .formatted(backlog.oldestDelivery().toSeconds(), under.failing())));
    queues.add(
        List.of(
            "Replies to be sent",
            Integer.toString(backlog.replies()),
            "oldest %d s".formatted(backlog.oldestReply().toSeconds())));
    List<List<String>> engines = new ArrayList<>();
    sources.engines().get().forEach((name, pool) -> engines.add(engine(name, pool)));
    return Html.all(
        Charts.table(List.of("Queue", "Number", ""), queues),
        Charts.table(
            List.of(
                "Workers",
                "wanted",
                "ready",
                "busy",
                "starting",
                "scripts waiting",
                "runs",
                "killed",
                "recycled"),
            engines));
  }

  private static List<String> engine(String name, PoolStatus pool) {
    return List.of(
        name,
        Integer.toString(pool.workers()),
        Integer.toString(pool.ready()),
        Integer.toString(pool.busy()),
        Integer.toString(pool.starting()),
        Integer.toString(pool.queued()),
        Long.toString(pool.runs()),
        Long.toString(pool.killed()),
        Long.toString(pool.recycled()));
  }

  private Html models(Instant day) {
    List<List<String>> used = new ArrayList<>();
    for (ModelUse model : sources.figures().models(day)) {
      used.add(
          List.of(
              model.model(),
              words(model.purpose()),
              Charts.count(model.calls()),
              Charts.count(model.tokens()),
              Charts.usd(model.usd())));
    }
    List<List<String>> calls = new ArrayList<>();
    for (OperationsSources.ModelCalls one : sources.models().get()) {
      calls.add(
          List.of(
              words(one.purpose()),
              words(one.outcome()),
              Charts.count(one.calls()),
              one.median().toMillis() + " ms",
              one.p95().toMillis() + " ms",
              one.longest().toMillis() + " ms"));
    }
    if (used.isEmpty() && calls.isEmpty()) {
      return Html.el("p", "note").text("No model was called today, nor since the start.");
    }
    return Html.all(
        Charts.table(List.of("Today", "for", "calls", "tokens", "cost"), used),
        Charts.table(
            List.of(
                "Since the start",
                "outcome",
                "calls",
                "half took up to",
                "95 % up to",
                "longest lately"),
            calls));
  }

  private Html limits(Instant day) {
    List<List<String>> rows = new ArrayList<>();
    sources
        .figures()
        .refusals(day)
        .forEach(
            (reason, number) ->
                rows.add(List.of("Refused: " + words(reason), Charts.count(number))));
    Map<String, Long> ends = new TreeMap<>();
    sources.figures().quarterHours(day).stream()
        .filter(quarter -> ENDED_BY_LIMITS.contains(quarter.outcome()))
        .forEach(quarter -> ends.merge(quarter.outcome(), quarter.turns(), Long::sum));
    ends.forEach(
        (outcome, number) ->
            rows.add(List.of("Turns that ended: " + words(outcome), Charts.count(number))));
    return rows.isEmpty()
        ? Html.el("p", "note").text("Nothing was refused today.")
        : Charts.table(List.of("Today", "Number"), rows);
  }

  private Html undelivered(Instant since) {
    List<List<String>> rows = new ArrayList<>();
    for (Undelivered one : sources.figures().undelivered(since, ROWS)) {
      rows.add(
          List.of(
              one.surface(),
              Sanitizer.oneLine(one.problem()),
              Charts.count(one.replies()),
              PageTime.of(one.last())));
    }
    return rows.isEmpty()
        ? Html.el("p", "note").text("None in the last %d days.".formatted(DAYS))
        : Charts.table(List.of("Surface", "Why", "Replies", "Last"), rows);
  }

  private Html settings() {
    List<List<String>> rows = new ArrayList<>();
    sources.settings().forEach((key, value) -> rows.add(List.of(key, value)));
    return Html.el("details")
        .add(
            Html.el("summary").text("%d keys".formatted(rows.size())),
            Charts.table(List.of("Key", "Value"), rows));
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }
}
