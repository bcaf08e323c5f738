package dev.reckon.core.surface.render;

import dev.reckon.core.label.Amounts;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import java.util.ArrayList;
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
  private static final int LONGEST_HEADLINE = 500;
  private static final int LONGEST_NOTE = 1_000;
  private static final int LONGEST_ANSWER = 120;
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_CAPTION = 500;
  private static final int LEAST_ROOM = 200;

  /** One part of a reply. */
  public sealed interface Part {
    String text();

    /** The first line of a reply that is no answer. */
    record Headline(Reply.Kind kind, String text) implements Part {}

    /** A result of one line. */
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
    return new Builder(reply, policy).build(onlyAsker);
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
    return part instanceof Part.Note || part instanceof Part.Picture;
  }

  /** Whether replies of that kind carry a result. */
  static boolean isAnswer(Reply.Kind kind) {
    return switch (kind) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED -> true;
      default -> false;
    };
  }

  private static final class Builder {
    private final Reply reply;
    private final DisplayPolicy policy;
    private final List<Part> parts = new ArrayList<>();
    private final List<Upload> uploads = new ArrayList<>();
    private int left;
    private boolean hasDrawn;
    private boolean codeBehindButton;

    Builder(Reply reply, DisplayPolicy policy) {
      this.reply = reply;
      this.policy = policy;
      this.left = policy.message();
    }

    ReplyLayout build(boolean onlyAsker) {
      int last = lastResult();
      if (last < 0) {
        String headline = Sanitizer.oneLine(reply.headline());
        String text = headline.isEmpty() ? "…" : headline;
        add(new Part.Headline(reply.kind(), Truncation.cut(text, LONGEST_HEADLINE)));
      }
      for (int i = 0; i < reply.blocks().size(); i++) {
        if (!(isWorking() && reply.blocks().get(i) instanceof Block.Text)) {
          addBlock(reply.blocks().get(i));
        }
        if (i == last) {
          String status = Truncation.cut(Sanitizer.oneLine(reply.headline()), LONGEST_HEADLINE);
          add(new Part.Status(reply.kind(), status));
        }
      }
      return new ReplyLayout(
          parts, uploads, ButtonLayout.of(reply.kind(), actions(onlyAsker), onlyAsker));
    }

    private boolean isWorking() {
      return policy.requestShown() && reply.kind() == Reply.Kind.WORKING;
    }

    /** Where the status of an answer goes: after its last result. */
    private int lastResult() {
      if (!isAnswer(reply.kind())) {
        return -1;
      }
      int last = -1;
      for (int i = 0; i < reply.blocks().size(); i++) {
        Block block = reply.blocks().get(i);
        if (block instanceof Block.Output
            || block instanceof Block.Table
            || block instanceof Block.Chart) {
          last = i;
        }
      }
      return last;
    }

    private void addBlock(Block block) {
      switch (block) {
        case Block.Text part -> addText(part.text());
        case Block.Output part -> addOutput(part);
        case Block.Table part -> addTable(part);
        case Block.Code part -> addCode(part);
        case Block.File part -> addFile(part);
        case Block.Chart part -> addChart(part);
        case Block.Footer part ->
            note(Truncation.cut(Sanitizer.oneLine(part.text()), LONGEST_NOTE));
      }
    }

    private void addText(String text) {
      String visible = Sanitizer.visible(text).strip();
      if (visible.isBlank()) {
        return;
      }
      if (fits(visible, policy.text())) {
        add(new Part.Paragraph(visible));
        return;
      }
      Excerpt excerpt = excerpt(visible, policy.text());
      add(new Part.Paragraph(excerpt.shown()));
      note(excerpt.rest(attach("text.txt", visible)));
    }

    private void addOutput(Block.Output output) {
      String visible = trimmed(output.text());
      if (visible.isBlank()) {
        note(Label.NO_OUTPUT.text());
      } else if (isOneLineAnswer(visible)) {
        add(new Part.Answer(visible));
      } else {
        addBox(visible);
      }
      if (output.droppedBytes() > 0) {
        note(Label.OUTPUT_DROPPED.text(Amounts.size(output.droppedBytes())));
      }
    }

    /**
     * A result on one line that begins as a result does, and not with a sign that could be taken
     * for a status of Reckon's.
     */
    private boolean isOneLineAnswer(String visible) {
      boolean only =
          reply.blocks().stream()
                  .filter(each -> each instanceof Block.Output || each instanceof Block.Table)
                  .count()
              == 1;
      char first = visible.charAt(0);
      return only
          && isAnswer(reply.kind())
          && visible.length() <= LONGEST_ANSWER
          && visible.indexOf('\n') < 0
          && (Character.isLetterOrDigit(first) || "-+−$€£¥(['\"".indexOf(first) >= 0);
    }

    private void addBox(String visible) {
      if (fits(visible, policy.output())) {
        add(new Part.Box(visible));
        return;
      }
      Excerpt excerpt = excerpt(visible, policy.outputExcerpt());
      add(new Part.Box(excerpt.shown()));
      note(excerpt.rest(attach("output.txt", visible + "\n")));
    }

    private void addCode(Block.Code code) {
      String visible = trimmed(code.source());
      if (visible.isBlank()) {
        return;
      }
      boolean asFile = code.attached() && policy.files();
      if (!asFile && fits(visible, policy.code())) {
        add(new Part.Code(visible));
      } else if (!asFile && reply.turn() > 0 && policy.codeForm().test(visible)) {
        codeBehindButton = true;
      } else {
        String name = attach("code.py", visible + "\n");
        note(Label.CODE_IN_FILE.text(visible.lines().count(), name));
      }
    }

    private void addTable(Block.Table table) {
      if (table.header().isEmpty()) {
        return;
      }
      if (policy.table().drawn() && !hasDrawn && left > policy.message() / 2) {
        addDrawn(table);
      } else {
        addGrid(table);
      }
    }

    private void addDrawn(Block.Table table) {
      List<List<String>> rows = new ArrayList<>();
      int characters = 0;
      boolean cut = table.header().size() > policy.table().columns();
      for (List<String> row : table.rows()) {
        List<String> cells = drawn(row);
        characters += cells.stream().mapToInt(String::length).sum();
        if (rows.size() == policy.table().rows() || characters > policy.table().characters()) {
          break;
        }
        cut |= cells.stream().anyMatch(cell -> cell.endsWith("…"));
        rows.add(cells);
      }
      hasDrawn = true;
      add(new Part.Drawn(new Block.Table(drawn(table.header()), rows)));
      attachTable(table, rows.size(), cut);
    }

    private List<String> drawn(List<String> row) {
      return row.stream()
          .limit(policy.table().columns())
          .map(cell -> Truncation.cut(Sanitizer.oneLine(cell), 100))
          .toList();
    }

    private void addGrid(Block.Table table) {
      TextTable text = TextTable.of(table);
      String records = String.join("\n", text.records());
      boolean wide = text.width() > policy.table().cells();
      if (policy.files() && wide && policy.outputExcerpt().holds(records)) {
        add(new Part.Box(records));
        return;
      }
      TextTable.Fitted fitted = text.fitted(policy.table().cells());
      int most =
          Math.min(policy.table().rows(), Math.min(table.rows().size(), policy.output().lines()));
      List<String> lines = fitted.lines().subList(0, Math.min(fitted.lines().size(), most + 2));
      Excerpt excerpt = excerpt(String.join("\n", lines), policy.output());
      add(new Part.Grid(excerpt.shown()));
      int rows = Math.max(0, excerpt.shownLines() - 2);
      if (policy.files()) {
        attachTable(table, rows, !fitted.complete() || !excerpt.complete());
      } else if (fitted.columns() < table.header().size()) {
        note(Label.TABLE_COLUMNS_HERE.text(fitted.columns(), table.header().size()));
      }
    }

    private void attachTable(Block.Table table, int rows, boolean cut) {
      if (rows < table.rows().size()) {
        String name = attach("table.csv", TextTable.csv(table));
        note(Label.TABLE_ROWS.text(rows, table.rows().size(), name));
      } else if (cut) {
        note(Label.TABLE_CUT.text(attach("table.csv", TextTable.csv(table))));
      }
    }

    private void addFile(Block.File file) {
      if (isSent(file)) {
        uploads.add(new Upload.Stored(file));
        String name = Sanitizer.fileName(file.name(), LONGEST_NAME);
        note(Label.FILE.text(name, Amounts.size(file.bytes())));
      }
    }

    private void addChart(Block.Chart chart) {
      String described = Sanitizer.oneLine(chart.description()).strip();
      String caption = Truncation.cut(described, LONGEST_CAPTION);
      if (isSent(chart.file())) {
        Upload.Picture picture =
            new Upload.Picture(
                new Upload.Stored(chart.file()),
                chart.width(),
                chart.height(),
                caption.isEmpty() ? Label.CHART.text() : caption);
        uploads.add(picture);
        add(new Part.Picture(picture));
      }
    }

    /** Whether the platform takes a file of that size; when not, a note says so. */
    private boolean isSent(Block.File file) {
      boolean sent = file.bytes() <= policy.fileBytes();
      if (!sent) {
        String name = Sanitizer.fileName(file.name(), LONGEST_NAME);
        String most = Amounts.size(policy.fileBytes());
        note(Label.FILE_TOO_LARGE.text(name, Amounts.size(file.bytes()), most));
      }
      return sent;
    }

    private String attach(String name, String text) {
      int dot = name.lastIndexOf('.');
      String unused = name;
      for (int i = 2; isTaken(unused); i++) {
        unused = name.substring(0, dot) + "-" + i + name.substring(dot);
      }
      uploads.add(new Upload.Written(unused, text));
      return unused;
    }

    private boolean isTaken(String name) {
      return uploads.stream().anyMatch(upload -> upload.name().equals(name));
    }

    private boolean fits(String visible, Excerpt.Limit limit) {
      return !policy.files() || limit.within(room()).holds(visible);
    }

    private Excerpt excerpt(String visible, Excerpt.Limit limit) {
      return Excerpt.of(visible, policy.files() ? limit.within(room()) : Excerpt.Limit.NONE);
    }

    private int room() {
      return Math.max(LEAST_ROOM, left);
    }

    private void note(String text) {
      add(new Part.Note(text));
    }

    private void add(Part part) {
      parts.add(part);
      left -= part instanceof Part.Drawn ? policy.table().characters() : part.text().length();
    }

    private List<Action> actions(boolean onlyAsker) {
      List<Action> actions = new ArrayList<>(reply.actions());
      if (onlyAsker && reply.turn() > 0 && isAnswer(reply.kind())) {
        require(actions, Action.Verb.SHARE);
      }
      if (codeBehindButton) {
        require(actions, Action.Verb.SHOW_CODE);
      }
      return actions;
    }

    private void require(List<Action> actions, Action.Verb verb) {
      if (actions.stream().noneMatch(action -> action.verb() == verb)) {
        actions.add(new Action(verb, reply.turn()));
      }
    }

    /** Visible text without blank lines at its ends; the first line's indentation stays. */
    private static String trimmed(String text) {
      String visible = Sanitizer.visible(text).stripTrailing();
      int start = 0;
      for (int i = 0; i < visible.length() && Character.isWhitespace(visible.charAt(i)); i++) {
        if (visible.charAt(i) == '\n') {
          start = i + 1;
        }
      }
      return visible.substring(start);
    }
  }
}
