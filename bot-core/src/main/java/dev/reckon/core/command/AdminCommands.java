package dev.reckon.core.command;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.PolicyCommands;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.store.Audit;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.store.Privacy.Forgetting;
import dev.reckon.core.store.Statistics;
import dev.reckon.core.store.Statistics.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commands for rights, limits and records: {@code limits}, {@code stats [DAYS]}, {@code forget-me
 * [now]}, and for administrators {@code policy ...} and {@code audit [LINES]}. Safe for use by any
 * number of threads.
 */
public final class AdminCommands {
  /** Which words are answered here. */
  public static final List<String> WORDS =
      List.of("limits", "stats", "forget-me", "policy", "audit");

  private static final int USUAL_DAYS = 30;
  private static final int USUAL_LINES = 20;
  private static final int MOST = 500;

  private final Statistics statistics;
  private final Privacy privacy;
  private final Audit audit;
  private final Gatekeeper gatekeeper;
  private final PolicyInForce policy;
  private final PolicyCommands policyWords;
  private final InstantSource clock;

  public AdminCommands(
      Statistics statistics,
      Privacy privacy,
      Audit audit,
      Gatekeeper gatekeeper,
      PolicyInForce policy,
      InstantSource clock) {
    this.statistics = statistics;
    this.privacy = privacy;
    this.audit = audit;
    this.gatekeeper = gatekeeper;
    this.policy = policy;
    this.policyWords = new PolicyCommands(policy);
    this.clock = clock;
  }

  /**
   * Answers one of {@link #WORDS}.
   *
   * @param rest what follows the word; may be empty
   * @return empty when the word is not one of them
   */
  public Optional<Reply> answer(Incoming incoming, String word, String rest) {
    Person person = incoming.person();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "limits" -> Optional.of(limits(incoming));
      case "stats" -> Optional.of(stats(incoming, number(rest, USUAL_DAYS)));
      case "forget-me" -> Optional.of(forget(person, rest.strip()));
      case "policy" -> Optional.of(policyWords.answer(person, rest));
      case "audit" -> Optional.of(audit(incoming, number(rest, USUAL_LINES)));
      default -> Optional.empty();
    };
  }

  private Reply limits(Incoming incoming) {
    List<String> left = gatekeeper.left(incoming.person(), incoming.team(), incoming.language());
    return left.isEmpty()
        ? Reply.notice("No budget limits you here.")
        : Reply.notice("What is left", left.toArray(String[]::new));
  }

  /** Everybody sees themselves and the team in all; administrators see each person. */
  private Reply stats(Incoming incoming, int days) {
    Instant from = clock.instant().minus(Duration.ofDays(days));
    List<Figures> figures = statistics.since(from, Optional.of(incoming.team().id()));
    boolean all = policy.administers(incoming.person().id());
    List<Figures> seen =
        figures.stream()
            .filter(
                one ->
                    all
                        || one.person().equals(Figures.ALL)
                        || one.person().equals(incoming.person().id()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(UsageTable.of(seen, Figures::name));
    UsageTable.unpriced(seen).ifPresent(note -> blocks.add(new Block.Text(note)));
    return new Reply(
        0,
        Reply.Kind.NOTICE,
        days == 1 ? "The last day" : "The last %d days".formatted(days),
        blocks,
        List.of());
  }

  private Reply forget(Person person, String confirmation) {
    if (!confirmation.equalsIgnoreCase("now")) {
      return Reply.notice(
          "This deletes your questions, answers, code, files, feedback and settings, for good.",
          "Saved computations that a team shares stay, without your name, since others rely on"
              + " them. The audit record keeps that somebody ran something, when and at what cost,"
              + " under a pseudonym and without code, since budgets are counted from it.",
          "Backups that were taken before keep you until whoever runs Reckon deletes them, and what"
              + " was posted in the chat stays there.",
          "Type \"forget-me now\" to go ahead; \"export\" at the terminal of whoever runs Reckon"
              + " gives you a copy first.");
    }
    return switch (privacy.forget(person.id())) {
      case Forgetting.StillRunning(int turns) ->
          new Reply(
              0,
              Reply.Kind.REFUSED,
              turns == 1
                  ? "One of your requests still runs: wait for it or cancel it, then try again."
                  : "%d of your requests still run: wait for them or cancel them, then try again."
                      .formatted(turns),
              List.of(),
              List.of());
      case Forgetting.Done(int turns, int files, int computations, int kept) ->
          Reply.notice(
              "Your data was deleted: %s with answers, %s and %s of your own."
                  .formatted(
                      counted(turns, "question"),
                      counted(files, "file"),
                      counted(computations, "computation")),
              kept == 0
                  ? "You had saved nothing for a team."
                  : "What teams share stays, without your name: %s of saved computations."
                      .formatted(counted(kept, "version")),
              "If you write to Reckon again, it stores your data again.");
    };
  }

  private Reply audit(Incoming incoming, int lines) {
    Person person = incoming.person();
    if (!policy.administers(person.id())) {
      return new Reply(
          0,
          Reply.Kind.REFUSED,
          "Only administrators may see the audit record; ask %s."
              .formatted(policy.get().contact(incoming.language())),
          List.of(),
          List.of());
    }
    List<List<String>> rows =
        audit.since(Instant.EPOCH, lines).stream().map(AdminCommands::row).toList();
    return table(
        "The audit record, newest first",
        List.of("when", "what", "who", "kind", "outcome", "turn", "code", "cost"),
        rows);
  }

  private static List<String> row(Audit.Entry line) {
    return List.of(
        line.at().toString(),
        line.event(),
        line.person(),
        line.kind(),
        line.outcome(),
        line.turn() == 0 ? "" : Long.toString(line.turn()),
        line.codeSha256().substring(0, Math.min(12, line.codeSha256().length())),
        cost(line));
  }

  private static String cost(Audit.Entry line) {
    @Nullable Double usd = line.costUsd();
    return !line.event().equals("turn")
        ? ""
        : usd == null ? "unknown" : String.format(Locale.ROOT, "%.4f", usd);
  }

  private static String counted(int number, String thing) {
    return number == 1 ? "1 " + thing : number + " " + thing + "s";
  }

  private static int number(String rest, int usual) {
    String text = rest.strip();
    return text.matches("\\d{1,4}") ? Math.clamp(Integer.parseInt(text), 1, MOST) : usual;
  }

  private static Reply table(String headline, List<String> header, List<List<String>> rows) {
    return new Reply(
        0, Reply.Kind.NOTICE, headline, List.of(new Block.Table(header, rows)), List.of());
  }
}
