package dev.reckon.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Programs as models really send them. */
class CodeInRepliesTest {
  private static void gives(String code, String reply) {
    assertEquals(Optional.of(code), CodeExtraction.from(reply), reply);
  }

  private static String fenced(String code) {
    return "```python\n" + code + "\n```";
  }

  @Test
  void fencesInStringsAreText() {
    for (String code :
        new String[] {
          "text = \"\"\"# Report\n```text\ntotal {}\n```\n\"\"\"\nprint(text.format(3))",
          "print('''\n```python\nx = 1\n```\n''')",
          "fence = '```'\nprint(fence)",
          "print(\"```\")",
          "s = r'''\\\n~~~\n'''\nprint(s)",
          "lines = [\n  \"```\",\n  \"x\",\n]\nprint('\\n'.join(lines))"
        }) {
      gives(code, "Here it is:\n\n" + fenced(code) + "\n\nIt prints the report.");
    }
  }

  @Test
  void marksInStringsAreText() {
    for (String mark :
        new String[] {"</think>", "<think>", "</analysis>", "<|im_end|>", "<|channel|>"}) {
      String code = "text = 'a" + mark + "b'\nprint(len(text.split('" + mark + "')))";
      gives(code, fenced(code));
      gives(code, "<think>let me see</think>\n" + fenced(code));
      gives(code, code);
    }
  }

  @Test
  void commandsInStringsAreText() {
    String code = "text = '''\n!important\n%d\n'''\nprint(text\n% 5)";
    gives(code, fenced(code));
    gives("print(1)", fenced("!pip install x\n%matplotlib inline\nprint(1)"));
  }

  @Test
  void anOpeningFenceMayBeMissing() {
    String code = "total = 0\nfor n in range(1, 11):\n    total += n\nprint('total', total)";
    gives(code, code + "\n```\n");
    gives(code, "Here is the program:\n\n" + code + "\n```");
    gives(code, "python\n" + code + "\n```\nIt prints the total of ten numbers.");
  }

  @Test
  void aBlockThatOtherOutputFollowsIsWhole() {
    gives("print(1)", "```python\nprint(1)\n```output\n1\n```");
    gives("print(1)", "```python\nprint(1)```\nIt prints 1.");
  }

  @Test
  void stopTokensEndTheReply() {
    for (String stop :
        new String[] {"<|im_end|>", "<|eot_id|>", "</s>", "<|endoftext|>", "<｜end▁of▁sentence｜>"}) {
      gives("print(1)", fenced("print(1)") + stop);
      gives("print(1)", "print(1)" + stop);
      gives("print(1)", "```python\nprint(1)" + stop);
    }
    gives(
        "print(1)",
        "<|im_start|>assistant\n" + fenced("print(1)") + "<|im_end|>\n<|im_start|>user\nThanks");
  }

  @Test
  void harmonyChannelsAreReadByTheirNames() {
    gives(
        "print(2)",
        "<|channel|>analysis<|message|>draft "
            + fenced("print(1)")
            + "<|end|><|start|>assistant<|channel|>final<|message|>"
            + fenced("print(2)")
            + "<|return|>");
    gives(
        "print(3)",
        "<|channel|>analysis<|message|>I call it.<|end|><|start|>assistant<|channel|>commentary"
            + " to=python <|constrain|>json<|message|>{\"code\": \"print(3)\"}<|call|>");
  }

  @Test
  void theCallOfAToolWrittenAsTextHoldsTheProgram() {
    gives(
        "x = [3, 5]\nprint(sum(x))",
        "{\"name\": \"python\", \"arguments\": {\"code\": \"x = [3, 5]\nprint(sum(x))\"}}");
    gives(
        "print(1)",
        "<tool_call>\n{\"name\": \"run\", \"arguments\": \"{\\\"source\\\": \\\"print(1)\\\"}\"}\n"
            + "</tool_call>");
    gives("print(1)", "```json\n{\"tool\": \"python\", \"input\": {\"code\": \"print(1)\"}}\n```");
    gives("print(1)", "[{\"type\": \"text\", \"text\": \"```python\\nprint(1)\\n```\"}]");
    gives(
        "print(1)",
        "[{\"function\": {\"name\": \"python\", \"arguments\": \"{\\\"code\\\":"
            + " \\\"print(1)\\\"}\"}}]");
  }

