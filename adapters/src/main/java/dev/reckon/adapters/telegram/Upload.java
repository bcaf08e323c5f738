package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Block;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** A file that goes out with a reply, in a message of its own. */
sealed interface Upload {
  /** Tells it from the other files of the reply, and changes with the content. */
  String key();

  /** What it is called there. */
  String name();

  /** Text that was too long for a message. */
  record Written(String name, String text) implements Upload {
    @Override
    public String key() {
      CRC32 sum = new CRC32();
      sum.update(text.getBytes(StandardCharsets.UTF_8));
      return name + "#" + HexFormat.of().toHexDigits((int) sum.getValue());
    }
  }

  /** A file that a run produced. */
  record Stored(Block.File file) implements Upload {
    @Override
    public String key() {
      return file.id() + "/" + file.name();
    }

    @Override
    public String name() {
      String name = Clean.verbatim(file.name()).replaceAll("[\\\\/\n\t\"]", "_").strip();
      return name.isEmpty() ? "file" : name.substring(Math.max(0, name.length() - 100));
    }
  }

  /** Whether Telegram can show it as a picture; above that size it takes it as a file only. */
  default boolean picture(long bytes) {
    String lower = name().toLowerCase(Locale.ROOT);
    return bytes <= MAX_PICTURE_BYTES
        && (lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg"));
  }

  /** The Bot API's limit for photos. */
  long MAX_PICTURE_BYTES = 10_000_000;

  /** The Bot API's limit for uploads. */
  long MAX_BYTES = 50_000_000;

  /** Why Telegram would not take a file of that size, if so. */
  static Optional<String> tooLarge(long bytes) {
    return bytes > MAX_BYTES
        ? Optional.of("%d MB; Telegram takes 50 MB".formatted(bytes / 1_000_000))
        : Optional.empty();
  }
}
