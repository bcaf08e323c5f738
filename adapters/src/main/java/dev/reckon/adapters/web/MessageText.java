package dev.reckon.adapters.web;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a message says in plain text, for lists of messages. */
final class MessageText {
  private static final int BEFORE = 80;
  private static final int MOST = 240;

  private MessageText() {}

  /** What a reply says: its answer first. */
  static String of(Reply reply) {
    return Stream.concat(reply.blocks().stream().map(Block::plainText), Stream.of(reply.headline()))
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n"));
  }

  /** The part of a text around the first of some words, or its beginning. */
  static String around(String text, List<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    int first =
        words.stream()
            .mapToInt(word -> lower.indexOf(word.toLowerCase(Locale.ROOT)))
            .filter(at -> at >= 0)
            .min()
            .orElse(0);
    int from = Truncation.boundary(text, Math.clamp(first - BEFORE, 0, text.length()));
    String part = Truncation.cut(text.substring(from).strip(), MOST);
    return from == 0 ? part : "…" + part;
  }
}
