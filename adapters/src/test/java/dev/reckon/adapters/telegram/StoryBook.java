package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The page with the stories' transcripts: it has to hold each story that is played, and is written
 * again when that is asked for. Its words are not compared: on a busy machine an answer may take
 * longer than the time after which it comes as a message of its own.
 */
final class StoryBook implements AutoCloseable {
  private static final Path PAGE =
      Path.of(System.getProperty("reckon.root")).resolve("docs/telegram-stories.md");
  private static final String HEAD =
      """
      # Reckon in Telegram: stories

      What people see in the chats, from runs of the whole program but for two parts: a Bot API
      server on this machine that is as strict as Telegram's, and a scripted model. The
      sandbox is the real one. Messages stand where they first appeared and read as they did in the
      end. Made by the integration test TelegramStoriesIT with `-Dgolden.update=true`.
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
    String heading = "\n## " + title + "\n";
    told.put(title, heading + "\n" + transcript);
    if (!write) {
      assertTrue(
          page.contains(heading),
          () -> PAGE.getFileName() + " lacks it; -Dgolden.update=true rewrites the page");
    }
  }

  @Override
  public void close() throws IOException {
    if (write) {
      Files.writeString(PAGE, HEAD + String.join("", told.values()));
    }
  }
}
