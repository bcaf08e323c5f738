package dev.reckon.adapters.telegram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.EntityType;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Restores what a person typed. Telegram's clients take {@code **}, {@code __}, {@code ~~}, {@code
 * ||} and backticks for formatting: they send the text without these marks, and entities that say
 * where they were, in UTF-16 units. Written back, {@code 2**10} is a power again and a code block
 * is fenced code. What clients mark by themselves (commands, mentions, addresses) and formatting
 * that has no typed form (underlines, quotations) leaves the text as it is.
 */
final class TypedText {
  /** Formatting that a pair of marks makes, by the entity's type. */
  private static final Map<String, String> MARKS =
      Map.of(
          EntityType.BOLD,
          "**",
          EntityType.ITALIC,
          "__",
          "strikethrough",
          "~~",
          EntityType.SPOILER,
          "||");

  private final String text;
  private final List<Insertion> insertions = new ArrayList<>();

  private TypedText(String text) {
    this.text = text;
  }

  /**
   * Something to be written before a position.
   *
   * @param span how long the formatted text is: what opens around more comes first, what closes
   *     around less
   * @param number counts the pairs of marks; where two span the same, the later one is inside
   */
  private record Insertion(int at, boolean closing, int span, int number, String mark) {
    private static final Comparator<Insertion> ORDER =
        Comparator.comparingInt(Insertion::at)
            .thenComparing(insertion -> !insertion.closing())
            .thenComparingInt(
                insertion -> insertion.closing() ? insertion.span() : -insertion.span())
            .thenComparingInt(
                insertion -> insertion.closing() ? -insertion.number() : insertion.number());
  }

  /** Formatted text, without entities that lie outside of the text or are empty. */
  private record Formatted(MessageEntity entity, int start, int end) {
    static Optional<Formatted> of(MessageEntity entity, String text) {
      if (entity.getOffset() == null || entity.getLength() == null || entity.getType() == null) {
        return Optional.empty();
      }
      long end = Math.min((long) entity.getOffset() + entity.getLength(), text.length());
      return entity.getOffset() < 0 || end <= entity.getOffset()
          ? Optional.empty()
          : Optional.of(new Formatted(entity, entity.getOffset(), (int) end));
    }
  }

  /** The text of a message or the caption of what it carries; empty where it has neither. */
  static String of(Message message) {
    return message.getText() == null
        ? of(message.getCaption(), message.getCaptionEntities())
        : of(message.getText(), message.getEntities());
  }

  static String of(@Nullable String text, @Nullable List<MessageEntity> entities) {
    if (text == null) {
      return "";
    }
    TypedText typed = new TypedText(text);
    if (entities != null) {
      typed.add(
          entities.stream()
              .filter(Objects::nonNull)
              .flatMap(entity -> Formatted.of(entity, text).stream())
              .sorted(Comparator.comparingInt(Formatted::start))
              .toList());
    }
    return typed.written();
  }

  private void add(List<Formatted> parts) {
    Map<String, Formatted> open = new LinkedHashMap<>();
    for (Formatted part : parts) {
      switch (part.entity().getType()) {
        case EntityType.PRE -> addBlock(part);
        case EntityType.CODE -> mark(part.start(), part.end(), "`", "`");
        case EntityType.TEXTLINK -> addLink(part);
        case String type when MARKS.containsKey(type) -> open.merge(type, part, this::joined);
        default -> {}
      }
    }
    open.forEach((type, part) -> addStyle(part));
  }

  /**
   * Where styles overlap Telegram cuts them into pieces that touch; one pair of marks made them.
   */
  private Formatted joined(Formatted before, Formatted next) {
    if (next.start() <= before.end()) {
      return new Formatted(before.entity(), before.start(), Math.max(before.end(), next.end()));
    }
    addStyle(before);
    return next;
  }

  /** Where all of a message, or its command, is formatted, that is an ornament and not its text. */
  private void addStyle(Formatted part) {
    boolean fromTheStart = text.substring(0, part.start()).isBlank();
    boolean ornament =
        fromTheStart
            && (text.startsWith("/", part.start()) || text.substring(part.end()).isBlank());
    if (!ornament) {
      String mark = Objects.requireNonNull(MARKS.get(part.entity().getType()));
      mark(part.start(), part.end(), mark, mark);
    }
  }

  private void addBlock(Formatted part) {
    String language = part.entity().getLanguage() == null ? "" : part.entity().getLanguage();
    boolean blankLine = text.charAt(part.start()) == '\n' && part.end() - part.start() > 1;
    int start = blankLine ? part.start() + 1 : part.start();
    boolean lineBefore = start == 0 || text.charAt(start - 1) == '\n';
    boolean lineAfter = part.end() == text.length() || text.charAt(part.end()) == '\n';
    boolean lastLineEnds = text.charAt(part.end() - 1) == '\n';
    mark(
        start,
        part.end(),
        (lineBefore ? "" : "\n") + "```" + language.strip() + "\n",
        (lastLineEnds ? "" : "\n") + "```" + (lineAfter ? "" : "\n"));
  }

  private void addLink(Formatted part) {
    String label = text.substring(part.start(), part.end());
    String address = part.entity().getUrl();
    if (address != null && !address.isBlank() && !sameAddress(label, address)) {
      mark(part.start(), part.end(), "[", "](" + address + ")");
    }
  }

  /** Clients complete an address that was typed without its scheme. */
  private static boolean sameAddress(String label, String address) {
    return address
        .replaceFirst("^https?://", "")
        .replaceFirst("/$", "")
        .equals(label.replaceFirst("^https?://", "").replaceFirst("/$", ""));
  }

  private void mark(int start, int end, String opening, String closing) {
    int number = insertions.size();
    insertions.add(new Insertion(start, false, end - start, number, opening));
    insertions.add(new Insertion(end, true, end - start, number, closing));
  }

  private String written() {
    StringBuilder typed = new StringBuilder(text.length() + 4 * insertions.size());
    insertions.sort(Insertion.ORDER);
    int done = 0;
    for (Insertion insertion : insertions) {
      typed.append(text, done, insertion.at()).append(insertion.mark());
      done = insertion.at();
    }
    return typed.append(text, done, text.length()).toString();
  }
}
