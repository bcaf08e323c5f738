package dev.reckon.adapters.telegram;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.Readiness;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.surface.Surface;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/**
 * Connects Reckon to Telegram. Create it, hand {@link #surface()} to the core and {@link
 * #endpoints()} to the HTTP server, then {@link #start} it with the core's inbox. Safe for any
 * threads.
 */
public final class TelegramAdapter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TelegramAdapter.class);
  private static final Duration TYPING = Duration.ofMillis(4500);

  private final TelegramSettings settings;
  private final List<MenuCommand> menu;
  private final Timing timing;
  private final BotApi api;
  private final TypingIndicator typing;
  private final ChatMoves moves = new ChatMoves();
  private final CallbackHandler callbacks;
  private final UnjoinedChats unjoined;
  private final InlineAnswers inline;
  private final TelegramSurface surface;
  private final RichChoice richChoice;
  private final PollingWatch watch;
  private final Optional<Webhook> webhook;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AlbumCollector albums;
  private volatile @Nullable SupervisedLoop loop;

  /** Whom updates go to once everything is registered. Only for the loop's thread. */
  private @Nullable UpdateHandler begun;

  /** Changed by the loop's thread only, until it has ended. */
  private volatile @Nullable Polling polling;

  private volatile @Nullable String startTrouble = "not started yet";

  /**
   * How fast things go.
   *
   * @param limits what Telegram takes
   * @param albumQuiet how long after its last part an album is taken for complete
   * @param pressHeld how long the press of a button waits for the core's word on it
   * @param typing how long after its last letter an inline query is taken for complete
   * @param check how often polling's health is checked
   * @param nanoTime what these durations are measured with, as {@link System#nanoTime}
   */
  record Timing(
      TelegramRateLimits limits,
      Duration albumQuiet,
      Duration pressHeld,
      Duration typing,
      Duration check,
      LongSupplier nanoTime) {
    static final Timing NORMAL =
        new Timing(
            TelegramRateLimits.TELEGRAM,
            Duration.ofMillis(700),
            Duration.ofMillis(700),
            Duration.ofMillis(350),
            Duration.ofSeconds(5),
            System::nanoTime);
  }

  TelegramAdapter(
      TelegramSettings settings,
      List<MenuCommand> menu,
      UnjoinedChats unjoined,
      RichChats rich,
      Timing timing) {
    this.settings = settings;
    this.menu = List.copyOf(menu);
    this.timing = timing;
    watch = new PollingWatch(timing.nanoTime());
    albums = new AlbumCollector(timing.albumQuiet(), timing.nanoTime());
    api = new BotApi(BotConnection.forCalls(settings));
    typing = new TypingIndicator(api, TYPING);
    MessageSender sender =
        new MessageSender(api, new ChatRateLimiter(timing.limits(), timing.nanoTime()), moves);
    callbacks = new CallbackHandler(api, timing.pressHeld(), threads);
    this.unjoined = unjoined;
    inline = new InlineAnswers(api, unjoined, timing.typing(), threads);
    Ticker ticker = timing.nanoTime()::getAsLong;
    surface =
        new TelegramSurface(
            settings.official(), api, timing.limits(), sender, typing, callbacks, rich, ticker);
    richChoice =
        new RichChoice(sender, rich, callbacks, surface::administers, unjoined.gate(), ticker);
    webhook =
        settings.mode() == TelegramSettings.Mode.WEBHOOK
            ? Optional.of(new Webhook(settings.secretToken().orElseThrow(), albums))
            : Optional.empty();
  }

  /**
   * Makes the adapter; nothing is sent or fetched yet.
   *
   * @param menu what Telegram offers when somebody types a slash, at most 100
   * @param unjoined what people may do in chats that the bot is not in
   * @param rich which chats are sent rich messages
   */
  public static TelegramAdapter create(
      TelegramSettings settings, List<MenuCommand> menu, UnjoinedChats unjoined, RichChats rich) {
    return new TelegramAdapter(settings, menu, unjoined, rich, Timing.NORMAL);
  }

  /** Where replies leave; works before {@link #start}. */
  public Surface surface() {
    return surface;
  }

  /** Who reads what in groups. */
  public Readership readership() {
    return new TelegramReadership(api);
  }

  /** What the HTTP server must serve: one address in webhook mode, none otherwise. */
  public List<Endpoint> endpoints() {
    return webhook
        .map(it -> List.of(new Endpoint(Endpoint.Method.POST, Webhook.PATH, it, it::handle)))
        .orElse(List.of());
  }

  /** Whether updates arrive. */
  public Readiness readiness() {
    return new Readiness("telegram", () -> trouble().isEmpty() && !isStalled());
  }

  private boolean isStalled() {
    SupervisedLoop started = loop;
    return started != null && started.isStalled();
  }

  /** Why updates do not arrive, in plain words with what to do; empty while they do. */
  public Optional<String> trouble() {
    String starting = startTrouble;
    if (starting != null) {
      return Optional.of(starting);
    }
    return webhook.isPresent() ? Optional.empty() : watch.trouble();
  }

  /**
   * Begins to take updates in; returns at once. While Telegram cannot be reached it goes on trying.
   * Call once.
   *
   * @param fetches whether this process is the one that asks Telegram for updates; Telegram answers
   *     one at a time
   * @return what keeps updates coming; closed with the adapter
   */
  public SupervisedLoop start(Inbox inbox, SurfaceQueries queries, BooleanSupplier fetches) {
    SupervisedLoop started =
        new SupervisedLoop(
            new SupervisedLoop.Schedule(
                "telegram", Duration.ZERO, PollingWatch.SILENCE.multipliedBy(2), Backoff.IMPATIENT),
            () -> look(inbox, queries, fetches),
            InstantSource.system());
    loop = started;
    return started.start();
  }

  /** Begins what is not begun, and begins it again when the library's polling has died. */
  private Duration look(Inbox inbox, SurfaceQueries queries, BooleanSupplier fetches)
      throws InterruptedException, TelegramApiException {
    UpdateHandler handler = begun;
    if (handler == null) {
      handler = introduce(inbox, queries);
      begun = handler;
    }
    Polling running = polling;
    if (webhook.isPresent()) {
      return timing.check();
    }
    if (!fetches.getAsBoolean()) {
      polling = null;
      if (running != null) {
        LOG.info("another process fetches updates now");
        running.close();
      }
      watch.end();
      startTrouble = null;
    } else if (running == null) {
      poll(handler);
    } else if (watch.silent()) {
      polling = null;
      running.close();
      throw new IllegalStateException(
          "polling Telegram has stopped without an error; it is started again");
    }
    return timing.check();
  }

  private UpdateHandler introduce(Inbox inbox, SurfaceQueries queries) throws InterruptedException {
    Bot bot = introduced();
    Set<String> vocabulary =
        new HashSet<>(menu.stream().map(MenuCommand::name).collect(Collectors.toSet()));
    vocabulary.addAll(Set.of("ask", "start", "rich"));
    UpdateHandler handler =
        new UpdateHandler(
            inbox,
            queries,
            new UpdateTranslator(bot, vocabulary),
            callbacks,
            inline,
            unjoined.guests(),
            surface::complete,
            moves,
            this::greet,
            richChoice);
    moves.reportTo(handler::takeMove);
    if (webhook.isPresent()) {
      webhook.get().open(handler);
      if (settings.webhookUrl().isPresent()) {
        register(settings.webhookUrl().get());
      }
      startTrouble = null;
      LOG.info("taking updates for @{} at {}", bot.username(), Webhook.PATH);
    } else {
      LOG.info("fetching updates for @{}", bot.username());
    }
    return handler;
  }

  private Bot introduced() throws InterruptedException {
    User me = untilAnswered(() -> api.call(new GetMe()));
    if (!menu.isEmpty()) {
      untilAnswered(() -> api.call(SetMyCommands.builder().commands(commands()).build()));
    }
    return new Bot(
        me.getId(), me.getUserName(), Boolean.TRUE.equals(me.getCanReadAllGroupMessages()));
  }

  private List<BotCommand> commands() {
    return menu.stream().map(it -> new BotCommand(it.name(), it.description())).toList();
  }

  private void register(URI url) throws InterruptedException {
    untilAnswered(
        () -> {
          api.call(
              SetWebhook.builder()
                  .url(url.toString())
                  .secretToken(settings.secretToken().orElseThrow())
                  .allowedUpdates(Updates.KINDS)
                  .build());
          return true;
        });
  }

  private interface Question<T> {
    T ask() throws TelegramFailure, InterruptedException;
  }

  /** Asks again and again, and says why as often as the reason changes. */
  private <T> T untilAnswered(Question<T> question) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        return question.ask();
      } catch (TelegramFailure e) {
        String words = String.valueOf(BotApiErrors.of(e).getMessage());
        if (!words.equals(startTrouble)) {
          LOG.error("{}; trying again until it works", words);
        }
        startTrouble = words;
        Thread.sleep(Backoff.IMPATIENT.after(failures, e.retryAfter()));
      }
    }
  }

  private void poll(UpdateHandler handler) throws TelegramApiException {
    watch.begin();
    Polling next = new Polling(settings, handler, albums, watch);
    try {
      next.start();
    } catch (TelegramApiException | RuntimeException e) {
      next.close();
      throw e;
    }
    polling = next;
    startTrouble = null;
  }

  private boolean greet(Incoming incoming) {
    AdmissionRequest asking = AdmissionRequest.of(incoming, AdmissionRequest.Kind.WORD);
    if (unjoined.gate().refusal(asking).isPresent()) {
      return false;
    }
    threads.execute(
        () -> {
          try {
            surface.post(
                incoming.address(),
                Greeting.reply(incoming.language()),
                Optional.empty(),
                id -> Optional.empty(),
                soFar -> {});
          } catch (DeliveryException e) {
            LOG.debug("a greeting was not sent: {}", e.getMessage());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return true;
  }

  /**
   * Fetches no updates any more; those that a webhook brings are taken until {@link #close}. When
   * this returns, no request for updates is under way.
   */
  public void stopFetching() {
    SupervisedLoop started = loop;
    if (started != null) {
      started.close();
    }
    Polling running = polling;
    if (running != null) {
      polling = null;
      running.close();
    }
  }

  /** Stops taking updates and sending. What was taken is persisted. */
  @Override
  public void close() {
    stopFetching();
    threads.shutdownNow();
    typing.close();
    api.close();
  }
}
