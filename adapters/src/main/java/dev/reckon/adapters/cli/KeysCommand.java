package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ClosestMatch;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.config.SecretsFile;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps keys and tokens outside the repository. */
@Command(
    name = "keys",
    description = "Store a key or token in a file that only you may read, outside the repository.",
    footer = {
      "",
      "The key is asked for and not shown; from a script, give it on standard input. A variable of"
          + " the environment takes precedence over the file.",
      "",
      "  reckon keys set openai",
      "  reckon keys list",
      "  reckon keys remove openai"
    })
final class KeysCommand implements Callable<Integer> {
  /** What can be done. */
  enum Action {
    SET,
    LIST,
    REMOVE
  }

  /** What can be kept, by the variable of the environment that it stands in for. */
  private enum Key {
    OPENAI("OPENAI_API_KEY"),
    SLACK_BOT("SLACK_BOT_TOKEN"),
    SLACK_APP("SLACK_APP_TOKEN"),
    SLACK_SIGNING("SLACK_SIGNING_SECRET"),
    SLACK_CLIENT("SLACK_OAUTH_CLIENT_SECRET"),
    SLACK_TOKENS("SLACK_OAUTH_TOKEN_KEY"),
    TELEGRAM("TELEGRAM_BOT_TOKEN"),
    TELEGRAM_WEBHOOK("TELEGRAM_SECRET_TOKEN"),
    STORE("RECKON_STORE_PASSWORD"),
    MCP("RECKON_MCP_TOKEN");

    private final String variable;

    Key(String variable) {
      this.variable = variable;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Key of(@Nullable String word) throws UsageException {
      return Arrays.stream(values())
          .filter(key -> key.word().equalsIgnoreCase(word) || key.variable.equals(word))
          .findFirst()
          .orElseThrow(() -> new UsageException(unknown(word)));
    }

    private static String unknown(@Nullable String word) {
      List<String> words = Arrays.stream(values()).map(Key::word).toList();
      String all = "Name the key: " + String.join(", ", words) + ".";
      return word == null
          ? all
          : "There is no key of that name. "
              + ClosestMatch.to(word.toLowerCase(Locale.ROOT), words)
                  .map(near -> "Did you mean " + near + "?")
                  .orElse(all);
    }
  }

  private final SecretsFile secrets;
  private final Console console;

  @Parameters(index = "0", paramLabel = "ACTION", description = "set, list or remove")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY",
      description =
          "openai, slack-bot, slack-app, slack-signing, slack-client,"
              + " slack-tokens, telegram, telegram-webhook, store"
              + " or mcp")
  private @Nullable String name;

  KeysCommand(SecretsFile secrets, Console console) {
    this.secrets = secrets;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, IOException {
    return switch (action) {
      case SET -> set(Key.of(name));
      case LIST -> list();
      case REMOVE -> remove(Key.of(name));
    };
  }

  private int set(Key key) throws ConfigurationException, UsageException, IOException {
    try (TerminalDialogue dialogue = new TerminalDialogue(console)) {
      secrets.put(key.variable, dialogue.askSecret(key.variable));
    } catch (EOFException e) {
      throw new UsageException("No key was given; nothing was changed.");
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "That is not a key; nothing was changed. A key is one line of text.");
    }
    console.err().println("Kept " + key.variable + " in " + secrets.path() + ".");
    return 0;
  }

  private int list() throws ConfigurationException {
    SortedMap<String, String> kept = secrets.read();
    if (kept.isEmpty()) {
      console.err().println("No key is stored. \"reckon keys set openai\" stores one.");
    }
    kept.keySet().forEach(console.out()::println);
    return 0;
  }

  private int remove(Key key) throws ConfigurationException, IOException {
    boolean there = secrets.remove(key.variable);
    console.err().println(there ? "Removed " + key.variable + "." : key.variable + " is not kept.");
    return there ? 0 : 1;
  }
}
