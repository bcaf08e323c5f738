package dev.reckon.core.surface.render;

import dev.reckon.core.label.Amounts;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.List;

/**
 * A reply as every surface shows it: the answer first, then its status, then the rest, then a quiet
 * last line; replies that are no answers open with their headline. All text is visible text in the
 * sense of {@link Sanitizer#visible}; a surface adds its markup and breaks what its platform would
 * recognise. The same reply and policy always give the same layout.
 *
 * @param parts in reading order
 * @param uploads the files that follow
 * @param buttons in their order
 */
public record ReplyLayout(List<Part> parts, List<Upload> uploads, ButtonLayout buttons) {
  /** One part of a reply. */
  public sealed interface Part {
    String text();

    /** The first line of a reply that is no answer. */
    record Headline(Reply.Kind kind, String text) implements Part {}

    /** The answer in one line. */
    record Answer(String text) implements Part {}

    /** What was checked, below an answer. */
    record Status(Reply.Kind kind, String text) implements Part {}

    /** Sentences of Reckon's or a person's. */
    record Paragraph(String text) implements Part {}

    /** Printed text, in a fixed-width font. */
    record Box(String text) implements Part {}

    /** A table in a fixed-width font: the header, a rule, the rows. */
    record Grid(String text) implements Part {}

    /** A table that the platform draws. */
    record Drawn(Block.Table table) implements Part {
      @Override
      public String text() {
        return TextTable.of(table).fitted(Integer.MAX_VALUE).text();
      }
    }

    /** A table that the platform draws as a chart. */
    record TableChart(Block.Table table) implements Part {
      @Override
      public String text() {
        return TextTable.of(table).fitted(Integer.MAX_VALUE).text();
      }
    }

    /** A picture, which is among the uploads, too. */
    record Picture(Upload.Picture upload) implements Part {
      /** What it shows, for places that cannot show it. */
      @Override
      public String text() {
        return Label.FILE.text(upload.name(), Amounts.size(upload.file().file().bytes()));
      }
    }

    /** Python source. */
    record Code(String text) implements Part {}

    /**
     * A link of Reckon's own.
     *
     * @param address absolute
     */
    record Link(String text, String address) implements Part {}

    /** A quiet line. */
    record Note(String text) implements Part {}
  }

  public ReplyLayout {
    parts = List.copyOf(parts);
    uploads = List.copyOf(uploads);
  }

  /**
   * Lays a reply out.
   *
   * @param onlyAsker whether nobody else sees it
   */
  public static ReplyLayout of(Reply reply, DisplayPolicy policy, boolean onlyAsker) {
    return new ReplyLayoutBuilder(reply, policy).build(onlyAsker);
  }

  /** One line for notifications: the answer's first line, or the headline. */
  public String summary() {
    return parts.stream()
        .filter(part -> !isQuiet(part) && !part.text().isBlank())
        .findFirst()
        .map(part -> Sanitizer.oneLine(part.text().strip().lines().findFirst().orElse("")))
        .orElse("");
  }

  private static boolean isQuiet(Part part) {
    return part instanceof Part.Note || part instanceof Part.Picture || part instanceof Part.Link;
  }

  /** Whether replies of that kind carry a result. */
  static boolean isAnswer(Reply.Kind kind) {
    return switch (kind) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED -> true;
      default -> false;
    };
  }
}
