package dev.reckon.adapters.llm;

import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;

/**
 * Writes a program that adds two and two, or, asked to do it slowly, one and one after a while;
 * whatever is printed answers the request.
 */
public final class SumModel {
  private static final String VERDICT =
      """
      {"requirements":[{"requirement":"the sum","kind":"measure","quote":"result","mismatch":""}]}\
      """;

  private SumModel() {}

  /**
   * The answer to a call.
   *
   * @param seconds how long the slow program sleeps
   */
  public static Answer answer(Call call, int seconds) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      return Answer.text(VERDICT);
    }
    String source =
        prompt.contains("slowly")
            ? "import time\ntime.sleep(" + seconds + ")\nprint('result:', 1 + 1)"
            : "print('result:', 2 + 2)";
    return Answer.text("```python\n" + source + "\n```");
  }
}
