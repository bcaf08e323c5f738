package dev.reckon.adapters.telegram;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.ActionType;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;

/**
 * Shows "typing" in a chat while a turn runs there, and keeps its draft from fading. Telegram shows
 * "typing" for five seconds and a draft for thirty. Nothing depends on it: failures are let go.
 */
final class TypingIndicator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TypingIndicator.class);
  private static final int BEATS_TO_DRAFT = 4;

  /** A turn whose end was never told must not type forever. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final BotApi api;
  private final Duration beat;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Key, Signs> working = new ConcurrentHashMap<>();

  private record Key(Chat chat, long turn) {}

  /** Sends what should not fade. */
  @FunctionalInterface
  interface Refresh {
    void send() throws Exception;
  }

  TypingIndicator(BotApi api, Duration beat) {
    this.api = api;
    this.beat = beat;
  }

  /** The turn is at work; what to refresh replaces what was to be refreshed before. */
  void working(Chat chat, long turn, @Nullable Refresh draft) {
    Signs signs = new Signs(chat, draft);
    Signs before = working.put(new Key(chat, turn), signs);
    if (before != null) {
      before.stopped = true;
    }
    threads.execute(() -> show(signs));
  }

  /** The turn has ended. */
  void done(Chat chat, long turn) {
    Signs signs = working.remove(new Key(chat, turn));
    if (signs != null) {
      signs.stopped = true;
    }
  }

  private void show(Signs signs) {
    long beats = LONGEST.dividedBy(beat);
    try {
      for (long i = 0; i < beats && !signs.stopped; i++) {
        Refresh draft = signs.draft;
        if (draft != null && i > 0 && i % BEATS_TO_DRAFT == 0) {
          draft.send();
        }
        api.call(
            SendChatAction.builder()
                .chatId(signs.chat.id())
                .messageThreadId(
                    signs.chat.topic().isPresent() ? signs.chat.topic().getAsInt() : null)
                .action(ActionType.TYPING.toString())
                .build());
        Thread.sleep(beat);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("the typing indicator is no longer shown: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static final class Signs {
    private final Chat chat;
    private final @Nullable Refresh draft;
    private volatile boolean stopped;

    Signs(Chat chat, @Nullable Refresh draft) {
      this.chat = chat;
      this.draft = draft;
    }
  }
}
