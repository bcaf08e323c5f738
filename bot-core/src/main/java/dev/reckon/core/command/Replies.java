package dev.reckon.core.command;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Turns' results as people read them: status first, then output, code, files, a quiet last line.
 */
public final class Replies {
  private Replies() {}

  /**
   * The reply to a turn.
   *
   * @param code how the code is shown
   * @param notices said before the last line
   */
  public static Reply of(TurnResult result, CodeShown code, List<String> notices) {
    List<Block> blocks = new ArrayList<>();
    String[] message = result.message().strip().split("\n", 2);
    if (message.length > 1) {
      blocks.add(new Block.Text(message[1].strip()));
    }
    if (ran(result)) {
      blocks.addAll(
          result.output().isBlank()
              ? List.of(new Block.Output("(no output)", 0))
              : PrintedTable.in(result.output()));
    }
    if (code != CodeShown.OFF && !result.code().isBlank()) {
      blocks.add(new Block.Code(result.code(), code == CodeShown.ATTACHED));
    }
    result
        .files()
        .forEach(file -> blocks.add(new Block.File(file.id(), file.name(), file.bytes())));
    notices.forEach(notice -> blocks.add(new Block.Text(notice)));
    blocks.add(new Block.Footer(footer(result)));
    return new Reply(
        result.turn(), kind(result.status()), message[0], blocks, actions(result, code));
  }

  private static boolean ran(TurnResult result) {
    return switch (result.status()) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED -> true;
      case FAILED, CANCELLED, OVER_BUDGET, MODEL_ERROR -> !result.output().isBlank();
      case ASKED, DECLINED -> false;
    };
  }

  static Reply.Kind kind(TurnStatus status) {
    return switch (status) {
      case VERIFIED -> Reply.Kind.VERIFIED;
      case PLAIN_YES -> Reply.Kind.PLAIN_YES;
      case UNVERIFIED -> Reply.Kind.UNVERIFIED;
      case NOT_JUDGED -> Reply.Kind.NOT_JUDGED;
      case FAILED -> Reply.Kind.FAILED;
      case ASKED -> Reply.Kind.ASKED;
      case DECLINED -> Reply.Kind.DECLINED;
      case OVER_BUDGET -> Reply.Kind.OVER_BUDGET;
      case CANCELLED -> Reply.Kind.CANCELLED;
      case MODEL_ERROR -> Reply.Kind.MODEL_ERROR;
    };
  }

  /** A status in words. */
  static String words(TurnStatus status) {
    return switch (status) {
      case VERIFIED -> "verified";
      case PLAIN_YES -> "judged by a plain yes";
      case UNVERIFIED -> "not verified";
      case NOT_JUDGED -> "not judged";
      case FAILED -> "failed";
      case ASKED -> "asked back";
      case DECLINED -> "declined";
      case OVER_BUDGET -> "over budget";
      case CANCELLED -> "cancelled";
      case MODEL_ERROR -> "no model";
    };
  }

  private static List<Action> actions(TurnResult result, CodeShown code) {
    if (result.code().isBlank()) {
      return List.of();
    }
    Stream<Verb> verbs =
        switch (result.status()) {
          case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED ->
              Stream.of(
                  Verb.AGAIN,
                  Verb.EDIT,
                  Verb.SHOW_CODE,
                  Verb.SHOW_EVIDENCE,
                  Verb.SAVE,
                  Verb.SHARE,
                  Verb.GOOD,
                  Verb.WRONG);
          default -> Stream.of(Verb.AGAIN, Verb.EDIT, Verb.SHOW_CODE);
        };
    return verbs
        .filter(verb -> verb != Verb.SHOW_CODE || code == CodeShown.OFF)
        .filter(verb -> verb != Verb.SHOW_EVIDENCE || result.verification() != null)
        .map(verb -> new Action(verb, result.turn()))
        .toList();
  }

  private static String footer(TurnResult result) {
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
          cost == null
              ? "cost unknown, " + (usage.inputTokens() + usage.outputTokens()) + " tokens"
              : String.format(Locale.ROOT, "$%.4f", cost));
    }
    return String.join(" · ", parts);
  }
}
