package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.Sanitizer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageReplyMarkup;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Answers button presses, which show a spinner until then: each once, with a notice that only the
 * presser sees. A press that was taken waits a moment for the core's word on it. Safe for any
 * threads.
 */
final class CallbackHandler {
  /** The Bot API's limit. */
  private static final int MOST_CHARACTERS = 200;

  /** More than that is not read in the seconds that a notification stays. */
  private static final int GLANCE = 40;

  private static final Logger LOG = LoggerFactory.getLogger(CallbackHandler.class);

  private final BotApi api;
  private final Duration hold;
  private final Executor threads;
  private final Map<String, Presser> held = new LinkedHashMap<>();

  private record Presser(String channel, String person) {
    static Presser of(Address at, Person person) {
      return new Presser(at.channel(), person.id());
    }
  }

  /** Something that may wait for Telegram. */
  interface Step {
    void run() throws InterruptedException;
  }

  /**
   * An answerer.
   *
   * @param hold how long to wait for the core's answer
   */
  CallbackHandler(BotApi api, Duration hold, Executor threads) {
    this.api = api;
    this.hold = hold;
    this.threads = threads;
  }

  /** Does that soon, in another thread. */
  void later(Step step) {
    threads.execute(
        () -> {
          try {
            step.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Answers soon. */
  void answer(String query, String words) {
    later(() -> send(query, words));
  }

  /** Shows what was behind the menu of that message, to all who read it. */
  void openMenu(CallbackQuery query, ButtonData.Menu more) {
    later(
        () -> {
          send(query.getId(), "");
          if (query.getMessage() instanceof Message message && message.getReplyMarkup() != null) {
            try {
              api.call(
                  EditMessageReplyMarkup.builder()
                      .chatId(message.getChatId())
                      .messageId(message.getMessageId())
                      .replyMarkup(InlineKeyboard.opened(message.getReplyMarkup(), more))
                      .build());
            } catch (TelegramFailure e) {
              LOG.debug("a menu was not opened: {}", e.description());
            }
          }
        });
  }

  /** The press was not taken after all; Telegram may tell of it again. */
  void drop(String query) {
    synchronized (held) {
      held.remove(query);
    }
  }

  /** The press goes to the core: unless that says something soon, the answer is empty. */
  void hold(String query, Incoming press) {
    synchronized (held) {
      held.put(query, Presser.of(press.address(), press.person()));
    }
    later(
        () -> {
          Thread.sleep(hold);
          boolean unanswered;
          synchronized (held) {
            unanswered = held.remove(query) != null;
          }
          if (unanswered) {
            send(query, "");
          }
        });
  }

  /**
   * Answers the oldest press of that person there that still waits.
   *
   * @return whether there was one
   */
  boolean tell(Address at, Person person, String words) throws InterruptedException {
    String query = null;
    synchronized (held) {
      Iterator<Map.Entry<String, Presser>> all = held.entrySet().iterator();
      while (query == null && all.hasNext()) {
        Map.Entry<String, Presser> one = all.next();
        if (one.getValue().equals(Presser.of(at, person))) {
          query = one.getKey();
          all.remove();
        }
      }
    }
    return query != null && send(query, words);
  }

  private boolean send(String query, String words) throws InterruptedException {
    String text = Truncation.cut(Sanitizer.visible(words), MOST_CHARACTERS);
    try {
      api.call(
          AnswerCallbackQuery.builder()
              .callbackQueryId(query)
              .text(text.isEmpty() ? null : text)
              .showAlert(text.length() > GLANCE)
              .build());
      return true;
    } catch (TelegramFailure e) {
      LOG.debug("a press was not answered, its spinner ends by itself: {}", e.description());
      return false;
    }
  }
}
