package dev.reckon.core.command;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people write, bare and without a slash, and what it is. Every surface must deliver these
 * texts so that {@link CommandParser} reads them like this; {@code burn} is a saved computation and
 * {@code sales.csv} a file of the conversation.
 */
public final class FiftySentences {
  /** One of them. */
  public record Sentence(String text, Command meaning) {}

  /** What the conversation of these sentences knows. */
  public static final CommandParser.Known KNOWN =
      new CommandParser.Known() {
        @Override
        public boolean saved(String name) {
          return name.equals("burn");
        }

        @Override
        public boolean file(String name) {
          return name.equals("sales.csv");
        }

        @Override
        public boolean numbered() {
          return true;
        }

        @Override
        public boolean question() {
          return true;
        }
      };

  private FiftySentences() {}

  public static Stream<Sentence> all() {
    return Stream.concat(requests(), commands());
  }

  private static Stream<Sentence> requests() {
    return Stream.of(
            "share of revenue by product",
            "list primes below 100",
            "new users by month",
            "files per folder",
            "average salary by department",
            "show revenue by month",
            "show me the top 5 customers",
            "run a regression of price on size",
            "run the numbers for March",
            "save 10% of revenue each month: how much after a year?",
            "do the same for 2024",
            "code points of \"héllo\"",
            "history of inflation since 1990 from this file",
            "again but only for 2024",
            "edit distance between kitten and sitting",
            "wrong totals in column B?",
            "cancel out common factors of 84/126",
            "help me find duplicates",
            "forget the outliers and average the rest",
            "drop duplicates and count",
            "drop duplicates",
            "settings with the highest throughput",
            "instructions per second by machine",
            "list",
            "burn rate by month",
            "yes or no: is 91 prime?",
            "3 largest values in sales.csv",
            "hello")
        .map(text -> new Sentence(text, meaning(text)));
  }

  /** A lone word is the one command among them: it shows how little makes the difference. */
  private static Command meaning(String text) {
    return text.equals("list") ? new Command.Saved() : new Command.Ask(text);
  }

  private static Stream<Sentence> commands() {
    return Stream.of(
        new Sentence("again", new Command.Again(Map.of())),
        new Sentence("again month=4", new Command.Again(Map.of("month", "4"))),
        new Sentence("  Again ", new Command.Again(Map.of())),
        new Sentence("CANCEL", new Command.Cancel()),
        new Sentence("new", new Command.New()),
        new Sentence("history", new Command.History()),
        new Sentence("show 3", new Command.Show(3)),
        new Sentence("code", new Command.Code()),
        new Sentence("files", new Command.Files()),
        new Sentence("drop sales.csv", new Command.Drop("sales.csv")),
        new Sentence("save burn", new Command.Save("burn", Map.of())),
        new Sentence("save burn month=3", new Command.Save("burn", Map.of("month", "3"))),
        new Sentence("do burn", new Command.Do("burn", Map.of())),
        new Sentence(
            "do burn month=4 label=\"Q 1\"",
            new Command.Do("burn", Map.of("month", "4", "label", "Q 1"))),
        new Sentence("burn", new Command.Do("burn", Map.of())),
        new Sentence("burn month=4", new Command.Do("burn", Map.of("month", "4"))),
        new Sentence("forget burn", new Command.Forget("burn")),
        new Sentence("share", new Command.Share()),
        new Sentence("wrong", new Command.Wrong("")),
        new Sentence("wrong: it counts refunds", new Command.Wrong("it counts refunds")),
        new Sentence("settings", new Command.Setting(Optional.empty(), "")),
        new Sentence("settings code off", new Command.Setting(Optional.of("code"), "off")),
        new Sentence("help", new Command.Help(Optional.empty())),
        new Sentence("help save", new Command.Help(Optional.of(CommandSpec.SAVE))),
        new Sentence("run ```python\nprint(1)\n```", new Command.Run("print(1)")),
        new Sentence("run ```print(1)```", new Command.Run("print(1)")),
        new Sentence("edit", new Command.Edit(Optional.empty())),
        new Sentence("yes", new Command.Yes()),
        new Sentence("2", new Command.Pick(2)),
        new Sentence("histroy", new Command.Meant("histroy", CommandSpec.HISTORY)),
        new Sentence("cancle", new Command.Meant("cancle", CommandSpec.CANCEL)));
  }
}
