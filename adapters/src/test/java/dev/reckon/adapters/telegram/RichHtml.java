package dev.reckon.adapters.telegram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTML of rich messages, with its rules: few tags in their places, and limits. */
final class RichHtml {
  private static final Pattern TOKEN =
      Pattern.compile("<(/?)([a-z]+)((?:\\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\\s*>|&([^;\\s]*;?)|<");

  /** Where each tag may stand; the empty name is the message itself. */
  private static final Map<String, Set<String>> PLACES =
      Map.ofEntries(
          Map.entry("p", Set.of("", "details")),
          Map.entry("pre", Set.of("", "details")),
          Map.entry("table", Set.of("", "details")),
          Map.entry("details", Set.of("")),
          Map.entry("summary", Set.of("details")),
          Map.entry("tr", Set.of("table")),
          Map.entry("th", Set.of("tr")),
          Map.entry("td", Set.of("tr")),
          Map.entry("code", Set.of("pre")),
          Map.entry("b", Set.of("p", "td", "th")),
          Map.entry("i", Set.of("p", "td", "th")),
          Map.entry("a", Set.of("p", "td", "th")),
          Map.entry("br", Set.of("p", "td", "th", "b", "i", "a")));

  private static final Set<String> BLOCKS = Set.of("p", "pre", "table", "details", "tr");
  private static final Set<String> ENTITIES = Set.of("amp;", "lt;", "gt;", "quot;");
  private static final int MOST_CHARACTERS = 32_768;
  private static final int MOST_COLUMNS = 20;
  private static final int MOST_BLOCKS = 500;

  private RichHtml() {}

  /** What Telegram would refuse. */
  static List<String> mistakes(String html) {
    List<String> wrong = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    open.push("");
    Matcher token = TOKEN.matcher(html);
    int blocks = 0;
    int columns = 0;
    while (token.find()) {
      String tag = token.group(2);
      if (tag == null) {
        if (token.group(4) == null || !ENTITIES.contains(token.group(4))) {
          wrong.add("unescaped " + token.group());
        }
      } else if (!token.group(1).isEmpty()) {
        if (!open.pop().equals(tag) || open.isEmpty()) {
          wrong.add("unexpected " + token.group());
          return wrong;
        }
      } else {
        Set<String> places = PLACES.get(tag);
        if (places == null || !places.contains(open.element())) {
          wrong.add(token.group() + " in <" + open.element() + ">");
        }
        blocks += BLOCKS.contains(tag) ? 1 : 0;
        columns = tag.equals("tr") ? 0 : columns + (tag.equals("td") || tag.equals("th") ? 1 : 0);
        if (columns > MOST_COLUMNS) {
          wrong.add("too many columns");
        }
        if (!tag.equals("br")) {
          open.push(tag);
        }
      }
    }
    if (open.size() != 1) {
      wrong.add("not closed: " + open);
    }
    if (html.isBlank() || html.length() > MOST_CHARACTERS || blocks > MOST_BLOCKS) {
      wrong.add("%d characters and %d blocks".formatted(html.length(), blocks));
    }
    return wrong;
  }

  /** What a reader sees, a line for each paragraph and row. */
  static String text(String html) {
    return html.replaceAll("</(p|tr|pre|summary)>|<br>", "\n")
        .replaceAll("</t[dh]>", "\t")
        .replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }
}
