package dev.reckon.adapters.telegram;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Telegram's own form of a command at the beginning of a text, {@code /save@reckon_bot burn}.
 *
 * @param name in lower case, without the slash; with an underline for each hyphen, which Telegram's
 *     own commands cannot have
 * @param bot the bot it names, or empty
 * @param rest what follows
 */
record SlashCommand(String name, Optional<String> bot, String rest) {
  private static final Pattern FORM =
      Pattern.compile(
          "/([A-Za-z0-9_-]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\\s+(.*))?", Pattern.DOTALL);

  static Optional<SlashCommand> of(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String rest = form.group(3);
    return Optional.of(
        new SlashCommand(
            form.group(1).toLowerCase(Locale.ROOT).replace('-', '_'),
            Optional.ofNullable(form.group(2)),
            rest == null ? "" : rest));
  }

  boolean isFor(Bot bot) {
    return this.bot.map(bot.username()::equalsIgnoreCase).orElse(true);
  }

  /** The words without the slash, by the name that is given. */
  String words(String name) {
    return rest.isEmpty() ? name : name + " " + rest;
  }
}
