package dev.reckon.adapters.telegram;

import dev.reckon.core.command.CommandExtension;
import dev.reckon.core.command.CommandSpec;
import dev.reckon.core.message.Language;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of the menu that Telegram shows when somebody types a slash.
 *
 * @param name 1 to 32 small letters, digits and underscores
 * @param description 1 to 256 characters
 */
public record MenuCommand(String name, String description) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");

  public MenuCommand {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a command name for Telegram: " + name);
    }
    if (description.isBlank() || description.length() > 256) {
      throw new IllegalArgumentException("a command's description has 1 to 256 characters");
    }
  }

  /** The whole vocabulary; Telegram's commands have underscores where others have hyphens. */
  public static List<MenuCommand> all(List<CommandExtension> extensions) {
    Stream<MenuCommand> own =
        Stream.of(
            new MenuCommand("rich", "shows a test of native tables, which a chat can choose"));
    Stream<MenuCommand> core =
        Stream.concat(
            Arrays.stream(CommandSpec.values())
                .map(word -> new MenuCommand(word.typed(), word.meaning(Language.ENGLISH))),
            extensions.stream()
                .map(other -> new MenuCommand(other.word().replace('-', '_'), other.meaning())));
    return Stream.concat(core, own).toList();
  }
}
