package dev.reckon.adapters.telegram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parser of the HTML that Telegram takes, with its rules: few tags, all closed in order, nothing
 * inside {@code pre} but its {@code code}, no quote in a quote, and every {@code <} and {@code &}
 * escaped (Telegram lets a lone ampersand pass; here it is a mistake).
 */
final class TelegramHtml {
  private static final Pattern TOKEN =
      Pattern.compile("<(/?)([a-z0-9-]+)((?:\\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\\s*>|&([^;\\s]*;?)|<");
  private static final Set<String> SIMPLE =
      Set.of("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler");

  private TelegramHtml() {}

  /** What a reader sees, and what stands out in it. Offsets are in UTF-16 units. */
  record Parsed(String text, List<Entity> entities) {}

  /** A marked stretch of the text. */
  record Entity(String tag, String attributes, int from, int to) {}

  /** Markup that Telegram would refuse. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super("Bad Request: can't parse entities: " + why);
    }
  }

  private record Open(String tag, String attributes, int from) {}

  static Parsed parse(String html) throws Refused {
    StringBuilder text = new StringBuilder();
    List<Entity> entities = new ArrayList<>();
    Deque<Open> open = new ArrayDeque<>();
    Matcher token = TOKEN.matcher(html);
    int at = 0;
    while (token.find(at)) {
      text.append(html, at, token.start());
      at = token.end();
      if (token.group(4) != null) {
        text.append(character(token.group(4)));
      } else if (token.group(2) == null) {
        throw new Refused("Unexpected < at byte offset " + token.start());
      } else if (token.group(1).isEmpty()) {
        check(token.group(2), token.group(3).strip(), open);
        open.push(new Open(token.group(2), token.group(3).strip(), text.length()));
      } else {
        close(token, text, entities, open);
      }
    }
    text.append(html, at, html.length());
    if (!open.isEmpty()) {
      throw new Refused("Can't find end tag corresponding to start tag " + open.peek().tag());
    }
    return new Parsed(text.toString(), List.copyOf(entities));
  }

  private static void close(
      Matcher token, StringBuilder text, List<Entity> entities, Deque<Open> open) throws Refused {
    Open last = Optional.ofNullable(open.poll()).orElse(new Open("nothing", "", 0));
    if (!last.tag().equals(token.group(2))) {
      throw new Refused(
          "Unmatched end tag, expected </" + last.tag() + ">, found </" + token.group(2) + ">");
    }
    if (last.from() < text.length()) {
      entities.add(new Entity(last.tag(), last.attributes(), last.from(), text.length()));
    }
  }

  private static void check(String tag, String attributes, Deque<Open> open) throws Refused {
    boolean known =
        switch (tag) {
          case "code" -> attributes.matches("|class=\"language-[a-z0-9]+\"");
          case "pre" -> attributes.isEmpty();
          case "blockquote" -> attributes.matches("|expandable");
          case "a" -> attributes.matches("href=\"(https?|tg)://[^\"]+\"");
          case "span" -> attributes.equals("class=\"tg-spoiler\"");
          default -> SIMPLE.contains(tag) && attributes.isEmpty();
        };
    if (!known) {
      throw new Refused("Unsupported start tag \"" + tag + " " + attributes + "\"");
    }
    for (Open outer : open) {
      boolean codeOfPre = tag.equals("code") && outer.tag().equals("pre");
      if ((outer.tag().equals("pre") || outer.tag().equals("code")) && !codeOfPre) {
        throw new Refused("nothing can be nested in " + outer.tag());
      }
      if (tag.equals("blockquote") && outer.tag().equals("blockquote")) {
        throw new Refused("quotes can't be nested");
      }
    }
  }

  private static String character(String entity) throws Refused {
    return switch (entity) {
      case "lt;" -> "<";
      case "gt;" -> ">";
      case "amp;" -> "&";
      case "quot;" -> "\"";
      default -> throw new Refused("Unescaped &" + entity);
    };
  }
}
