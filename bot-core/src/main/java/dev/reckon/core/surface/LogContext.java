package dev.reckon.core.surface;

import dev.reckon.core.message.ConversationId;
import org.slf4j.MDC;

/** Gives the lines that a thread logs the ids of what it is about, until it is closed. */
final class LogContext implements AutoCloseable {
  private final MDC.MDCCloseable conversation;
  private final MDC.MDCCloseable turn;

  LogContext(ConversationId conversation, long turn) {
    this.conversation = MDC.putCloseable("conversation", conversation.value());
    this.turn = MDC.putCloseable("turn", String.valueOf(turn));
  }

  @Override
  public void close() {
    turn.close();
    conversation.close();
  }
}
