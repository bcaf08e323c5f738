package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What checking is worth, as far as that can be measured without a model: programs with a known bug
 * come as first replies, and it is counted what becomes of them. Needs a worker and the shared
 * programs; tries a few, and all of them with {@code -Dreckon.docs=write}, which writes {@code
 * docs/verification.md}.
 */
class VerificationIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROGRAMS =
      StartedReckon.HOME.resolveSibling("shared").resolve("data/programs/humanevalfix.jsonl");
  private static final boolean ALL = "write".equals(System.getProperty("reckon.docs"));
  private static final int SOME = 4;

  /** What is done with the buggy program and the right one. */
  private enum Way {
    /** Both carry the asserts that the bug fails: the crash is seen, and the repair is judged. */
    ASSERTS,
    /** Neither asserts anything, the judge objects to the first with a quotation. */
    JUDGE,
    /** The same, and the judge objects without one. */
    VAGUE_JUDGE,
    /** The right program is the second opinion on the buggy one. */
    TWICE_BUGGY,
    /** The right program is the second opinion on itself: a false alarm would show. */
    TWICE_RIGHT;

    boolean isTwice() {
      return this == TWICE_BUGGY || this == TWICE_RIGHT;
    }
  }

  private final Deque<String> replies = new ArrayDeque<>();

  @Test
  void programsWithAKnownBug(@TempDir Path folder) throws Exception {
    assumeTrue(Files.exists(PROGRAMS), "the shared programs are not here");
    List<String> lines = Files.readAllLines(PROGRAMS);
    List<JsonNode> programs =
        lines.stream().limit(ALL ? lines.size() : SOME).map(VerificationIT::json).toList();
    Map<Way, Integer> as = new EnumMap<>(Way.class);
    try (FakeModelServer model =
            new FakeModelServer()
                .answerBy(call -> Answer.text(Objects.requireNonNull(replies.poll())));
        AskedProgram judged = open(model, folder, "judge");
        AskedProgram twice = open(model, folder, "twice")) {
      for (JsonNode program : programs) {
        for (Way way : Way.values()) {
          if (isAsExpected(way.isTwice() ? twice : judged, program, way)) {
            as.merge(way, 1, Integer::sum);
          }
        }
      }
      for (Way way : Way.values()) {
        int most = programs.size();
        int least = way == Way.TWICE_BUGGY ? most - most / 10 : most - most / 20;
        assertTrue(
            as.getOrDefault(way, 0) >= Math.min(least, most),
            () -> way + ": " + as.get(way) + " of " + most);
      }
    }
    if (ALL) {
      Files.writeString(
          StartedReckon.HOME.resolve("docs/verification.md"), page(as, programs.size()));
    }
  }

  private static AskedProgram open(FakeModelServer model, Path folder, String mode)
      throws ConfigurationException {
    return AskedProgram.open(
        StartedReckon.HOME,
        List.of(
            "model.base_url=" + model.url(),
            "model.name=m",
            "verify.mode=" + mode,
            "code.max_lines=400",
            "store.url=jdbc:sqlite:" + folder.resolve(mode + ".db"),
            "sandbox.workers=1"));
  }

  private boolean isAsExpected(AskedProgram reckon, JsonNode program, Way way) throws IOException {
    replies.clear();
    String buggy = program.path("buggy_program").asText();
    String right = program.path("program").asText();
    String met = requirement("checked", "");
    switch (way) {
      case ASSERTS -> replies.addAll(List.of(fenced(checked(buggy)), fenced(checked(right)), met));
      case JUDGE ->
          replies.addAll(
              List.of(
                  fenced(traced(buggy)),
                  requirement("seen", "a wrong value is among them"),
                  fenced(traced(right)),
                  requirement("seen", "")));
      case VAGUE_JUDGE ->
          replies.addAll(
              List.of(
                  fenced(traced(buggy)),
                  requirement("what nobody printed", "it looks wrong to me")));
      case TWICE_BUGGY -> replies.addAll(List.of(fenced(traced(buggy)), fenced(traced(right))));
      case TWICE_RIGHT -> replies.addAll(List.of(fenced(traced(right)), fenced(traced(right))));
    }
    String request = "Say what this gives for its examples.\n" + program.path("prompt").asText();
    JsonNode answer = JSON.readTree(reckon.ask(request, null));
    String status = answer.path("status").asText();
    String message = answer.path("message").asText();
    int attempts = answer.path("attempts").size();
    return switch (way) {
      case ASSERTS, JUDGE -> status.equals("verified") && attempts == 2;
      case VAGUE_JUDGE -> status.equals("unverified") && attempts == 1;
      case TWICE_BUGGY -> status.equals("unverified") && message.contains("two programs disagree");
      case TWICE_RIGHT -> status.equals("verified") && message.startsWith("Checked twice");
    };
  }

  private static String fenced(String code) {
    return "```python\n" + code + "\n```";
  }

  /** With its own asserts, and words at the end that a judge can quote. */
  private static String checked(String program) {
    String end = "print('ok')";
    assertTrue(program.contains(end), program);
    return program.replace(end, "print('checked: every example holds')");
  }

  /** Without asserting anything: what the function gave for its examples, until one fails. */
  private static String traced(String program) {
    int call = program.lastIndexOf("\ncheck(");
    String name = program.substring(call + "\ncheck(".length(), program.indexOf(')', call));
    return program.substring(0, call)
        + """

        import json

        _seen = []


        def _recording(function):
            def call(*arguments):
                value = function(*arguments)
                _seen.append(repr(value)[:2000])
                return value

            return call


        try:
            check(_recording(%s))
        except Exception:
            pass
        print("seen", len(_seen), "values:", _seen[:20])
        print("RESULT:", json.dumps(_seen))
        """
            .formatted(name);
  }

  private static String requirement(String quote, String mismatch) {
    return "{\"requirements\": [{\"requirement\": \"the examples\", \"kind\": \"measure\","
        + " \"quote\":"
        + " \"%s\", \"mismatch\": \"%s\"}]}".formatted(quote, mismatch);
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  private static String page(Map<Way, Integer> as, int of) {
    assertEquals(Way.values().length, as.size());
    return """
    # How reliable "verified" is

    A test (`VerificationIT`, with `-Dreckon.docs=write`) made this page on %s. %d programs with a known bug (HumanEvalPack)
    are a model's first reply; the correct program follows. The replies of the model and the judge are scripted; everything
    else is real.

    | case | expected result | as expected |
    |---|---|---|
    | the bug breaks the program's own asserts | the crash is repaired, the second attempt is verified | %d of %d |
    | the program runs clean; the judge objects and quotes the output | it is repaired, the second attempt is verified | %d of %d |
    | the same; the judge objects and quotes nothing that was printed | no attempt is spent; "not verified", never "verified" | %d of %d |
    | a second program, which is right, checks the one with the bug (`verify.mode = "twice"`) | "not verified", with both results | %d of %d |
    | the right program is checked by itself | "verified twice": no false alarm | %d of %d |

    Where two programs did not disagree, the examples do not show the bug before the first one that fails an assert,
    or both print the same.

    [The fifty outputs](injections.md) that try to talk the judge round stay inside their fence, all of them.

    ## What was not measured

    - No language model took part, so nothing here says how often a model's judge sees a wrong result, or objects to
      a right one. A judge that says yes to everything is believed as long as it quotes what was printed: `twice` is
      there for what matters.
    - How often two programs of one model make the same mistake.
    - Requests whose answer is prose, which only a judge can check.
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            of,
            as.get(Way.ASSERTS),
            of,
            as.get(Way.JUDGE),
            of,
            as.get(Way.VAGUE_JUDGE),
            of,
            as.get(Way.TWICE_BUGGY),
            of,
            as.get(Way.TWICE_RIGHT),
            of);
  }
}
