package dev.reckon.adapters.telegram;

import dev.reckon.app.TestCore;
import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.delivery.DeliveryService;
import dev.reckon.core.delivery.SchedulerSettings;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.Person;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.testing.Until;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The whole program between Telegram and the sandbox: the real core, store and adapter. */
final class StoryWorld implements AutoCloseable {
  private static final SchedulerSettings QUICK =
      new SchedulerSettings(
          16,
          10_000,
          Duration.ofMillis(500),
          new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofDays(1)),
          4,
          Duration.ofMillis(50),
          Duration.ofSeconds(6));
  private static final TelegramRateLimits FAST =
      new TelegramRateLimits(Duration.ofMillis(10), 6000, Duration.ofMillis(1));

  /** What an administrator may change. */
  volatile Policy policy = TestCore.UNHURRIED;

  private final FakeTelegram telegram;
  private final JdbiStore store;
  private final StepwiseDriver driver;
  private final DeliveryService service;
  private final TelegramAdapter adapter;

  /** With the whole vocabulary. */
  static StoryWorld open(FakeTelegram telegram, Path folder, LanguageModel model, Sandbox sandbox) {
    return open(telegram, folder, model, sandbox, Clock.systemUTC());
  }

  /** The same at another time. */
  static StoryWorld open(
      FakeTelegram telegram, Path folder, LanguageModel model, Sandbox sandbox, Clock clock) {
    return new StoryWorld(
        telegram,
        folder,
        model,
        sandbox,
        clock,
        core -> core.commands(person -> person.role() == Person.Role.ADMINISTRATOR));
  }

  /** Opens it on a folder; a second one on the same folder is a restart. */
  StoryWorld(
      FakeTelegram telegram,
      Path folder,
      LanguageModel model,
      Sandbox sandbox,
      Clock clock,
      Function<TestCore, Interpreter> words) {
    this.telegram = telegram;
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    TestCore core = new TestCore(store, clock);
    driver = core.driver(model, sandbox);
    service =
        new DeliveryService(
            core.deliveries(
                driver,
                new Gatekeeper(() -> policy, store.ledger(), new LocalAdmissionState(clock), clock),
                words.apply(core)),
            QUICK,
            sentence -> {});
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            MenuCommand.all(List.of()),
            new UnjoinedChats(
                new InlineGate(() -> policy, clock),
                new Calculator(sandbox, Duration.ofSeconds(2))::compute,
                () -> policy.allowsGuestChats()),
            FakeTelegram.noRichChats(),
            new TelegramAdapter.Timing(
                FAST,
                Duration.ofMillis(60),
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                System::nanoTime));
    service.start(List.of(adapter.surface()));
    adapter.start(service.inbox(), service.queries(), () -> true);
  }

  JdbiStore store() {
    return store;
  }

  int unsent() {
    return store.backlog().replies();
  }

  /** Whether all that was said is taken, and all answers are out. */
  boolean settled() {
    return telegram.waiting() == 0
        && store.deliveries().waiting(Set.of(Chat.SURFACE)).isEmpty()
        && store.backlog().replies() == 0;
  }

  /** Waits until it has settled. */
  void settle() throws InterruptedException {
    Until.holds("all taken, all sent", this::settled);
  }

  /** Ends it at once, whatever runs; what was saved stays. */
  @Override
  public void close() {
    adapter.close();
    service.close();
    driver.close();
    store.close();
  }
}
