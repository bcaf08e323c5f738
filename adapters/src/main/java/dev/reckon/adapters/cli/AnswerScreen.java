package dev.reckon.adapters.cli;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a turn ended, as a person wants to read it: status and reason, output, code, what it took.
 */
final class AnswerScreen {
  private final Screen screen;

  AnswerScreen(Screen screen) {
    this.screen = screen;
  }

  void show(TurnResult result) {
    show(result, footer(result));
  }

  /** The same with a last line of the caller's. */
  void show(TurnResult result, String footer) {
    String[] message = result.message().strip().split("\n", 2);
    screen.headline(kind(result.status()), message[0]);
    if (message.length > 1) {
      screen.text(message[1].strip());
    }
    if (ran(result)) {
      screen.output(result.output().isBlank() ? "(no output)" : result.output(), 0);
    }
    if (!result.code().isBlank()) {
      screen.code(result.code());
    }
    if (!result.files().isEmpty()) {
      screen.blank();
      result
          .files()
          .forEach(file -> screen.show(new Block.File(file.id(), file.name(), file.bytes())));
    }
    screen.footer(footer);
  }

  private static boolean ran(TurnResult result) {
    return switch (result.status()) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED -> true;
      case FAILED, CANCELLED, OVER_BUDGET, MODEL_ERROR -> !result.output().isBlank();
      case ASKED, DECLINED -> false;
    };
  }

  static Reply.Kind kind(TurnStatus status) {
    return Reply.Kind.valueOf(status.name());
  }

  static String footer(TurnResult result) {
    List<String> parts = new ArrayList<>();
    int attempts = result.attempts().size();
    if (attempts > 0) {
      parts.add(attempts == 1 ? "1 attempt" : attempts + " attempts");
    }
    parts.add(String.format(Locale.ROOT, "%.1f s", result.elapsed().toMillis() / 1000.0));
    Usage usage = result.usage();
    Double cost = usage.costUsd();
    if (usage.calls() > 0) {
      parts.add(
          String.format(Locale.ROOT, "%,d tokens", usage.inputTokens() + usage.outputTokens()));
      parts.add(cost == null ? "cost unknown" : String.format(Locale.ROOT, "$%.4f", cost));
    }
    return String.join(" · ", parts);
  }
}
