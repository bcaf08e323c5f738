package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions about real tables through {@code ask}, a model server over HTTP, and the assembled
 * program's sandbox. The model's replies are files beside this test, written as models write them:
 * most reach for pandas at first. Needs a worker, and the questions of the shared data.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableQuestionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path HOME = Path.of(System.getProperty("reckon.root"));
  private static final Path TABLES = HOME.resolveSibling("shared").resolve("data/tables");
  private static final Pattern VALUE = Pattern.compile("@(\\w+)\\[([^\\]]*)\\]");
  private static final Pattern OUTPUT = Pattern.compile("(?s)⟦output⟧\n(.*?)\n?⟦/output⟧");
  private static final double TOLERANCE = 1e-6;

  private final Deque<String> replies = new ArrayDeque<>();
  private @Nullable FakeModelServer server;
  private @Nullable AskedProgram program;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    FakeModelServer model = new FakeModelServer().answerBy(this::answer);
    server = model;
    program =
        AskedProgram.open(
            HOME,
            List.of(
                "model.base_url=" + model.url(),
                "model.name=m",
                "store.url=jdbc:sqlite:" + folder.resolve("asked.db"),
                "sandbox.engine=graalpy", // the questions are answered without pandas
                "sandbox.workers=1"));
  }

  @AfterAll
  void close() {
    if (program != null) {
      program.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyQuestionComesToItsAnswer() throws IOException {
    assumeTrue(Files.isDirectory(TABLES), "the shared tables are not here");
    return Files.readAllLines(TABLES.resolve("questions.jsonl")).stream()
        .map(TableQuestionsIT::json)
        .filter(question -> !replies(question).isEmpty())
        .map(
            question ->
                DynamicTest.dynamicTest(
                    question.path("id").asText() + ": " + question.path("prompt").asText(),
                    () -> answered(question)));
  }

  @Test
  void aLinearSystemIsSolvedWithoutNumpy() {
    replies.add(
        "```python\nimport numpy as np\nprint(np.linalg.solve([[2, 1], [1, 3]], [3, 5]))\n```");
    replies.add(
        """
        ```python
        from fractions import Fraction

        a = [[Fraction(2), Fraction(1), Fraction(3)], [Fraction(1), Fraction(3), Fraction(5)]]
        factor = a[1][0] / a[0][0]
        a[1] = [x - factor * y for x, y in zip(a[1], a[0])]
        y = a[1][2] / a[1][1]
        x = (a[0][2] - a[0][1] * y) / a[0][0]
        print(f"x = {x}, y = {y}")
        ```
        """);
    JsonNode answer = ask("Solve 2x + y = 3 and x + 3y = 5 exactly.", null);
    assertEquals("verified", answer.path("status").asText(), answer.toString());
    assertEquals("x = 4/5, y = 7/5\n", answer.path("output").asText());
    assertEquals(2, answer.path("attempts").size());
  }

  @Test
  void jsonBecomesACsvFile(@TempDir Path folder) throws IOException {
    Path people = folder.resolve("people.json");
    Files.writeString(people, "[{\"name\":\"Ada\",\"age\":36},{\"name\":\"Grace\",\"age\":45}]");
    replies.add(
        """
        ```python
        import csv, json

        with open("people.json", encoding="utf-8") as file:
            people = json.load(file)
        with open("people.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(people[0]))
            writer.writeheader()
            writer.writerows(people)
        print(f"Wrote {len(people)} rows to people.csv")
        ```
        """);
    Path out = folder.resolve("out");
    JsonNode answer = ask("Convert people.json to people.csv.", people, "--out", out.toString());
    assertEquals("verified", answer.path("status").asText(), answer.toString());
    assertEquals("people.csv", answer.path("files").path(0).path("name").asText());
    assertEquals(
        List.of("name,age", "Ada,36", "Grace,45"), Files.readAllLines(out.resolve("people.csv")));
  }

  private void answered(JsonNode question) {
    replies.clear();
    replies.addAll(replies(question));
    int written = replies.size();
    String request =
        question.path("prompt").asText()
            + " "
            + question.path("constraints").asText()
            + " Give the answer as "
            + question.path("format").asText();
    JsonNode answer = ask(request, TABLES.resolve(question.path("file").asText()));
    assertEquals("verified", answer.path("status").asText(), answer.toString());
    assertEquals(written, answer.path("attempts").size(), answer.toString());
    assertFalse(answer.path("code").asText().contains("pandas"));
    Map<String, String> values = new HashMap<>();
    Matcher value = VALUE.matcher(answer.path("output").asText());
    while (value.find()) {
      values.put(value.group(1), value.group(2));
    }
    for (JsonNode expected : question.path("answers")) {
      String name = expected.path(0).asText();
      assertTrue(
          same(expected.path(1).asText(), values.getOrDefault(name, "")),
          name + " should be " + expected.path(1) + " in " + answer.path("output"));
    }
  }

  private JsonNode ask(String request, @Nullable Path file, String... more) {
    return json(Objects.requireNonNull(program).ask(request, file, more));
  }

  /** Programs from the script; the judge finds everything that was printed. */
  private Answer answer(Call call) {
    if (call.last("system").startsWith("You check whether")) {
      Matcher output = OUTPUT.matcher(call.last("user"));
      String quote = output.find() ? output.group(1).lines().findFirst().orElse("") : "";
      return Answer.text(
          JSON.createObjectNode()
              .set(
                  "requirements",
                  JSON.createArrayNode()
                      .add(
                          JSON.createObjectNode()
                              .put("requirement", "what was asked")
                              .put("kind", "measure")
                              .put("quote", quote)
                              .put("mismatch", "")))
              .toString());
    }
    String next = replies.poll();
    return next == null ? Answer.error(400, "no reply is left") : Answer.text(next);
  }

  private static List<String> replies(JsonNode question) {
    String id = question.path("id").asText().replace("dabench/", "");
    try (InputStream in = TableQuestionsIT.class.getResourceAsStream("tables/" + id + ".txt")) {
      return in == null
          ? List.of()
          : List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n=====\n", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean same(String expected, String actual) {
    try {
      return Math.abs(Double.parseDouble(expected) - Double.parseDouble(actual)) < TOLERANCE;
    } catch (NumberFormatException e) {
      return expected.equals(actual);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
