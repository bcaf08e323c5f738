package dev.reckon.adapters.telegram;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a mention of the bot in a text, and removes it.
 *
 * @param without what is left for the bot to read
 */
record Mention(boolean found, String without) {
  static Mention of(String text, String username) {
    Matcher name =
        Pattern.compile(
                "(?<![\\w@])@" + Pattern.quote(username) + "(?!\\w)[,:]?", Pattern.CASE_INSENSITIVE)
            .matcher(text);
    return name.find() ? new Mention(true, name.replaceAll("").strip()) : new Mention(false, text);
  }
}
