package dev.reckon.core.prompt;

import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.TokenEstimate;
import dev.reckon.core.turn.PriorTurn;
import java.util.ArrayList;
import java.util.List;

/** Turns the conversation so far into messages, within a budget of tokens. */
final class History {
  private History() {}

  /** The messages, oldest first. What does not fit is dropped oldest first, outputs before code. */
  static List<ModelRequest.Message> messages(List<PriorTurn> history, long tokens) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    long left = tokens;
    for (PriorTurn exchange : history.reversed()) {
      ModelRequest.Message asked = message(ModelRequest.Role.USER, exchange.request());
      String reply = reply(exchange);
      String printed = printed(exchange);
      long bare = TokenEstimate.of(asked.text()) + TokenEstimate.of(reply);
      if (bare > left) {
        break;
      }
      long full = bare + TokenEstimate.of(printed);
      messages.addFirst(
          message(ModelRequest.Role.ASSISTANT, full <= left ? reply + printed : reply));
      messages.addFirst(asked);
      left -= Math.min(full, left);
    }
    return messages;
  }

  private static String reply(PriorTurn exchange) {
    return exchange.code().isBlank()
        ? exchange.message()
        : "```python\n" + exchange.code().stripTrailing() + "\n```\n";
  }

  private static String printed(PriorTurn exchange) {
    return exchange.output().isBlank()
        ? ""
        : "It printed:\n" + DataFence.fenced("output", exchange.output());
  }

  private static ModelRequest.Message message(ModelRequest.Role role, String text) {
    return new ModelRequest.Message(role, text);
  }
}
