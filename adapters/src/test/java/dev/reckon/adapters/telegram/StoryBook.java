package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The page with the stories' transcripts: compared with what happens now, or written anew. Times
 * and prompts differ from run to run, and are not compared.
 */
final class StoryBook implements AutoCloseable {
  private static final Path PAGE =
      Path.of(System.getProperty("reckon.root")).resolve("docs/telegram-stories.md");
  private static final Pattern VARYING = Pattern.compile("\\d+(\\.\\d+)? (ms|s)\\b|[\\d,]+ tokens");
  private static final String HEAD =
      """
      # Reckon in Telegram: stories

      What people see in the chats, from runs of the whole program but for two parts: a Bot API
      server on this machine that is as strict as Telegram's, and a model that plays by heart. The
      sandbox is the real one. Messages stand where they first appeared and read as they did in the
      end. The integration test TelegramStoriesIT compares this page with what happens, and writes it
      with `-Dgolden.update=true`.
      """;

  private final boolean write;
  private final String page;
  private final Map<String, String> told = new LinkedHashMap<>();

  private StoryBook(boolean write, String page) {
    this.write = write;
    this.page = page;
  }

  static StoryBook open() {
    boolean write = Boolean.getBoolean("golden.update");
    try {
      return new StoryBook(write, write ? "" : Files.readString(PAGE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One story has been played. */
  void tell(String title, String transcript) {
    String story = "\n## " + title + "\n\n" + transcript;
    told.put(title, story);
    if (!write) {
      assertTrue(
          steady(page).contains(steady(story)),
          () ->
              PAGE.getFileName()
                  + " tells it otherwise; -Dgolden.update=true writes it anew. Now it is:\n"
                  + story);
    }
  }

  private static String steady(String text) {
    return VARYING.matcher(text).replaceAll("…");
  }

  @Override
  public void close() throws IOException {
    if (write) {
      Files.writeString(PAGE, HEAD + String.join("", told.values()));
    }
  }
}
