package dev.reckon.core.command;

import dev.reckon.core.label.Amounts;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.turn.ChartText;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.sandbox.Chart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes replies from turns' results: output, status, code, files, a footer. */
public final class AnswerReplies {
  /** What runs whatever needs no package of another engine: not mentioned in each reply. */
  private static final String USUAL_ENGINE = "GraalPy";

  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private AnswerReplies() {}

  /**
   * The reply to a turn.
   *
   * @param code how the code is shown
   * @param notices said before the last line
   */
  public static Reply of(TurnResult result, CodeDisplay code, List<String> notices) {
    List<Block> blocks = new ArrayList<>();
    String[] message = result.message().strip().split("\n", 2);
    finding(result).ifPresent(sentence -> blocks.add(new Block.Finding(sentence)));
    result.files().stream()
        .filter(file -> file.picture() != null)
        .forEach(chart -> blocks.add(block(chart)));
    if (ran(result)) {
      blocks.addAll(PrintedTable.in(result.output()));
    }
    if (message.length > 1) {
      blocks.add(new Block.Text(message[1].strip()));
    }
    if (code != CodeDisplay.OFF && !result.code().isBlank()) {
      blocks.add(new Block.Code(result.code(), code == CodeDisplay.ATTACHED));
    }
    result.data().forEach(data -> blocks.add(block(data)));
    result.files().stream()
        .filter(file -> file.picture() == null)
        .forEach(file -> blocks.add(block(file)));
    notices.forEach(notice -> blocks.add(new Block.Text(notice)));
    String footer = footer(result);
    if (!footer.isEmpty()) {
      blocks.add(new Block.Footer(footer));
    }
    return new Reply(
        result.turn(),
        kind(result.status()),
        message[0],
        blocks,
        actions(result, code),
        result.language());
  }

  /** The judge's sentence, unless the output is one line that says it as well. */
  private static Optional<String> finding(TurnResult result) {
    TurnResult.Verification checked = result.verification();
    String output = result.output().strip();
    boolean said = output.indexOf('\n') < 0 && output.chars().anyMatch(Character::isLetter);
    return checked == null
            || checked.headline().isEmpty()
            || result.status() != TurnStatus.VERIFIED
            || said
        ? Optional.empty()
        : Optional.of(checked.headline());
  }

  private static Block block(QueriedData data) {
    DataQuery query = data.query();
    return new Block.Query(query.source(), query.shown(), query.file(), data.rows(), data.at());
  }

  private static Block block(TurnResult.ProducedFile produced) {
    Block.File file = new Block.File(produced.id(), produced.name(), produced.bytes());
    TurnResult.Picture picture = produced.picture();
    return picture == null
        ? file
        : new Block.Chart(
            file,
            picture.width(),
            picture.height(),
            ChartText.description(picture.chart()),
            picture.chart().panels().stream()
                .flatMap(panel -> panel.series().stream())
                .filter(Chart.Series::whole)
                .map(AnswerReplies::series)
                .toList());
  }

  private static Block.Chart.Series series(Chart.Series drawn) {
    return new Block.Chart.Series(
        drawn.kind(),
        drawn.label(),
        drawn.values().stream().map(value -> new Block.Chart.Point(value.x(), value.y())).toList());
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

  /** A status in a word or two of that language. */
  public static String words(TurnStatus status, Language language) {
    return word(status).in(language);
  }

  private static Label word(TurnStatus status) {
    return switch (status) {
      case VERIFIED -> Label.WORD_VERIFIED;
      case PLAIN_YES -> Label.WORD_PLAIN_YES;
      case UNVERIFIED -> Label.WORD_UNVERIFIED;
      case NOT_JUDGED -> Label.WORD_NOT_JUDGED;
      case FAILED -> Label.WORD_FAILED;
      case ASKED -> Label.WORD_ASKED;
      case DECLINED -> Label.WORD_DECLINED;
      case OVER_BUDGET -> Label.WORD_OVER_BUDGET;
      case CANCELLED -> Label.WORD_CANCELLED;
      case MODEL_ERROR -> Label.WORD_MODEL_ERROR;
    };
  }

  private static List<Action> actions(TurnResult result, CodeDisplay code) {
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
        .filter(verb -> verb != Verb.SHOW_CODE || code == CodeDisplay.OFF)
        .filter(verb -> verb != Verb.SHOW_EVIDENCE || result.verification() != null)
        .map(verb -> new Action(verb, result.turn()))
        .toList();
  }

  /** Attempts, time, cost and engine, each where it says something. */
  private static String footer(TurnResult result) {
    List<String> parts = new ArrayList<>();
    int attempts = result.attempts().size();
    if (attempts > 1) {
      parts.add(Label.FOOTER_ATTEMPTS.in(result.language(), attempts));
    }
    if (result.elapsed().compareTo(WORTH_TELLING) >= 0) {
      parts.add(Amounts.duration(result.elapsed(), result.language()));
    }
    Double cost = result.usage().costUsd();
    if (result.usage().calls() > 0 && cost != null) {
      parts.add(Label.FOOTER_COST.in(result.language(), cost));
    }
    if (!result.engine().isEmpty() && !result.engine().equals(USUAL_ENGINE)) {
      parts.add(result.engine());
    }
    return String.join(" · ", parts);
  }
}
