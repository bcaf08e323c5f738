package dev.reckon.adapters.slack;

import dev.reckon.core.message.MessageRef;
import dev.reckon.core.surface.render.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Slack has of a reply: the message, the pictures in it, and the files that follow it. Written
 * as {@code C1/1700000000.000100} and, when files have been sent, {@code C1/1700000000.000100
 * output code picture:F1/chart}.
 *
 * @param channel where the message is; differs from the place asked for when a private answer went
 *     to direct messages
 * @param ts the message's timestamp; empty for an answer that only the asker saw, which cannot be
 *     edited
 * @param files the keys of the files that were sent, and the pictures with their ids
 */
record SentParts(String channel, String ts, List<String> files) {
  /** Before the id and key of a picture that the message shows; no file's key begins so. */
  private static final String PICTURE = "picture:";

  SentParts {
    files = List.copyOf(files);
  }

  static SentParts message(String channel, String ts) {
    return new SentParts(channel, ts, List.of());
  }

  static SentParts toAskerOnly(String channel) {
    return new SentParts(channel, "", List.of());
  }

  boolean editable() {
    return !ts.isEmpty();
  }

  SentParts with(String file) {
    List<String> more = new ArrayList<>(files);
    more.add(file);
    return new SentParts(channel, ts, more);
  }

  SentParts withPicture(String key, String id) {
    return with(PICTURE + id + "/" + key);
  }

  /** The same without any picture, when Slack does not show them. */
  SentParts withoutPictures() {
    return new SentParts(channel, ts, files.stream().filter(file -> !isPicture(file)).toList());
  }

  /** Whether that file has been sent, or that picture is in the message. */
  boolean has(String key) {
    return files.contains(key) || pictures().containsKey(key);
  }

  /** Slack's ids of the pictures that the message shows, by their keys. */
  Map<String, String> pictures() {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String file : files) {
      if (isPicture(file)) {
        int slash = file.indexOf('/');
        ids.put(file.substring(slash + 1), file.substring(PICTURE.length(), slash));
      }
    }
    return ids;
  }

  private static boolean isPicture(String file) {
    return file.startsWith(PICTURE) && file.indexOf('/') > 0;
  }

  /** The files without pictures and without that mark. */
  Receipt receipt(String mark) {
    Map<String, String> sent = new LinkedHashMap<>();
    files.stream()
        .filter(file -> !file.equals(mark) && !isPicture(file))
        .forEach(file -> sent.put(file, ""));
    return new Receipt(List.of(), sent);
  }

  /** The same message and pictures with the receipt's files, and that mark unless it is empty. */
  SentParts with(Receipt receipt, String mark) {
    List<String> all = new ArrayList<>(mark.isEmpty() ? List.of() : List.of(mark));
    files.stream().filter(SentParts::isPicture).forEach(all::add);
    all.addAll(receipt.files().keySet());
    return new SentParts(channel, ts, all);
  }

  MessageRef ref() {
    String value = channel + "/" + ts;
    return new MessageRef(files.isEmpty() ? value : value + " " + String.join(" ", files));
  }

  static SentParts of(MessageRef ref) {
    String[] parts = ref.value().split(" ", -1);
    int slash = parts[0].indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("not a message in Slack: " + ref.value());
    }
    return new SentParts(
        parts[0].substring(0, slash),
        parts[0].substring(slash + 1),
        List.of(parts).subList(1, parts.length));
  }
}
