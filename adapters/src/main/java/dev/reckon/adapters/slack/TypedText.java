package dev.reckon.adapters.slack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Restores what a person typed from Slack's format: entities, links in angle brackets, mentions.
 * Smart quotes stay: only whoever knows what is code can straighten them.
 */
final class TypedText {
  private static final Pattern BRACKETED = Pattern.compile("<([^<>\n]{1,3000})>");
  private static final Pattern OPENING_MENTION =
      Pattern.compile(
          "^\\s*(?:(?:hi|hello|hey|ok|thanks)[ ,]+)?<@([UW][A-Z0-9]+)(?:\\|[^>]*)?>",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FENCED =
      Pattern.compile("(?s)```(?:[ \\t]*(?:python3?|py)?[ \\t]*\\R)?(.*?)\\s*```");
  private static final Pattern ONLY_INLINE = Pattern.compile("`([^`\n]+)`");

  private TypedText() {}

  /** The text as it was typed, without mentions of {@code bot}. */
  static String typed(String raw, String bot) {
    String unbracketed =
        BRACKETED.matcher(raw).replaceAll(m -> Matcher.quoteReplacement(inner(m.group(1), bot)));
    return unbracketed
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace('\u00a0', ' ')
        .strip();
  }

  /** The code in a message as it was typed: what stands in its fences, or all of it. */
  static String code(String typed) {
    String fenced =
        FENCED
            .matcher(typed)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.joining("\n"));
    if (!fenced.isBlank()) {
      return fenced;
    }
    Matcher inline = ONLY_INLINE.matcher(typed);
    return inline.matches() ? inline.group(1) : typed;
  }

  private static String inner(String content, String bot) {
    int bar = content.indexOf('|');
    String target = bar < 0 ? content : content.substring(0, bar);
    String label = bar < 0 ? "" : content.substring(bar + 1);
    return switch (target.isEmpty() ? ' ' : target.charAt(0)) {
      case '@' ->
          target.equals("@" + bot) ? "" : "@" + (label.isEmpty() ? target.substring(1) : label);
      case '#' -> "#" + (label.isEmpty() ? target.substring(1) : label);
      case '!' -> label.isEmpty() ? "@" + target.substring(1).replaceFirst("\\^.*", "") : label;
      default -> link(target, label);
    };
  }

  /**
   * {@code sales.csv} becomes a link in Slack; the label is what was typed when it says the same.
   */
  private static String link(String target, String label) {
    String address = target.startsWith("mailto:") ? target.substring("mailto:".length()) : target;
    return !label.isEmpty() && address.endsWith(label) ? label : address;
  }

  /** Whether the text names that user anywhere. */
  static boolean mentions(String raw, String user) {
    return raw.contains("<@" + user + ">") || raw.contains("<@" + user + "|");
  }

  /** Whether the text is addressed to someone: opens with a mention of another than {@code bot}. */
  static boolean addressesAnother(String raw, String bot) {
    Matcher opening = OPENING_MENTION.matcher(raw);
    return opening.find() && !bot.equals(opening.group(1));
  }
}
