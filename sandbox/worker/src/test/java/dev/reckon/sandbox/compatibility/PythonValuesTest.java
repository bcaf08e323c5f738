package dev.reckon.sandbox.compatibility;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.worker.WarmWorker;
import dev.reckon.sandbox.worker.WarmWorker.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Compares values in a worker with those of CPython 3.12.1: {@code cpython-3.12.tsv} is what it
 * prints for {@code differential.py}, and {@code differs.tsv} has the lines that are known to be
 * different here, with the worker's values. A line that is equal again fails, too, so that the list
 * stays true; with {@code -Dreckon.docs=write} it becomes {@code docs/python-values.md}.
 */
@ExtendWith(WarmWorker.class)
class PythonValuesTest {
  private static final int SAMPLE = 20;
  private static final int RUN = 300;

  private static final String PROGRAM =
      """
      import ast, datetime, decimal, fractions, json, math, random, statistics, string, textwrap, unicodedata

      for line in open("expressions.txt"):
          try:
              text = ascii(eval(ast.literal_eval(line)))
          except Exception as error:
              text = type(error).__name__
          print(text)
      """;

  /**
   * One line of the check.
   *
   * @param quoted the expression as a Python string literal
   */
  private record Valued(String area, String quoted, String value) {}

  private static List<Valued> lines(String resource) throws IOException {
    try (InputStream in =
        Optional.ofNullable(PythonValuesTest.class.getResourceAsStream("/python/" + resource))
            .orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .map(cells -> new Valued(cells[0], cells[1], cells[2]))
          .toList();
    }
  }

  @Test
  void aSampleHasTheValuesOfCPythonButForWhatIsKnown(Line worker) throws IOException {
    List<Valued> all = lines("cpython-3.12.tsv");
    check(
        worker,
        IntStream.range(0, all.size()).filter(i -> i % SAMPLE == 0).mapToObj(all::get).toList());
  }

  @Test
  @Tag("attacks")
  void allHaveTheValuesOfCPythonButForWhatIsKnown(Line worker) throws IOException {
    List<Valued> all = lines("cpython-3.12.tsv");
    for (int from = 0; from < all.size(); from += RUN) {
      check(worker, all.subList(from, Math.min(from + RUN, all.size())));
    }
  }

  private static void check(Line worker, List<Valued> sample) throws IOException {
    Map<String, Valued> differing =
        lines("differs.tsv").stream()
            .collect(Collectors.toMap(Valued::quoted, Function.identity()));
    String expressions = sample.stream().map(Valued::quoted).collect(joining("\n"));
    var answer =
        worker.run(
            PROGRAM,
            new SandboxFile("expressions.txt", expressions.getBytes(StandardCharsets.UTF_8)));
    List<String> values = answer.stdout().lines().toList();
    assertEquals(sample.size(), values.size(), answer::everything);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < sample.size(); i++) {
      Valued expected = sample.get(i);
      String here = differing.getOrDefault(expected.quoted(), expected).value();
      if (!here.equals(values.get(i))) {
        wrong.add(expected + " is here " + values.get(i));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void thePageListsWhatDiffers() throws IOException {
    Path page = Path.of(System.getProperty("reckon.root"), "docs/python-values.md");
    String text = Files.readString(page);
    String mark = "## Each line that differs\n";
    String written = text.substring(0, text.indexOf(mark)) + mark + list();
    if ("write".equals(System.getProperty("reckon.docs"))) {
      Files.writeString(page, written);
    } else {
      assertEquals(written, text, "run this test with -Dreckon.docs=write");
    }
  }

  private static String list() throws IOException {
    Map<String, String> here =
        lines("differs.tsv").stream().collect(Collectors.toMap(Valued::quoted, Valued::value));
    Map<String, Integer> compared = new TreeMap<>();
    Map<String, List<String>> rows = new TreeMap<>();
    for (Valued line : lines("cpython-3.12.tsv")) {
      compared.merge(line.area(), 1, Integer::sum);
      String value = here.get(line.quoted());
      if (value != null) {
        rows.computeIfAbsent(line.area(), area -> new ArrayList<>())
            .add("%s\n    CPython: %s\n    here: %s".formatted(shown(line), line.value(), value));
      }
    }
    StringBuilder page = new StringBuilder();
    compared.forEach(
        (area, count) -> {
          List<String> differing = rows.getOrDefault(area, List.of());
          page.append("\n### %s: %d of %d\n".formatted(area, differing.size(), count));
          if (!differing.isEmpty()) {
            page.append("\n```\n").append(String.join("\n", differing)).append("\n```\n");
          }
        });
    return page.toString();
  }

  /** The expression without its outer quotes. */
  private static String shown(Valued line) {
    return line.quoted().substring(1, line.quoted().length() - 1).replace("\\'", "'");
  }
}
