package dev.reckon.core.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that the policy knows, one key each: in the configuration under {@code [policy]}, and
 * in an administrator's command. People, teams and channels are named by their ids, such as {@code
 * slack/T1/U1}, {@code telegram/123}.
 */
public enum PolicyKey {
  TEAMS(Kind.NAMES, "", "workspaces, groups and private chats that may use Reckon; empty: any"),
  CHANNELS(Kind.NAMES, "", "channels where it may be used, besides private chats; empty: any"),
  PEOPLE(Kind.NAMES, "", "people who may use it; empty: any"),
  LISTED_ONLY(
      Kind.NAMES,
      "telegram",
      "surfaces where everybody can write to the bot: only a listed team or person may use it"
          + " there"),
  BLOCKED(Kind.NAMES, "", "people who may not use it at all"),
  PRIVATE_CHATS(Kind.FLAG, "true", "whether it may be used where only the asker reads"),
  GUESTS(Kind.FLAG, "false", "whether guests of a workspace may use it without being listed"),
  EXTERNALS(
      Kind.FLAG, "false", "whether people of other organisations may use it without being listed"),
  INLINE(
      Kind.FLAG,
      "false",
      "whether expressions are computed as people type them in other chats (Telegram's inline"
          + " mode)"),
  INLINE_PER_MINUTE(Kind.COUNT, "30", "such expressions of one person in a minute; 0: no limit"),
  GUEST_CHATS(
      Kind.FLAG,
      "false",
      "whether people may ask in chats that Reckon is not in (Telegram's guest mode)"),
  SAVED_ONLY(Kind.NAMES, "", "people who may run saved computations and nothing else"),
  SOURCES(
      Kind.NAMES,
      "",
      "who may query which database, each NAME:ID of a team, channel or person, or NAME:any; what"
          + " is not listed is for administrators"),
  ADMINISTRATORS(
      Kind.NAMES, "", "people who may change this policy, and whom no list above shuts out"),
  CONTACT(Kind.TEXT, "an administrator of Reckon", "whom a refusal says to ask"),
  RUNNING_PER_PERSON(Kind.COUNT, "1", "turns of one person that may run at the same time"),
  PERSON_PER_MINUTE(Kind.COUNT, "6", "requests and runs of one person in a minute; 0: no limit"),
  PERSON_PER_HOUR(Kind.COUNT, "60", "the same in an hour"),
  TEAM_PER_MINUTE(Kind.COUNT, "60", "requests and runs of one team in a minute; 0: no limit"),
  TEAM_PER_HOUR(Kind.COUNT, "600", "the same in an hour"),
  PERSON_DAY_USD(Kind.USD, "2", "what one person's model calls may cost in a day; 0: no limit"),
  PERSON_MONTH_USD(Kind.USD, "20", "the same in a month"),
  TEAM_DAY_USD(Kind.USD, "10", "what one team's model calls may cost in a day; 0: no limit"),
  TEAM_MONTH_USD(Kind.USD, "100", "the same in a month"),
  PERSON_DAY_RUNS(Kind.COUNT, "200", "turns of one person in a day; 0: no limit"),
  PERSON_MONTH_RUNS(Kind.COUNT, "0", "the same in a month"),
  TEAM_DAY_RUNS(Kind.COUNT, "2000", "turns of one team in a day; 0: no limit"),
  TEAM_MONTH_RUNS(Kind.COUNT, "0", "the same in a month"),
  WARN_PERCENT(Kind.COUNT, "80", "the used share of a budget at which its owner is told; 0: never"),
  TIME_ZONE(Kind.ZONE, "UTC", "where days and months of budgets begin");

  /** What a value looks like. */
  public enum Kind {
    NAMES,
    FLAG,
    COUNT,
    USD,
    TEXT,
    ZONE
  }

  private final Kind kind;
  private final String standard;
  private final String help;

  PolicyKey(Kind kind, String standard, String help) {
    this.kind = kind;
    this.standard = standard;
    this.help = help;
  }

  /** The name that people type, such as {@code person_day_usd}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return kind;
  }

  /** The value where none is given, as it would be typed. */
  public String standard() {
    return standard;
  }

  /** What it decides, in a line. */
  public String help() {
    return help;
  }

  /** The key of that name, if there is one. */
  public static Optional<PolicyKey> named(String key) {
    return Arrays.stream(values()).filter(k -> k.key().equalsIgnoreCase(key)).findFirst();
  }
}