  @Test
  void typesettersMarksArePythonsOutsideOfStrings() {
    gives("print(\"it’s – a “word”\")", fenced("print(\"it’s – a “word”\")"));
    gives("print(\"it’s\", 'a', 3 - 2)", fenced("print(“it’s”,\u00a0‘a’, 3 − 2)"));
    gives(
        "if True:\n    print('a\u00a0b')",
        fenced("if True:\n\u00a0\u00a0\u00a0 print('a\u00a0b')"));
    gives("x = 1\nprint(x)", "```\n\u200bx\u00a0= 1\nprint(x)\n```");
  }

  @Test
  void fragmentsAreNoPrograms() {
    assertEquals(Optional.empty(), CodeExtraction.from(fenced("def f(...):\n    ...")));
    assertEquals(Optional.empty(), CodeExtraction.from("```html\n<s>old</s>\n<b>new</b>\n```"));
  }

  @Test
  void callsOfToolsComeInManyForms() {
    for (String call :
        new String[] {
          "{\"tool_calls\":[{\"function\":{\"name\":\"python\",\"arguments\":\"{\\\"source\\\":"
              + " \\\"print(1)\\\"}\"}}]}",
          "[TOOL_CALLS] [{\"name\":\"python\",\"arguments\":{\"code\":\"print(1)\"}}]",
          "<function_calls><invoke name=\"python\"><parameter"
              + " name=\"code\">print(1)</parameter></invoke></function_calls>",
          "<function=python><parameter=code>print(1)</parameter></function>",
          "{\"action\": \"python\", \"action_input\": {\"code\": \"print(1)\"}}",
          "Thought: compute it\nAction: python\nAction Input: print(1)\nObservation: 1"
        }) {
      gives("print(1)", call);
    }
  }

  @Test
  void aProgramMayBeQuotedOrOnOneLineOrTypedInASession() {
    gives("x = 1\nprint(x)", "> Here it is:\n>\n> ```python\n> x = 1\n> print(x)\n> ```\n");
    gives("print(1)", "```python print(1)```");
    gives("print(1)", "`print(1)`");
    gives(
        "for i in range(2):\n    print(i)\nprint('end')",
        ">>> for i in range(2):\n...     print(i)\n...\n0\n1\n>>> print('end')\nend");
    assertEquals(Optional.empty(), CodeExtraction.from("Use `print` for it, or `len`."));
    assertEquals(Optional.empty(), CodeExtraction.from("> Which column do you mean?"));
  }

  @Test
  void furtherFormsOfCallsHoldTheProgram() {
    gives("x = 3\nprint(x)", "{\"code\": [\"x = 3\", \"print(x)\"]}");
    gives("print(1)", "{\"cmd\": [\"python3\", \"-c\", \"print(1)\"]}");
    gives(
        "print(1)",
        "{\"thoughts\": \"sum\", \"command\": {\"name\": \"run\", \"args\": {\"code\":"
            + " \"print(1)\"}}}");
    gives("print(1)", "[TOOL_CALLS]python[ARGS]{\"code\": \"print(1)\"}");
    gives("print(1)", "functions.python({\"code\": \"print(1)\"})");
    gives("print(1)", "'''python\nprint(1)\n'''");
  }

  @Test
  void argumentsInTagsMayBeWrittenAsXml() {
    gives(
        "print(3 > 2)",
        "<function=python>\n<parameter=code>\nprint(3 &gt; 2)\n</parameter>\n</function>");
    gives(
        "print(1 < 2)", "<function=python><parameter=code>print(1 &lt; 2)</parameter></function>");
    gives(
        "print('&lt;' < 'a')",
        "<function=python><parameter=code>print('&lt;' < 'a')</parameter></function>");
  }
}
