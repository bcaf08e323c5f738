package dev.reckon.adapters.telegram;

import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.calculate.Expression;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.surface.render.Sanitizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerInlineQuery;
import org.telegram.telegrambots.meta.api.objects.inlinequery.InlineQuery;
import org.telegram.telegrambots.meta.api.objects.inlinequery.inputmessagecontent.InputTextMessageContent;
import org.telegram.telegrambots.meta.api.objects.inlinequery.result.InlineQueryResult;
import org.telegram.telegrambots.meta.api.objects.inlinequery.result.InlineQueryResultArticle;
import org.telegram.telegrambots.meta.api.objects.inlinequery.result.InlineQueryResultsButton;

/**
 * Answers inline queries, {@code @bot 2**64} in any chat: an expression by its value, anything else
 * by a button into the private chat. Telegram asks with each letter that is typed, so a query waits
 * a moment, and the next one of the same person ends it. Nothing is stored. Safe for any threads.
 */
final class InlineAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(InlineAnswers.class);
  private static final int CACHE_SECONDS = 60;
  private static final int LONGEST_TITLE = 100;
  private static final int LONGEST_TEXT = 4_000;

  private final BotApi api;
  private final UnjoinedChats unjoined;
  private final Duration quiet;
  private final ExecutorService threads;
  private final Map<Long, Future<?>> latest = new ConcurrentHashMap<>();

  /**
   * An answerer.
   *
   * @param quiet how long after the last letter a query is taken for complete
   */
  InlineAnswers(BotApi api, UnjoinedChats unjoined, Duration quiet, ExecutorService threads) {
    this.api = api;
    this.unjoined = unjoined;
    this.quiet = quiet;
    this.threads = threads;
  }

  /** Answers soon, unless the person types on. */
  void take(InlineQuery query) {
    long person = query.getFrom().getId();
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              answer(query);
              return null;
            });
    Future<?> before = latest.put(person, task);
    if (before != null) {
      before.cancel(true);
    }
    try {
      threads.execute(
          () -> {
            task.run();
            latest.remove(person, task);
          });
    } catch (RejectedExecutionException e) {
      latest.remove(person, task);
      LOG.info("an inline query is not answered: Reckon stops or has no thread for it");
    }
  }

  /** How many people's queries are under way. */
  int underWay() {
    return latest.size();
  }

  private void answer(InlineQuery query) throws InterruptedException {
    try {
      Thread.sleep(quiet);
      api.call(answered(query));
    } catch (TelegramFailure e) {
      LOG.debug("an inline query was not answered: {}", e.description());
    } catch (RuntimeException | Error e) {
      LOG.error("answering an inline query failed", e);
    }
  }

  private AnswerInlineQuery answered(InlineQuery query) throws InterruptedException {
    Person person = UpdateTranslator.person(query.getFrom());
    Optional<Expression> expression = Expression.of(query.getQuery());
    if (expression.isEmpty()) {
      return askInPrivate(query);
    }
    InlineGate.Answer allowed = unjoined.gate().ask(asking(query, person));
    if (allowed != InlineGate.Answer.ALLOWED) {
      LOG.debug("an inline query is not computed: {}", allowed);
      return askInPrivate(query);
    }
    return switch (unjoined.computing().compute(person.id(), expression.get())) {
      case Calculator.Outcome.Value(String value) ->
          AnswerInlineQuery.builder()
              .inlineQueryId(query.getId())
              .isPersonal(true)
              .cacheTime(CACHE_SECONDS)
              .results(List.of(result(expression.get().text(), Sanitizer.oneLine(value))))
              .build();
      case Calculator.Outcome.None(String reason) -> {
        LOG.debug("an expression has no value: {}", reason);
        yield askInPrivate(query);
      }
    };
  }

  private static AdmissionRequest asking(InlineQuery query, Person person) {
    Chat own = new Chat(query.getFrom().getId(), OptionalInt.empty());
    return new AdmissionRequest(
        "telegram/inline/" + query.getId(),
        own.conversation(),
        new Team(TelegramIds.team(own.id()), ""),
        person,
        own.address(),
        AdmissionRequest.Kind.WORD);
  }

  private static InlineQueryResult result(String expression, String value) {
    String title = Truncation.cut(value, LONGEST_TITLE);
    return InlineQueryResultArticle.builder()
        .id("value")
        .title(title)
        .description(expression)
        .inputMessageContent(
            InputTextMessageContent.builder()
                .messageText(Truncation.cut(expression + " = " + value, LONGEST_TEXT))
                .build())
        .build();
  }

  /** Nothing to choose, but a way to where everything can be asked. */
  private static AnswerInlineQuery askInPrivate(InlineQuery query) {
    Language language = UpdateTranslator.language(query.getFrom());
    return AnswerInlineQuery.builder()
        .inlineQueryId(query.getId())
        .isPersonal(true)
        .cacheTime(0)
        .results(List.of())
        .button(
            InlineQueryResultsButton.builder()
                .text(Label.BUTTON_ASK_PRIVATE.in(language))
                .startParameter("inline")
                .build())
        .build();
  }
}
