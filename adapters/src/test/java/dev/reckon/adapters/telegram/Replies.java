package dev.reckon.adapters.telegram;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Reply.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One reply of each kind, as the core would make it, and some that were meant badly. */
final class Replies {
  static final String CODE =
      """
      import csv
      from collections import defaultdict

      totals = defaultdict(list)
      with open("salaries.csv") as file:
          for row in csv.DictReader(file):
              if row["Salary"] and float(row["Salary"]) > 0:
                  totals[row["Department"]].append(float(row["Salary"]))
      for name, values in sorted(totals.items()):
          print(f"{name}: {sum(values) / len(values):,.2f}")
      """;

  private Replies() {}

  static Reply verified() {
    return new Reply(
        17,
        Kind.VERIFIED,
        "Checked: average per department, by name.",
        List.of(
            new Block.Finding("Engineering is highest: 71,250.00"),
            new Block.Output(
                "Engineering: 71,250.00\nMarketing:   54,300.50\nSales:       48,120.00\n", 0),
            new Block.Code(CODE),
            new Block.Footer("2 attempts · 6.2 s · $0.0041")),
        List.of(
            new Action(Verb.AGAIN, 17),
            new Action(Verb.EDIT, 17),
            new Action(Verb.SHOW_EVIDENCE, 17),
            new Action(Verb.SAVE, 17),
            new Action(Verb.SHARE, 17),
            new Action(Verb.GOOD, 17),
            new Action(Verb.WRONG, 17)));
  }

  /** An answer with notes around it, in that language. */
  static Reply in(Language language) {
    return new Reply(
        21,
        Kind.VERIFIED,
        Label.STATUS_VERIFIED.in(language, "sales.csv, 2024"),
        List.of(
            new Block.Output(lines(60), 1_200),
            new Block.Footer(Label.FOOTER_ATTEMPTS.in(language, 2) + " · 6.2 s · $0.0041")),
        verified().actions().stream().map(one -> new Action(one.verb(), 21)).toList(),
        language);
  }

  static Reply working(String headline) {
    return new Reply(17, Kind.WORKING, headline, List.of(), List.of(new Action(Verb.CANCEL, 17)));
  }

  static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "%4d  %s".formatted(i, "value ".repeat(5).strip()))
        .collect(Collectors.joining("\n"));
  }

  static Map<String, Reply> ofEachKind() {
    Map<String, Reply> replies = new LinkedHashMap<>();
    replies.put("greeting", Greeting.reply(Language.ENGLISH));
    for (Language language : Language.values()) {
      if (language != Language.ENGLISH) {
        replies.put("greeting-" + language.tag(), Greeting.reply(language));
        replies.put("answer-" + language.tag(), in(language));
      }
    }
    replies.put("working", working("Attempt 2 of 3: the column 'salary' is called 'Salary'"));
    replies.put("verified", verified());
    replies.put(
        "unverified",
        new Reply(
            18,
            Kind.UNVERIFIED,
            "Not verified: the request names 2024, and the output has all years.",
            List.of(
                new Block.Output("revenue: 1,204,332.10 EUR\n", 0),
                new Block.Code("print('revenue: 1,204,332.10 EUR')"),
                new Block.Footer("3 attempts · 14.0 s · cost unknown, 5210 tokens")),
            List.of(new Action(Verb.AGAIN, 18), new Action(Verb.WRONG, 18))));
    replies.put(
        "not-judged",
        new Reply(
            19,
            Kind.NOT_JUDGED,
            "Ran as written. Nobody checked the result.",
            List.of(
                new Block.Table(
                    List.of("month", "burn", "runway"),
                    List.of(
                        List.of("2026-09", "81,200", "14.2"),
                        List.of("2026-10", "79,950.50", "13.4"))),
                new Block.Footer("1 attempt · 0.4 s")),
            List.of(new Action(Verb.AGAIN, 19))));
    replies.put(
        "failed",
        new Reply(
            20,
            Kind.FAILED,
            "No answer after 3 attempts: ValueError: could not convert string to float:" + " 'n/a'",
            List.of(
                new Block.Code("float('n/a')"), new Block.Footer("3 attempts · 9.9 s · $0.0052")),
            List.of(new Action(Verb.AGAIN, 20), new Action(Verb.EDIT, 20))));
    replies.put(
        "asked",
        new Reply(
            21,
            Kind.ASKED,
            "Which of the two date columns counts: ordered or shipped?",
            List.of(),
            List.of()));
    replies.put(
        "declined",
        new Reply(
            22,
            Kind.DECLINED,
            "There is nothing to compute here: a web server needs a network",
            List.of(new Block.Text("I could compute how many requests a second it would see.")),
            List.of()));
    replies.put(
        "over-budget",
        new Reply(
            23,
            Kind.OVER_BUDGET,
            "Today's budget is used up; it starts again at 00:00",
            List.of(),
            List.of()));
    replies.put(
        "cancelled",
        new Reply(
            24,
            Kind.CANCELLED,
            "Cancelled. What it had printed until then is below.",
            List.of(new Block.Output("step 1 of 9\nstep 2 of 9\n", 0)),
            List.of(new Action(Verb.AGAIN, 24))));
    replies.put(
        "model-error",
        new Reply(
            25,
            Kind.MODEL_ERROR,
            "The model's server does not answer; ask again in a minute",
            List.of(),
            List.of(new Action(Verb.AGAIN, 25))));
    replies.put(
        "notice",
        Reply.notice(
            "sales.csv: 1,204 rows, 6 columns",
            "month, region, product, units, price, revenue",
            "Try: revenue by month · top five products · share of revenue by region"));
    replies.put(
        "refused",
        new Reply(
            0,
            Kind.REFUSED,
            "export.csv is larger than 20 MB, the most that Telegram lets bots download",
            List.of(new Block.Text("Send a smaller part of it, or pack it as .zip.")),
            List.of()));
    replies.put(
        "long-output",
        new Reply(
            26,
            Kind.VERIFIED,
            "Checked: every requirement has its evidence.",
            List.of(
                new Block.Output(lines(500), 1234),
                new Block.Code("for i in range(500):\n    print(i)\n" + "# filler\n".repeat(400)),
                new Block.File("file-9", "chart.png", 48_213),
                new Block.File("file-10", "everything.bin", 61_000_000),
                new Block.Footer("1 attempt · 2.1 s")),
            List.of(new Action(Verb.AGAIN, 26))));
    replies.put(
        "hostile",
        new Reply(
            27,
            Kind.VERIFIED,
            "</b><a href=\"https://evil.example\">click</a> @everyone",
            List.of(
                new Block.Text("see https://evil.example/pay & tell @anna, <i>now</i>"),
                new Block.Output(
                    "\u001B[2J\u001B[31m</pre><b>Verified</b> @anna https://evil.example"
                        + " \u202Efdp.exe\u0000",
                    0),
                new Block.Code("print('</code></pre><b>x</b>')  # &lt;"),
                new Block.File("file-11", "../../etc/<b>\u202Egpj.exe", 12),
                new Block.Footer("$ @x #y")),
            List.of()));
    return replies;
  }
}
