package dev.reckon.adapters.slack;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Reply.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One reply of every kind, and the awkward ones. */
final class ReplySamples {
  static final String CODE =
      """
      import csv

      with open("staff.csv") as f:
          rows = list(csv.DictReader(f))
      totals = {}
      for row in rows:
          totals.setdefault(row["department"], []).append(float(row["salary"]))
      for name, values in sorted(totals.items()):
          print(f"{name}: {sum(values) / len(values):,.2f} EUR ({len(values)} rows)")
      """;

  private ReplySamples() {}

  static Map<String, Reply> all() {
    Map<String, Reply> all = new LinkedHashMap<>();
    all.put("working", working());
    all.put("verified-table", verifiedTable());
    all.put("chart", chart());
    all.put("verified-output", verifiedOutput());
    all.put("unverified", unverified());
    all.put("not-judged", notJudged());
    all.put("failed", failed());
    all.put(
        "asked",
        reply(Kind.ASKED, "Which year do you mean: calendar or fiscal?", List.of(), List.of()));
    all.put(
        "declined",
        reply(
            Kind.DECLINED,
            "This is a server to write, not something to compute.",
            List.of(
                new Block.Text("I can compute what such a server would answer for one request.")),
            List.of()));
    all.put(
        "over-budget",
        reply(
            Kind.OVER_BUDGET,
            "Today's budget is used up; it starts again at 00:00 UTC.",
            List.of(new Block.Footer("2 attempts \u00b7 41 s \u00b7 $0.31")),
            buttons(Verb.SHOW_CODE)));
    all.put(
        "cancelled",
        reply(
            Kind.CANCELLED,
            "Cancelled by you after 12 s.",
            List.of(new Block.Output("row 1\nrow 2\n", 0)),
            buttons(Verb.AGAIN)));
    all.put(
        "model-error",
        reply(
            Kind.MODEL_ERROR,
            "The model could not be reached: connection refused. Try again in a minute.",
            List.of(),
            buttons(Verb.AGAIN)));
    all.put("notice", help());
    all.put(
        "refused",
        reply(
            Kind.REFUSED,
            "There is no saved computation \"brun\". Did you mean burn?",
            List.of(),
            List.of()));
    all.put("suggestions", suggestions());
    all.put("hostile", hostile());
    all.put("long", tooLong());
    return all;
  }

  static Reply working() {
    return reply(Kind.WORKING, "Attempt 2 of 3: running the code", List.of(), buttons(Verb.CANCEL));
  }

  static Reply verifiedTable() {
    return reply(
        Kind.VERIFIED,
        "Checked: average salary by department, 42 rows used, none skipped",
        List.of(
            new Block.Finding("Engineering has the highest average salary: 72,410.50"),
            new Block.Table(
                List.of("department", "average salary", "rows"),
                List.of(
                    List.of("Engineering", "72,410.50", "18"),
                    List.of("Finance", "64,003.00", "9"),
                    List.of("Sales", "58,120.25", "15"))),
            new Block.File("7", "averages.csv", 96),
            new Block.Footer("3.1 s \u00b7 $0.0021")),
        answerButtons());
  }

  private static Reply chart() {
    return new Reply(
        0,
        Kind.NOTICE,
        "Chart of number 3: average salary by department and year",
        List.of(
            new Block.TableChart(
                new Block.Table(
                    List.of("department", "2024", "2025"),
                    List.of(
                        List.of("Engineering", "69,000.00", "72,410.50"),
                        List.of("Finance", "61,200.00", "64,003.00"),
                        List.of("Sales", "59,800.00", "58,120.25"))))),
        List.of());
  }

  private static Reply verifiedOutput() {
    return reply(
        Kind.VERIFIED,
        "Checked: sorted ascending, average.",
        List.of(
            new Block.Output("sorted: 3, 17, 25, 41, 88\naverage: 34.8\n", 0),
            new Block.Code(CODE),
            new Block.Footer("2.0 s")),
        answerButtons());
  }

