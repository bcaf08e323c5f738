package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.app.StartedReckon;
import dev.reckon.app.TestCore;
import dev.reckon.core.delivery.DeliveryService;
import dev.reckon.core.delivery.SchedulerSettings;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A workspace, and Reckon in it with everything real but the model; Reckon can be restarted. */
final class StoryStage implements AutoCloseable {
  private static final SchedulerSettings DRAIN =
      new SchedulerSettings(
          16,
          10_000,
          Duration.ofMillis(500),
          new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofDays(1)),
          4,
          Duration.ofSeconds(2),
          Duration.ofSeconds(6));

  final FakeSlack slack = new FakeSlack();
  final SlackPeople people = new SlackPeople(slack);
  final StoryModel model = new StoryModel();
  private final Path folder;
  private final Sandbox sandbox;
  private Clock clock = Clock.systemUTC();
  private Running running;

  /** The page where other workspaces install the app, once they may. */
  private Optional<InstallBrowser> installing = Optional.empty();

  StoryStage(Path folder, Sandbox sandbox) {
    this.folder = folder;
    this.sandbox = sandbox;
    slack.channel("C1", "U1", "U2", FakeSlack.BOT).channel("C2", "U1");
    running = start();
  }

  private record Running(
      JdbiStore store,
      StepwiseDriver driver,
      DeliveryService service,
      SlackAdapter adapter,
      Optional<HttpServer> pages) {}

  private Running start() {
    JdbiStore store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    TestCore core = new TestCore(store, clock);
    StepwiseDriver driver = core.driver(model, sandbox);
    DeliveryService service =
        new DeliveryService(
            core.deliveries(
                driver,
                new Gatekeeper(
                    () -> TestCore.UNHURRIED,
                    store.ledger(),
                    new LocalAdmissionState(clock),
                    clock),
                core.commands(person -> false)),
            DRAIN,
            sentence -> {});
    SlackAdapter adapter = new SlackAdapter(settings(), store.installations());
    Optional<HttpServer> pages =
        installing.map(
            browser ->
                HttpServer.start(
                    new HttpSettings("127.0.0.1", browser.page.getPort()),
                    adapter.endpoints(),
                    List.of(adapter.readiness())));
    service.start(List.of(adapter.surface()));
    adapter.start(
        service.inbox(),
        service.queries(),
        StoryPages.previews(store, adapter.readership(), clock));
    Until.holds("connected", () -> adapter.readiness().ready().getAsBoolean());
    return new Running(store, driver, service, adapter, pages);
  }

  private SlackSettings settings() {
    SlackSettings one = slack.settings(SlackSettings.Mode.SOCKET);
    return new SlackSettings(
        one.mode(),
        one.botToken(),
        one.appToken(),
        one.signingSecret(),
        one.apiUrl(),
        installing.map(browser -> browser.oauth(Set.of("T2", "T3"))),
        Optional.empty());
  }

  /** From now on, the workspaces T2 and T3 may install the app on its page. */
  InstallBrowser letOthersInstall() throws IOException {
    InstallBrowser browser = new InstallBrowser(slack, StartedReckon.freePort());
    installing = Optional.of(browser);
    restart();
    return browser;
  }

  /** An event of a workspace that installed the app. */
  void event(String team, ObjectNode event) throws Exception {
    slack.sockets.deliver("events_api", people.envelope(team, event)).get();
  }

  private void stop() {
    running.pages().ifPresent(HttpServer::close);
    running.adapter().close();
    running.service().close();
    running.driver().close();
    running.store().close();
  }

  /** Ends Reckon in the middle of what it does, and starts it on the same database. */
  void restart() {
    stop();
    running = start();
  }

  /** Is away until that time. */
  void restartAt(Instant time) {
    stop();
    clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), time));
    running = start();
  }

  JsonNode command(String channel, String user, String text) throws Exception {
    return slack.sockets.deliver("slash_commands", people.command(channel, user, text)).get();
  }

  void event(ObjectNode event) throws Exception {
    slack.sockets.deliver("events_api", people.envelope(event)).get();
  }

  void press(FakeMessage message, String user, String label) throws Exception {
    String value = message.button(label);
    slack.sockets.deliver("interactive", people.press(message, user, value)).get();
  }

  /** The newest modal, filled in and sent. */
  void submit(String user, Map<String, String> typed) throws Exception {
    slack.sockets.deliver("interactive", people.submit(user, typed)).get();
  }

  void shortcut(String callback, String user, JsonNode message) throws Exception {
    slack.sockets.deliver("interactive", people.shortcut(callback, user, message)).get();
  }

  /** The modal that opens after so many others. */
  JsonNode form(int earlier) {
    Until.holds("a form", () -> slack.views.size() > earlier);
    return slack.views.getLast();
  }

  /** Whether all that was said is taken up, and all answers are out or given up. */
  boolean settled() {
    return running.store().deliveries().waiting(Set.of(SlackSurface.NAME)).isEmpty()
        && running.store().backlog().replies() == 0;
  }

  JdbiStore store() {
    return running.store();
  }

  boolean ready() {
    return running.adapter().readiness().ready().getAsBoolean();
  }

  /** The message that shows some words, once there is one. */
  FakeMessage shows(String channel, String words) {
    return shows(() -> slack.in(channel), words);
  }

  FakeMessage showsOnlyTo(String user, String words) {
    return shows(() -> slack.onlyFor(user), words);
  }

  private FakeMessage shows(Supplier<List<FakeMessage>> where, String words) {
    try {
      Until.holds(
          words, () -> where.get().stream().anyMatch(message -> message.shown().contains(words)));
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + "\n" + String.join("", slack.transcript()) + model.unexpected, e);
    }
    return where.get().stream()
        .filter(message -> message.shown().contains(words))
        .toList()
        .getLast();
  }

  @Override
  public void close() {
    stop();
    installing.ifPresent(InstallBrowser::close);
    slack.close();
  }
}
