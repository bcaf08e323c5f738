package dev.reckon.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.bounds.LinearWork;
import dev.reckon.core.message.Language;
import dev.reckon.core.turn.FirstReply;
import dev.reckon.core.turn.Judgement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a hostile reply may cost. */
@Timeout(120)
class ReplyBoundsTest {
  private static final List<String> PIECES =
      List.of(
          "```",
          "```python\n",
          "```python\nx = \"\"\"\n",
          "````",
          "~~~",
          "<think>",
          "</think>",
          "<think></think>",
          "<|channel|>final<|message|>",
          "<|im_end|>",
          "[INST]",
          "<",
          "\"\"\"",
          "'",
          "\\",
          "#",
          "(",
          "x = [",
          "“",
          "’",
          "\u00a0",
          "!",
          "import a, ",
          "print(1)",
          "=",
          "+=",
          "a.",
          "def f():",
          "PLAN\n1. a | reads: b.c",
          "DECLINE: * NEAREST",
          "<code>",
          "{\"code\": ",
          "[TOOL_CALLS]",
          "<parameter=code>",
          "Action Input: ",
          ">>> ",
          "> ```\n",
          "[{\"text\": \"a\"},",
          "\n",
          " ");

  @Test
  void readingAReplyIsLinear() {
    LinearWork.check("ReplyReader", PIECES, ReplyReader::read);
  }

  @Test
  void findingItsProgramIsLinear() {
    LinearWork.check("CodeExtraction", PIECES, CodeExtraction::from);
    LinearWork.check("PythonSource", PIECES, PythonSource::cleaned);
  }

  @Test
  void aFenceOfManyMarksIsReadOnce() {
    for (String piece : PIECES) {
      LinearWork.check(
          "a long fence before " + piece,
          List.of("`"),
          text -> CodeExtraction.from("````````\n" + text + "\n" + piece));
    }
  }

  @Test
  void judgingIsLinear() {
    List<String> evidence = List.of("a".repeat(20_000), "print(1)");
    LinearWork.check(
        "JudgeReply",
        List.of(
            "{",
            "[",
            "YES ",
            "NO ",
            "*",
            "{\"requirements\": [",
            "{\"requirements\": []}",
            "{\"a\":[1,",
            "{\"a\":[{},",
            "[{",
            "\"",
            "...",
            "no "),
        text -> JudgeReply.read(text.toString(), evidence, "a", Language.ENGLISH));
    LinearWork.check(
        "Quotes",
        List.of("a", "ab", "a ", "..."),
        text -> new QuotationCheck(List.of(text.toString())).contains("a".repeat(500) + "b"));
  }

  @Test
  void emptyThinkingTagsByTheHundredThousand() {
    String tags = "<think></think>".repeat(350_000);
    assertEquals(Optional.of("print(1)"), CodeExtraction.from(tags + "\nprint(1)"));
    assertInstanceOf(FirstReply.Unusable.class, ReplyReader.read("<reflection>".repeat(350_000)));
  }

  @Test
  void bareLinesByTheHundredThousand() {
    assertEquals(
        200_000, CodeExtraction.from("x = 1\n".repeat(200_000)).orElse("").lines().count());
    assertEquals(Optional.empty(), CodeExtraction.from("\n".repeat(2_000_000)));
  }

  @Test
  void aJudgeWithoutMeasureIsNotRead() {
    String item =
        "{\"requirement\":\"a\",\"quote\":\"" + "a".repeat(500) + "b\",\"mismatch\":\"\"},";
    Judgement many =
        JudgeReply.read(
            "{\"requirements\":[" + item.repeat(5_000) + "]}",
            List.of("a".repeat(200_000)),
            "",
            Language.ENGLISH);
    assertEquals(Judgement.Verdict.UNSURE, many.verdict());
    Judgement deep =
        JudgeReply.read("{\"a\":".repeat(100_000) + "}", List.of("x"), "", Language.ENGLISH);
    assertEquals(Judgement.Verdict.UNSURE, deep.verdict());
  }
}
