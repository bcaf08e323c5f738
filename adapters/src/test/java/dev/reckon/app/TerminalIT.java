package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.adapters.demo.DemoScene;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees in a terminal of 40 columns, typing into the started program: nothing is cut
 * and no line is longer than the window. With {@code -Dreckon.docs=write} the frames, also of 80
 * and 120 columns, become {@code docs/terminal.md}. Needs a worker, and {@code script} of
 * util-linux.
 */
class TerminalIT {
  private static final Path HOME = StartedReckon.HOME;
  private static final boolean DOCS = "write".equals(System.getProperty("reckon.docs"));

  private static final String AVERAGE =
      """
      ```python
      import csv
      from collections import defaultdict

      pay = defaultdict(list)
      with open("employees.csv", newline="", encoding="utf-8") as file:
          for row in csv.DictReader(file):
              if row["salary_eur"].strip():
                  pay[row["department"]].append(float(row["salary_eur"]))
      print("department,people,average_eur")
      for name, values in sorted(pay.items(), key=lambda i: -sum(i[1]) / len(i[1])):
          print(f"{name},{len(values)},{sum(values) / len(values):.2f}")
      ```
      """;

  @TempDir private Path folder;

  @BeforeEach
  void attachable() throws Exception {
    try (InputStream table =
        Optional.ofNullable(DemoScene.class.getResourceAsStream("employees.csv")).orElseThrow()) {
      Files.write(folder.resolve("employees.csv"), table.readAllBytes());
    }
    Files.writeString(folder.resolve("wrong.py"), "total = 0\nprint(totl)\n");
  }

  @Test
  void nothingIsCutInANarrowWindow() throws Exception {
    assumeTrue(PtyTerminal.isPossible(), "needs script of util-linux");
    StringBuilder page = new StringBuilder();
    for (int columns : DOCS ? List.of(40, 80, 120) : List.of(40)) {
      Files.deleteIfExists(folder.resolve("terminal.db"));
      List<String> frames = new ArrayList<>();
      List<String> overlong = new ArrayList<>();
      try (FakeModelServer model = new FakeModelServer().answerBy(TerminalIT::play)) {
        frames.addAll(commands(columns, model, overlong));
        frames.addAll(conversation(columns, model, overlong));
      }
      String seen = String.join("\n", frames);
      assertEquals(List.of(), overlong, seen);
      page.append("\n## ").append(columns).append(" columns\n\n```\n");
      page.append(seen.replace(folder + "/", "").strip()).append("\n```\n");
    }
    if (DOCS) {
      Files.writeString(
          HOME.resolve("docs/terminal.md"),
          """
          # The terminal at 40, 80 and 120 columns

          A test (`TerminalIT`, with `-Dreckon.docs=write`) typed these lines into the program and recorded what the window shows.
          Engine, store and sandbox are real; the model's replies are scripted.
          """
              + page);
    }
  }

  private List<String> commands(int columns, FakeModelServer model, List<String> overlong)
      throws Exception {
    List<String> frames = new ArrayList<>();
    for (List<String> words :
        List.of(
            List.of("--version"),
            List.of("chta"),
            List.of("keys", "--help"),
            List.of("exec", "wrong.py"),
            List.of("ask", "average salary by department", "--file", "employees.csv"),
            List.of("stats"),
            List.of("doctor"))) {
      List<String> all = new ArrayList<>(words);
      boolean configured = List.of("exec", "ask", "stats", "doctor").contains(words.getFirst());
      if (configured) {
        all.addAll(set(model));
      }
      try (PtyTerminal terminal = PtyTerminal.start(folder, columns, kept(), all)) {
        String seen = terminal.awaitEnd();
        frames.add("$ ./reckon " + String.join(" ", words) + "\n" + seen);
        overlong.addAll(terminal.overlong());
      }
    }
    return frames;
  }

  private List<String> conversation(int columns, FakeModelServer model, List<String> overlong)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("chat"));
    words.addAll(set(model));
    List<String> frames = new ArrayList<>();
    try (PtyTerminal terminal = PtyTerminal.start(folder, columns, kept(), words)) {
      frames.add("$ ./reckon chat\n" + terminal.awaitPrompt());
      for (String line :
          List.of(
              "/sttas",
              "/file",
              "none.csv how many rows?",
              "employees.csv average salary by department, highest first",
              "/code",
              "/save pay",
              "/list",
              "pay",
              "/run import csv; open('staff.csv', 'w').write('a,b\\n1,2\\n'); print(2 ** 200)",
              "/run total = 0; print(totl)",
              "/run [print(f'line {i}') for i in range(40)]",
              "/more",
              WIDE,
              "/files",
              "/get",
              "/get all kept-" + columns,
              "/copy",
              "/stats",
              "/limits",
              "/policy",
              "/audit",
              "/forget-me",
              "/settings",
              "/help get",
              "/help")) {
        frames.add(terminal.type(line));
      }
      frames.add(terminal.press("/he\t", "/help"));
      terminal.press("\u0015/quit\r");
      terminal.awaitEnd();
      overlong.addAll(terminal.overlong());
    }
    assertTrue(Files.exists(folder.resolve("kept-" + columns + "/staff.csv")));
    return frames;
  }

  /** Twelve columns of numbers, wider than any of these windows. */
  private static final String WIDE =
      "/run print(','.join(['region'] + [f'month_{m}' for m in range(1, 13)]));"
          + " [print(','.join([r] + [str(m * 12345.67) for m in range(1, 13)]))"
          + " for r in ('North', 'South')]";

  private List<String> set(FakeModelServer model) {
    List<String> words = new ArrayList<>();
    for (String one :
        List.of(
            "model.base_url=" + model.url(),
            "model.name=m",
            "store.url=jdbc:sqlite:" + folder.resolve("terminal.db"),
            "sandbox.workers=1")) {
      words.addAll(List.of("--set", one));
    }
    return words;
  }

  private Map<String, String> kept() {
    return Map.of("RECKON_SECRETS", folder.resolve("secrets").toString());
  }

  private static Answer play(Call call) {
    String asked = call.last("user");
    return Answer.text(
        asked.contains("⟦output⟧")
            ? """
            {"requirements": [{"requirement": "average salary by department", "kind": "measure",
            "quote": "department,people,", "mismatch": ""}]}\
            """
            : AVERAGE);
  }
}
