package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Imported;
import dev.reckon.core.store.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does what a delivery's words ask for, once, and stores with it that they were handled. */
final class InterpretationStage {
  private final Deliveries deliveries;
  private final Transactions transactions;
  private final Interpreter interpreter;
  private final ScheduledRuns scheduled;
  private final DeliveryReplies replies;

  InterpretationStage(
      Deliveries deliveries,
      Transactions transactions,
      Interpreter interpreter,
      ScheduledRuns scheduled,
      DeliveryReplies replies) {
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.interpreter = interpreter;
    this.scheduled = scheduled;
    this.replies = replies;
  }

  /** Interprets it. Whatever is not a turn is stored as handled, and what it says is stored. */
  Interpretation perform(Delivery delivery, Imported imported) throws InterruptedException {
    interpreter.prepare(delivery.incoming());
    Optional<String> obstacle =
        interpreter.schedules(delivery.incoming())
            ? replies.obstacleLater(delivery)
            : Optional.empty();
    return transactions.inTransaction(() -> interpret(delivery, imported, obstacle));
  }

  private Interpretation interpret(
      Delivery delivery, Imported imported, Optional<String> obstacle) {
    Incoming incoming = delivery.incoming();
    Interpretation outcome =
        spoken(
            scheduled
                .instead(incoming)
                .orElseGet(
                    () ->
                        scheduled.interpreted(
                            incoming, interpreter.interpret(incoming, imported.names()))),
            incoming.language());
    if (!imported.notices().isEmpty()) {
      if (outcome instanceof Interpretation.Silence) {
        return said(delivery, aboutFiles(incoming.language(), imported.notices()));
      }
      if (outcome instanceof Interpretation.Whisper) { // it may be lost, and these may not
        replies.save(delivery, aboutFiles(incoming.language(), imported.notices()));
      }
    }
    if (outcome instanceof Interpretation.Say(Reply plain)) {
      List<String> notices = new ArrayList<>(imported.notices());
      if (plain.kind() == Reply.Kind.NOTICE) { // it was scheduled
        obstacle.ifPresent(notices::add);
      }
      return said(delivery, DeliveryReplies.with(plain, notices));
    }
    if (!(outcome instanceof Interpretation.Compute)) {
      deliveries.handled(delivery.seq());
    }
    return outcome;
  }

  private Interpretation said(Delivery delivery, Reply reply) {
    replies.save(delivery, reply);
    deliveries.handled(delivery.seq());
    return new Interpretation.Say(reply);
  }

  /** What is no answer is said in the language of the delivery; an answer has its own. */
  private static Interpretation spoken(Interpretation outcome, Language language) {
    return switch (outcome) {
      case Interpretation.Say(Reply reply) -> new Interpretation.Say(spoken(reply, language));
      case Interpretation.Whisper(Reply reply) ->
          new Interpretation.Whisper(spoken(reply, language));
      case Interpretation.Silence _, Interpretation.Compute _ -> outcome;
    };
  }

  private static Reply spoken(Reply reply, Language language) {
    return switch (reply.kind()) {
      case NOTICE, REFUSED -> reply.in(language);
      default -> reply;
    };
  }

  private static Reply aboutFiles(Language language, List<String> notices) {
    return Reply.notice(Label.DELIVERY_ATTACHED.in(language), notices.toArray(String[]::new))
        .in(language);
  }
}
