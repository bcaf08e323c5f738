package dev.reckon.core.surface.render;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of a reply's buttons are in sight.
 *
 * @param main at most three beside an answer, the most useful first
 * @param small an opinion with one press
 * @param more behind one more button
 * @param language of their labels
 */
public record ButtonLayout(
    List<Action> main, List<Action> small, List<Action> more, Language language) {
  /** Nothing to press. */
  public static final ButtonLayout NONE =
      new ButtonLayout(List.of(), List.of(), List.of(), Language.ENGLISH);

  private static final int IN_SIGHT = 3;
  private static final List<Verb> SMALL = List.of(Verb.GOOD, Verb.WRONG);

  public ButtonLayout {
    main = List.copyOf(main);
    small = List.copyOf(small);
    more = List.copyOf(more);
  }

  /**
   * Orders the buttons of a reply.
   *
   * @param onlyAsker whether nobody else sees the answer, so that sharing it comes first
   */
  public static ButtonLayout of(
      Reply.Kind kind, List<Action> actions, boolean onlyAsker, Language language) {
    List<Action> small = actions.stream().filter(a -> SMALL.contains(a.verb())).toList();
    List<Verb> order = order(kind, onlyAsker);
    List<Action> rest = new ArrayList<>(actions);
    rest.removeAll(small);
    rest.sort((a, b) -> Integer.compare(rank(order, a), rank(order, b)));
    if (rest.stream().anyMatch(action -> action.verb() == Verb.SUGGESTION)) {
      return new ButtonLayout(rest, small, List.of(), language);
    }
    int shown = Math.min(IN_SIGHT, rest.size());
    return new ButtonLayout(
        rest.subList(0, shown), small, rest.subList(shown, rest.size()), language);
  }

  private static List<Verb> order(Reply.Kind kind, boolean onlyAsker) {
    boolean keepable =
        switch (kind) {
          case VERIFIED, PLAIN_YES, NOT_JUDGED -> true;
          default -> false;
        };
    Stream<Verb> first = Stream.of(Verb.CANCEL, Verb.CONFIRM, Verb.RERUN_EDITED, Verb.SUGGESTION);
    Stream<Verb> sharing = onlyAsker ? Stream.of(Verb.SHARE) : Stream.empty();
    Stream<Verb> answer =
        Stream.of(
            Verb.SHOW_CODE,
            Verb.AGAIN,
            keepable ? Verb.SAVE : Verb.EDIT,
            keepable ? Verb.EDIT : Verb.SAVE,
            Verb.SHOW_EVIDENCE,
            Verb.CHART,
            Verb.SHARE);
    return Stream.concat(first, Stream.concat(sharing, answer)).toList();
  }

  private static int rank(List<Verb> order, Action action) {
    int rank = order.indexOf(action.verb());
    return rank < 0 ? order.size() : rank;
  }

  /**
   * What a button shows.
   *
   * @param suggestion the number of a suggested question, counted from 1
   * @param language that of the reply
   */
  public static String label(Verb verb, int suggestion, Language language) {
    return switch (verb) {
      case CANCEL -> Label.BUTTON_CANCEL.in(language);
      case AGAIN -> Label.BUTTON_AGAIN.in(language);
      case EDIT -> Label.BUTTON_EDIT.in(language);
      case SHOW_CODE -> Label.BUTTON_SHOW_CODE.in(language);
      case SHOW_EVIDENCE -> Label.BUTTON_SHOW_EVIDENCE.in(language);
      case CHART -> Label.BUTTON_CHART.in(language);
      case SAVE -> Label.BUTTON_SAVE.in(language);
      case SHARE -> Label.BUTTON_SHARE.in(language);
      case GOOD -> Label.BUTTON_GOOD.in(language);
      case WRONG -> Label.BUTTON_WRONG.in(language);
      case CONFIRM -> Label.BUTTON_CONFIRM.in(language);
      case RERUN_EDITED -> Label.BUTTON_RERUN_EDITED.in(language);
      case SUGGESTION -> Label.BUTTON_SUGGESTION.in(language, suggestion);
    };
  }

  /** Whether there is nothing to press. */
  public boolean isEmpty() {
    return main.isEmpty() && small.isEmpty() && more.isEmpty();
  }
}
