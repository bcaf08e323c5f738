package dev.reckon.app;

import dev.reckon.adapters.config.SecretsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a set-up is tried: a copy of the configuration and a file of keys of its own.
 *
 * @param folder both are in it
 */
public record SetupPlace(Path folder) {
  /**
   * Runs the set-up of a platform to its end.
   *
   * @param set a setting, key and value
   * @param answers a line each
   */
  public StartedReckon.Ended run(String platform, String set, String... answers)
      throws IOException, InterruptedException {
    if (!Files.exists(settings())) {
      Files.copy(StartedReckon.HOME.resolve("config/reckon.toml"), settings());
    }
    List<String> lines = new ArrayList<>(List.of(answers));
    lines.add("");
    try (StartedReckon started =
        StartedReckon.start(
            folder,
            Map.of("RECKON_SECRETS", secrets().path().toString()),
            String.join("\n", lines),
            "setup",
            platform,
            "--config",
            settings().toString(),
            "--set",
            set)) {
      return started.ended();
    }
  }

  /** The keys that were kept. */
  public SecretsFile secrets() {
    return new SecretsFile(folder.resolve("kept/secrets"));
  }

  /** The configuration as it is now. */
  public String text() throws IOException {
    return Files.readString(settings());
  }

  /** Puts what was said into the page on setting up, with {@code -Dreckon.docs=write}. */
  public void transcript(String platform, StartedReckon.Ended ended) throws IOException {
    if (!"write".equals(System.getProperty("reckon.docs"))) {
      return;
    }
    Path page = StartedReckon.HOME.resolve("docs/setup.md");
    String said =
        ended
            .out()
            .replace(secrets().path().toString(), "~/.config/reckon/secrets")
            .replace(settings().toString(), "config/reckon.toml")
            // Broken before the longer names of this run.
            .replaceAll("(secrets,|written to|administrators of)\\n +", "$1 ")
            .strip();
    Matcher block =
        Pattern.compile("(?is)(?<=## " + platform + "\n\n```\n).*?(?=\n```)")
            .matcher(Files.readString(page));
    Files.writeString(page, block.replaceFirst(Matcher.quoteReplacement(said)));
  }

  private Path settings() {
    return folder.resolve("reckon.toml");
  }
}
