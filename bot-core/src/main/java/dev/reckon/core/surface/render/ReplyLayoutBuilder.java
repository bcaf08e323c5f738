package dev.reckon.core.surface.render;

import dev.reckon.core.label.Amounts;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.ReplyLayout.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the parts of one reply in order, within what its surface shows. */
final class ReplyLayoutBuilder {
  private static final int LONGEST_HEADLINE = 500;
  private static final int LONGEST_NOTE = 1_000;
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_CAPTION = 500;
  private static final int LEAST_ROOM = 200;

  private final Reply reply;
  private final DisplayPolicy policy;
  private final AnswerLines answers;
  private final List<Part> parts = new ArrayList<>();
  private final List<Upload> uploads = new ArrayList<>();
  private int left;
  private int drawn;
  private boolean codeBehindButton;

  ReplyLayoutBuilder(Reply reply, DisplayPolicy policy) {
    this.reply = reply;
    this.policy = policy;
    this.answers = new AnswerLines(reply);
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
        parts,
        uploads,
        ButtonLayout.of(reply.kind(), actions(onlyAsker), onlyAsker, reply.language()));
  }

  private boolean isWorking() {
    return policy.requestShown() && reply.kind() == Reply.Kind.WORKING;
  }

  /** Where the status of an answer goes: after its last result. */
  private int lastResult() {
    if (!ReplyLayout.isAnswer(reply.kind())) {
      return -1;
    }
    int last = -1;
    for (int i = 0; i < reply.blocks().size(); i++) {
      Block block = reply.blocks().get(i);
      if (AnswerLines.isResult(block) || block instanceof Block.Chart) {
        last = i;
      }
    }
    return last;
  }

  private void addBlock(Block block) {
    switch (block) {
      case Block.Finding part -> addFinding(part.text());
      case Block.Text part -> addText(part.text());
      case Block.Output part -> addOutput(part);
      case Block.Table part -> addTable(part);
      case Block.TableChart part -> addTableChart(part.table());
      case Block.Code part -> addCode(part);
      case Block.Query part -> note(QueryLine.of(part, reply.language()));
      case Block.File part -> addFile(part);
      case Block.Chart part -> addChart(part);
      case Block.Page part -> addPage(part);
      case Block.Footer part -> note(Truncation.cut(Sanitizer.oneLine(part.text()), LONGEST_NOTE));
    }
  }

  private void addPage(Block.Page page) {
    if (!page.address().startsWith("/")) {
      Label label =
          page.address().endsWith("/c/" + reply.turn()) ? Label.LINK_OPEN : Label.LINK_EARLIER;
      add(new Part.Link(label.in(reply.language()), page.address()));
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
    note(excerpt.rest(reply.language(), attach("text.txt", visible)));
  }

  private void addFinding(String text) {
    String line = Sanitizer.oneLine(text);
    if (!line.isBlank()) {
      add(new Part.Answer(Truncation.cut(line, LONGEST_HEADLINE)));
    }
  }

  private void addOutput(Block.Output output) {
    String visible = AnswerLines.trimmed(output.text());
    if (visible.isBlank()) {
      note(Label.NO_OUTPUT.in(reply.language()));
    } else if (answers.isWhole(visible)) {
      add(new Part.Answer(visible));
    } else {
      Optional<AnswerLines.Found> found = answers.in(output, visible);
      found.ifPresent(answer -> add(new Part.Answer(answer.line())));
      addBox(found.map(AnswerLines.Found::rest).orElse(visible));
    }
    if (output.droppedBytes() > 0) {
      note(
          Label.OUTPUT_DROPPED.in(
              reply.language(), Amounts.size(output.droppedBytes(), reply.language())));
    }
  }

  private void addBox(String visible) {
    if (fits(visible, policy.output())) {
      add(new Part.Box(visible));
      return;
    }
    Excerpt excerpt = excerpt(visible, policy.outputExcerpt());
    add(new Part.Box(excerpt.shown()));
    note(excerpt.rest(reply.language(), attach("output.txt", visible + "\n")));
  }

  private void addCode(Block.Code code) {
    String visible = AnswerLines.trimmed(code.source());
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
      note(Label.CODE_IN_FILE.in(reply.language(), visible.lines().count(), name));
    }
  }

  private void addTable(Block.Table table) {
    if (table.header().isEmpty()) {
      return;
    }
    if (drawn < policy.table().drawn() && left > policy.message() / 2) {
      addDrawn(table);
    } else {
      addGrid(table);
    }
  }

  private void addTableChart(Block.Table table) {
    if (policy.charts().test(table)) {
      add(new Part.TableChart(table));
    } else {
      addTable(table);
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
    drawn++;
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
    if (!policy.files() && wide && reply.kind() == Reply.Kind.NOTICE) {
      // Help, settings and records: nothing of them can be had elsewhere.
      add(new Part.Box(String.join("\n", text.whole(policy.table().cells()))));
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
      note(Label.TABLE_COLUMNS_HERE.in(reply.language(), fitted.columns(), table.header().size()));
    }
  }

  private void attachTable(Block.Table table, int rows, boolean cut) {
    if (rows < table.rows().size()) {
      String name = attach("table.csv", TextTable.csv(table));
      note(Label.TABLE_ROWS.in(reply.language(), rows, table.rows().size(), name));
    } else if (cut) {
      note(Label.TABLE_CUT.in(reply.language(), attach("table.csv", TextTable.csv(table))));
    }
  }

  private void addFile(Block.File file) {
    if (isSent(file)) {
      uploads.add(new Upload.Stored(file));
      String name = Sanitizer.fileName(file.name(), LONGEST_NAME);
      note(Label.FILE.in(reply.language(), name, Amounts.size(file.bytes(), reply.language())));
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
              caption.isEmpty() ? Label.CHART.in(reply.language()) : caption);
      uploads.add(picture);
      add(new Part.Picture(picture));
    }
  }

  /** Whether the platform takes a file of that size; when not, a note says so. */
  private boolean isSent(Block.File file) {
    boolean sent = file.bytes() <= policy.fileBytes();
    if (!sent) {
      String name = Sanitizer.fileName(file.name(), LONGEST_NAME);
      String most = Amounts.size(policy.fileBytes(), reply.language());
      note(
          Label.FILE_TOO_LARGE.in(
              reply.language(), name, Amounts.size(file.bytes(), reply.language()), most));
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
    if (!text
        .isBlank()) { // nothing to be seen is left of some text, and Slack refuses an empty part
      add(new Part.Note(text));
    }
  }

  private void add(Part part) {
    parts.add(part);
    left -= part instanceof Part.Drawn ? policy.table().characters() : part.text().length();
  }

  private List<Action> actions(boolean onlyAsker) {
    List<Action> actions = new ArrayList<>(reply.actions());
    if (onlyAsker && reply.turn() > 0 && ReplyLayout.isAnswer(reply.kind())) {
      require(actions, Action.Verb.SHARE);
    }
    if (codeBehindButton) {
      require(actions, Action.Verb.SHOW_CODE);
    }
    boolean charted =
        reply.blocks().stream()
            .filter(Block.Table.class::isInstance)
            .map(Block.Table.class::cast)
            .limit(Block.TableChart.MOST)
            .anyMatch(policy.charts());
    if (charted && reply.turn() > 0 && ReplyLayout.isAnswer(reply.kind())) {
      require(actions, Action.Verb.CHART);
    }
    return actions;
  }

  private void require(List<Action> actions, Action.Verb verb) {
    if (actions.stream().noneMatch(action -> action.verb() == verb)) {
      actions.add(new Action(verb, reply.turn()));
    }
  }
}
