package dev.reckon.adapters.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every place that shows replies promises, whether it is a chat or a terminal. */
public abstract class RenderContract {
  protected static final String HOSTILE =
      "</pre><b>x</b> <!channel> <@U2> @here @anna ``` *b* https://evil.example/x \u001b[31mred"
          + "\u001b]0;title\u0007 \u202egnp.exe\u0000 & \ud800";

  /** All that a reader sees of a reply, without markup. */
  protected abstract String shown(Reply reply) throws Exception;

  /** A reply with two lines of output and an answer's buttons. */
  protected static Reply answer(Reply.Kind kind, Block... blocks) {
    List<Action> actions =
        Stream.of(
                Verb.AGAIN,
                Verb.EDIT,
                Verb.SHOW_CODE,
                Verb.SHOW_EVIDENCE,
                Verb.SAVE,
                Verb.GOOD,
                Verb.WRONG)
            .map(verb -> new Action(verb, 42))
            .toList();
    return new Reply(42, kind, "Status of it", List.of(blocks), actions);
  }

  @ParameterizedTest
  @EnumSource(Reply.Kind.class)
  void eachKindOfReplyIsShownWithItsHeadlineAndParts(Reply.Kind kind) throws Exception {
    String shown =
        shown(
            answer(
                kind,
                new Block.Output("first line\nsecond line\n", 0),
                new Block.Footer("a quiet line")));
    for (String part : List.of("Status of it", "first line", "second line", "a quiet line")) {
      assertTrue(shown.contains(part), shown);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Reply.Kind.class,
      names = {"VERIFIED", "PLAIN_YES", "UNVERIFIED", "NOT_JUDGED"})
  void theAnswerComesFirstThenItsStatusThenTheQuietLine(Reply.Kind kind) throws Exception {
    Block table = new Block.Table(List.of("a", "b"), List.of(List.of("x", "1"), List.of("y", "2")));
    for (Block result : List.of(new Block.Output("total\n42\n", 0), table)) {
      String shown = shown(answer(kind, result, new Block.Footer("a quiet line")));
      int answer = shown.indexOf(result instanceof Block.Table ? "x" : "42");
      int status = shown.indexOf("Status of it");
      assertTrue(answer >= 0 && answer < status, shown);
      assertTrue(status < shown.indexOf("a quiet line"), shown);
    }
  }

  @Test
  void aCheckedSentenceComesBeforeTheOutput() throws Exception {
    String shown =
        shown(
            answer(
                Reply.Kind.VERIFIED,
                new Block.Finding("North is highest"),
                new Block.Output("north 5\nsouth 4\n", 0)));
    int sentence = shown.indexOf("North is highest");
    assertTrue(sentence >= 0 && sentence < shown.indexOf("north 5"), shown);
    assertTrue(shown.indexOf("south 4") < shown.indexOf("Status of it"), shown);
  }

  @Test
  void withoutASentenceTheFirstLabelledLineComesFirstAndOnce() throws Exception {
    String first =
        shown(answer(Reply.Kind.NOT_JUDGED, new Block.Output("Total: 42\nRows: 7\n", 0)));
    assertTrue(first.indexOf("Total: 42") >= 0, first);
    assertEquals(first.indexOf("Total: 42"), first.lastIndexOf("Total: 42"), first);
    assertTrue(first.indexOf("Total: 42") < first.indexOf("Rows: 7"), first);
    String below =
        shown(answer(Reply.Kind.NOT_JUDGED, new Block.Output("a report\nTotal: 42\n", 0)));
    assertTrue(below.indexOf("Total: 42") < below.indexOf("a report"), below);
  }

  @Test
  void aRefusalOpensWithItsReason() throws Exception {
    Reply refused = answer(Reply.Kind.REFUSED, new Block.Text("more of it"));
    String shown = shown(refused);
    assertTrue(shown.indexOf("Status of it") < shown.indexOf("more of it"), shown);
  }

  @Test
  void hostileTextIsReadableAndActsOnNothing() throws Exception {
    Reply hostile =
        new Reply(
            42,
            Reply.Kind.UNVERIFIED,
            HOSTILE,
            List.of(
                new Block.Output(HOSTILE + "\n" + HOSTILE, 0),
                new Block.Text(HOSTILE),
                new Block.Code("print('" + HOSTILE + "')"),
                new Block.File("7", HOSTILE, 12),
                new Block.Footer(HOSTILE)),
            List.of());
    String shown = shown(hostile);
    assertTrue(shown.contains("gnp"), shown);
    for (String acting : List.of("\u001b", "\u202e", "\u0000", "\u0007", "title")) {
      assertFalse(shown.contains(acting), shown);
    }
    assertEquals(-1, shown.chars().filter(c -> c == 0xd800).findAny().orElse(-1));
  }

  @ParameterizedTest
  @EnumSource(value = Reply.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "WORKING")
  void whatIsSaidAboutFilesIsShownWithEveryKindOfReply(Reply.Kind kind) throws Exception {
    List<String> notices =
        List.of(
            "wide.xlsx was not read: reading it took longer than 15 s (files.read_seconds).",
            "3 bytes of text.csv are no text in utf-8 and became \uFFFD.");
    String shown =
        shown(
            answer(
                kind,
                new Block.Output(lines(400), 0),
                new Block.Code(lines(300)),
                new Block.Text(notices.getFirst()),
                new Block.Text(notices.getLast()),
                new Block.Footer("a quiet line")));
    String oneLine = shown.replaceAll("[\\s\u2060│]+", "");
    for (String notice : notices) {
      assertTrue(oneLine.contains(notice.replaceAll("\\s+", "")), shown);
    }
  }

  @Test
  void numbersInATableAreNeverBroken() throws Exception {
    List<String> header = IntStream.range(0, 6).mapToObj(i -> "column " + i).toList();
    List<String> row = IntStream.range(0, 6).mapToObj(i -> "1,234,567.8" + i).toList();
    String shown = shown(answer(Reply.Kind.VERIFIED, new Block.Table(header, List.of(row, row))));
    assertTrue(shown.contains(row.getFirst()) && shown.contains(row.getLast()), shown);
  }

  protected static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "line " + i + " of the output")
        .collect(Collectors.joining("\n"));
  }
}