  private static Reply unverified() {
    return reply(
        Kind.UNVERIFIED,
        "Not verified: the products are not sorted by revenue",
        List.of(
            new Block.Output("Lamp 120.00\nDesk 980.00\n", 0),
            new Block.Footer("3 attempts \u00b7 19 s \u00b7 $0.012")),
        answerButtons());
  }

  private static Reply notJudged() {
    return reply(
        Kind.NOT_JUDGED,
        "Ran your code; nobody checked it",
        List.of(new Block.Output("", 0), new Block.Footer("0.1 s")),
        buttons(Verb.AGAIN, Verb.EDIT));
  }

  private static Reply failed() {
    return reply(
        Kind.FAILED,
        "Failed after 3 attempts: KeyError: 'salery'",
        List.of(
            new Block.Text(
                "The file has the columns name, department, salary. Name the one you mean."),
            new Block.Output(
                "Traceback (most recent call last):\n  line 7\nKeyError: 'salery'\n", 0),
            new Block.Footer("3 attempts \u00b7 22 s \u00b7 $0.02")),
        buttons(Verb.AGAIN, Verb.EDIT, Verb.SHOW_CODE));
  }

  private static Reply help() {
    return reply(
        Kind.NOTICE,
        "Ask in plain words, or use one of these",
        List.of(
            new Block.Text("again: run the last computation once more"),
            new Block.Text("save NAME: keep it for the team"),
            new Block.Text("list: what the team has saved")),
        List.of());
  }

  private static Reply suggestions() {
    return reply(
        Kind.NOTICE,
        "sales.csv: 1,204 rows, 6 columns",
        List.of(new Block.Text("1. Revenue by product\n2. Revenue by month\n3. Best customers")),
        List.of(
            new Action(Verb.SUGGESTION, 11),
            new Action(Verb.SUGGESTION, 12),
            new Action(Verb.SUGGESTION, 13)));
  }

  static Reply hostile() {
    String attack =
        "<!channel> <@U2> <#C2> @here @channel ``` *bold* <http://evil.example|click> \u001b[31mred"
            + "\u202egnp.exe\u0000 & </script>";
    return reply(
        Kind.VERIFIED,
        attack,
        List.of(
            new Block.Text(attack),
            new Block.Output(attack + "\n```\n<!everyone>", 0),
            new Block.Table(List.of(attack, ""), List.of(List.of("", attack), List.of(attack))),
            new Block.Code("print('''" + attack + "''')"),
            new Block.File("9", attack, 12),
            new Block.Footer(attack)),
        answerButtons());
  }

  static Reply tooLong() {
    String line = "a line of output that goes on for a while, with <b> & more";
    String output =
        IntStream.range(0, 4_000).mapToObj(i -> i + " " + line).collect(Collectors.joining("\n"));
    List<List<String>> rows =
        IntStream.range(0, 500)
            .mapToObj(i -> Stream.iterate(i, n -> n + 1).limit(30).map(n -> "cell " + n).toList())
            .toList();
    List<String> header = IntStream.range(0, 30).mapToObj(i -> "column " + i).toList();
    return reply(
        Kind.VERIFIED,
        "Checked: " + "a very long headline ".repeat(60),
        List.of(
            new Block.Table(header, rows),
            new Block.Table(header, rows),
            new Block.Output(output, 123_456),
            new Block.Output("x".repeat(20_000), 0),
            new Block.Code(CODE.repeat(80)),
            new Block.Text("many words ".repeat(2_000)),
            new Block.Footer("f".repeat(3_000))),
        answerButtons());
  }

  private static List<Action> answerButtons() {
    return buttons(
        Verb.AGAIN,
        Verb.EDIT,
        Verb.SHOW_CODE,
        Verb.SHOW_EVIDENCE,
        Verb.SAVE,
        Verb.SHARE,
        Verb.GOOD,
        Verb.WRONG);
  }

  private static List<Action> buttons(Verb... verbs) {
    return Stream.of(verbs).map(verb -> new Action(verb, 42)).toList();
  }

  private static Reply reply(Kind kind, String headline, List<Block> blocks, List<Action> actions) {
    return new Reply(42, kind, headline, blocks, actions);
  }
}
