package dev.reckon.adapters.slack;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what stories left in the workspace into a page. */
final class SlackStoryPage {
  /** Longer ones say the same many times over. */
  private static final int MOST_LINES = 60;

  private final Map<String, List<String>> stories = new TreeMap<>();
  private String acknowledgement = "";

  void story(String method, List<String> transcript) {
    stories.put(method, List.copyOf(transcript));
  }

  void acknowledged(long p50, long p99) {
    acknowledgement =
        """
        Fifty commands sent at once into ten channels, with Slack's rate limits on, were acknowledged %d ms after they
        were sent (p50), %d ms at most (p99), while the same %d processors computed the answers. Slack gives up after
        3,000 ms.

        """
            .formatted(p50, p99, Runtime.getRuntime().availableProcessors());
  }

  String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # Reckon in Slack: stories

            What a workspace shows at the end of each story, from runs of the whole program but for two parts: a
            workspace on this machine that is as strict as Slack's, and a scripted model. The sandbox is the
            real one. Made by `SlackStoriesIT` with `-Dreckon.docs=write`.

            """);
    page.append(acknowledgement);
    stories.forEach(
        (method, transcript) -> {
          List<String> lines =
              transcript.stream().flatMap(String::lines).limit(MOST_LINES).toList();
          page.append("## ").append(title(method)).append("\n\n```\n");
          page.append(String.join("\n", lines).strip()).append("\n```\n\n");
        });
    return page.toString().stripTrailing() + "\n";
  }

  /** A method's name as words. */
  private static String title(String method) {
    String words = method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
