package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.loop.Backoff;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.longpolling.BotSession;
import org.telegram.telegrambots.longpolling.interfaces.BackOff;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/**
 * One run of the library's polling. The library moves the offset before it hands updates over, so
 * what could not be persisted is taken back into the offset before the next request confirms it;
 * and it stops for good when a consumer throws, so nothing is thrown.
 */
final class Polling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

  /** Shorter than other back-offs: people wait for updates. */
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), Duration.ofDays(1));

  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final UpdateHandler intake;
  private final AlbumCollector albums;
  private final BotConnection connection;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("telegram-polling").factory());
  private final BotSession session;
  private final Set<Integer> taken = new HashSet<>();
  private int failures;

  Polling(
      TelegramSettings settings, UpdateHandler intake, AlbumCollector albums, PollingWatch watch) {
    this.intake = intake;
    this.albums = albums;
    connection = BotConnection.forPolling(settings, watch, PollingWatch.HELD);
    session =
        new BotSession(
            new ObjectMapper(),
            connection.http(),
            thread,
            settings.token(),
            connection::url,
            last ->
                new Updates.Request(
                    last + 1, (int) PollingWatch.HELD.toSeconds(), this::idsRestarted),
            Steady::new,
            this::consume);
  }

  /**
   * Removes a webhook, which Telegram does not allow beside polling, and begins.
   *
   * @throws TelegramApiException when Telegram cannot be reached
   */
  void start() throws TelegramApiException {
    session.start();
  }

  /** The library leaves out what is not above the last id: the last id is what it must be then. */
  private void idsRestarted(int first) {
    LOG.info("Telegram restarted its update ids at {}", first);
    taken.clear();
    session.getLastReceivedUpdate().set(first - 1);
  }

  private void consume(List<Update> updates) {
    if (updates.isEmpty()) {
      return;
    }
    try {
      int taken = take(updates);
      session.getLastReceivedUpdate().set(taken);
      if (taken == updates.getLast().getUpdateId()) {
        failures = 0;
        this.taken.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("polling failed on {} updates, which are tried again", updates.size(), e);
      session.getLastReceivedUpdate().set(updates.getFirst().getUpdateId() - 1);
    }
  }

  /** Persists in order, and returns the last update up to which all are. */
  private int take(List<Update> updates) throws InterruptedException {
    int done = updates.getFirst().getUpdateId() - 1;
    for (Update update : updates) {
      try {
        if (!taken.contains(update.getUpdateId()) && !taken(update, updates)) {
          Thread.sleep(albums.quiet());
          return done;
        }
      } catch (RuntimeException e) {
        Duration pause = BACKOFF.after(failures++);
        LOG.error(
            "update {} could not be stored; it stays with Telegram and is fetched again in {} ms",
            update.getUpdateId(),
            pause.toMillis(),
            e);
        Thread.sleep(pause);
        return done;
      }
      done = update.getUpdateId();
    }
    return done;
  }

  /** Persists one update, or the album it is part of; false where that is not complete. */
  private boolean taken(Update update, List<Update> updates) {
    Optional<String> album = AlbumCollector.of(update);
    if (album.isEmpty()) {
      intake.take(update);
      return true;
    }
    List<Update> parts =
        updates.stream().filter(other -> AlbumCollector.of(other).equals(album)).toList();
    if (!albums.complete(album.get(), parts.size())) {
      return false;
    }
    intake.take(parts.stream().<Message>map(Update::getMessage).toList());
    parts.forEach(part -> taken.add(part.getUpdateId()));
    return true;
  }

  @Override
  public void close() {
    session.stop();
    connection.close();
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("polling Telegram did not end within {} s", LONGEST_END.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Replaces the library's own back-off, which reaches a quarter of an hour. */
  private static final class Steady implements BackOff {
    private int failures;

    @Override
    public void reset() {
      failures = 0;
    }

    @Override
    public long nextBackOffMillis() {
      long half = BACKOFF.after(failures++).toMillis() / 2;
      return half + ThreadLocalRandom.current().nextLong(half + 1);
    }
  }
}
