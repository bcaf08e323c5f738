package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The manifest asks for what the code uses, and for nothing else. */
class ManifestTest {
  private final List<String> lines = read();

  @Test
  void asksForTheScopesThatAreUsed() {
    assertEquals(new TreeSet<>(Scopes.needed().keySet()), new TreeSet<>(listed("bot:")));
  }

  @Test
  void subscribesToTheEventsThatAreTranslated() {
    assertEquals(
        List.of(
            "agent_session_stopped",
            "app_context_changed",
            "app_home_opened",
            "app_mention",
            "app_uninstalled",
            "message.channels",
            "message.groups",
            "message.im",
            "message.mpim",
            "team_access_granted",
            "team_access_revoked",
            "tokens_revoked"),
        listed("bot_events:"));
  }

  @Test
  void hasTheShortcutsAndStartsInSocketMode() {
    String all = String.join("\n", lines);
    assertTrue(all.contains("callback_id: " + ShortcutHandler.RUN_CODE + "\n"));
    assertTrue(all.contains("callback_id: " + ShortcutHandler.COMPUTE + "\n"));
    assertTrue(all.contains("socket_mode_enabled: true"));
  }

  @Test
  void hasTheAgentViewAndItsTabs() {
    String all = String.join("\n", lines);
    assertTrue(all.contains("  agent_view:\n    agent_description: "));
    assertTrue(all.contains("home_tab_enabled: true\n"));
    assertTrue(all.contains("messages_tab_enabled: true\n"));
    assertTrue(all.contains("messages_tab_read_only_enabled: false\n"));
  }

  @Test
  void hasWhatPreviewsNeedOnceTheCommentSignsAreOff() {
    SlackGuide guide =
        new SlackGuide(
            String.join("\n", lines),
            "",
            "",
            SlackSettings.DEFAULT_API,
            Optional.of(URI.create("https://pages.example/")));
    String link = URLDecoder.decode(guide.link().toString(), StandardCharsets.UTF_8);
    assertTrue(link.contains("  unfurl_domains:\n    - pages.example\noauth_config:"), link);
    assertTrue(
        link.contains("      - users:read\n      - links:read\n      - links:write\n"), link);
    assertTrue(link.contains("      - tokens_revoked\n      - link_shared\n"), link);
    assertFalse(link.contains("reckon.example.org"), link);
  }

  @Test
  void staysWithinSlacksLengths() {
    for (String line : lines) {
      String value = line.replaceFirst("^[^:]*: ?", "").replace("\"", "");
      if (line.strip().startsWith("agent_description:")) {
        assertTrue(value.length() <= 300, line);
      }
      if (line.strip().startsWith("description:")) {
        assertTrue(value.length() <= 140, line);
      }
      if (line.strip().startsWith("- name:")) {
        assertTrue(value.length() <= 24, line);
      }
    }
  }

  /** The entries of the list that follows a key. */
  private List<String> listed(String key) {
    return lines.stream()
        .dropWhile(line -> !line.strip().equals(key))
        .skip(1)
        .takeWhile(line -> line.strip().startsWith("- "))
        .map(line -> line.strip().substring(2))
        .toList();
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(
          Path.of(System.getProperty("reckon.root"), "config/slack-manifest.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
