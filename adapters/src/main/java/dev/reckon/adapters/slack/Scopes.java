package dev.reckon.adapters.slack;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the bot token must be allowed to do; {@code config/slack-manifest.yml} asks for the same.
 */
final class Scopes {
  private Scopes() {}

  /** Each scope, with what does not work without it. */
  static Map<String, String> needed() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("app_mentions:read", "mentions are not seen");
    needed.put("assistant:write", "no progress by Slack's own means, no stop button, no prompts");
    needed.put("channels:history", "follow-ups in threads of public channels are not seen");
    needed.put("channels:read", "members of public channels cannot open the page of an answer");
    needed.put("groups:read", "members of private channels cannot open the page of an answer");
    needed.put("mpim:read", "members of group conversations cannot open the page of an answer");
    needed.put("groups:history", "follow-ups in threads of private channels are not seen");
    needed.put("im:history", "direct messages are not seen");
    needed.put("mpim:history", "messages in group conversations are not seen");
    needed.put("chat:write", "nothing can be answered");
    needed.put("commands", "/reckon and the shortcuts do not work");
    needed.put("files:read", "attached files cannot be read");
    needed.put("files:write", "results cannot be attached");
    needed.put("im:write", "files of private answers cannot be sent");
    needed.put("users:read", "names and administrators are not known");
    return needed;
  }

  /** The same for previews of links to pages, where there are pages that people reach. */
  static Map<String, String> forPreviews() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("links:read", "links to pages are not seen");
    needed.put("links:write", "nothing can be shown below them");
    return needed;
  }

  /** All that an installation asks for, as a list with commas. */
  static String asked(boolean previews) {
    Set<String> all = new LinkedHashSet<>(needed().keySet());
    if (previews) {
      all.addAll(forPreviews().keySet());
    }
    return String.join(",", all);
  }

  /** The scopes in a list with commas. */
  static Set<String> granted(@Nullable String list) {
    return list == null
        ? Set.of()
        : Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** What is missing, as sentences; empty when all is there or Slack did not say. */
  static List<String> missing(Set<String> granted) {
    return missing(granted, needed());
  }

  /** The same of some scopes. */
  static List<String> missing(Set<String> granted, Map<String, String> needed) {
    if (granted.isEmpty()) {
      return List.of();
    }
    return needed.entrySet().stream()
        .filter(scope -> !granted.contains(scope.getKey()))
        .map(scope -> scope.getKey() + ": " + scope.getValue())
        .toList();
  }
}
