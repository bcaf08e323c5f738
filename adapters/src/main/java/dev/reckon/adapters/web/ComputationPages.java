package dev.reckon.adapters.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.label.Amounts;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.surface.render.QueryLine;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TextTable;
import dev.reckon.core.turn.TurnResult;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A page for each computation: what was asked, the answer, how it was computed, checked and paid
 * for; and the same as files. Only for those who could read the answer where it was posted.
 */
final class ComputationPages {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

  /** Rows of a table's own page. */
  private static final int ROWS = 100;

  private static final JsonMapper JSON = new JsonMapper();

  private final TurnReader turns;
  private final ChatPages chats;
  private final FileContents contents;
  private final ShareLinks links;

  ComputationPages(TurnReader turns, ChatPages chats, FileContents contents, ShareLinks links) {
    this.links = links;
    this.turns = turns;
    this.chats = chats;
    this.contents = contents;
  }

  /**
   * A turn that is over.
   *
   * @param base the address of its page, without a slash at the end
   */
  record Computation(TurnRecord turn, TurnResult result, Reply reply, String base) {}

  /** A part of a page that has an address of its own, below that of the page. */
  interface Part {
    /**
     * Answers.
     *
     * @param visitor empty for whoever has a shared link
     */
    void answer(Context context, Computation it, Optional<Visitor> visitor);

    /** A part that is the same for everybody. */
    static Part of(BiConsumer<Context, Computation> answer) {
      return (context, it, visitor) -> answer.accept(context, it);
    }
  }

  /** Every such part by its path. */
  Map<String, Part> parts() {
    return Map.of(
        "/code.py", Part.of(ComputationPages::python),
        "/output.txt", Part.of(ComputationPages::output),
        "/table/{number}", this::table,
        "/table/{number}/rows.json", Part.of(ComputationPages::rows),
        "/table/{number}/table.csv", Part.of(ComputationPages::csv),
        "/answer.md", Part.of(ComputationPages::markdown),
        "/file/{position}/{name}", Part.of(this::file));
  }

  /** The computation of the address, if that person may see it. */
  Computation find(Context context, Person person) {
    TurnRecord turn =
        turns
            .find(Addresses.number(context.pathParam("id")), person)
            .orElseThrow(() -> RefusedRequest.notFound("There is no such computation for you."));
    return computation(turn, "/c/" + turn.id());
  }

  /** The computation of a turn that somebody may see, under the address of that page. */
  static Computation computation(TurnRecord turn, String base) {
    TurnResult result = turn.result();
    if (result == null) {
      throw RefusedRequest.notFound("This computation has not ended yet.");
    }
    return new Computation(
        turn, result, AnswerReplies.of(result, CodeDisplay.INLINE, List.of()), base);
  }

  /** The page. */
  void show(Context context, Visitor visitor) {
    Computation it = find(context, visitor.person());
    Html page = article(it).add(links.form(it.turn(), visitor), runs(it, visitor));
    Page.show(context, visitor, "Computation " + it.turn().id(), "", chats.listed(visitor), page);
  }

  /** What everybody sees of a computation who may see it. */
  static Element article(Computation it) {
    Element page = Html.el("section", "plain computation").attr("data-turn", it.turn().id());
    page.add(
        Html.el("p", "over").text("Computation %d".formatted(it.turn().id())),
        Html.el("h1").text(Sanitizer.visible(it.turn().request()).strip()),
        facts(it),
        answer(it),
        downloads(it),
        section("Code", LongText.code(it.result().code(), base(it) + "code.py")));
    TurnResult.Verification checked = it.result().verification();
    page.add(
        checked == null
            ? Html.none()
            : section("How it was checked", AttemptView.requirements(checked)),
        it.result().attempts().size() > 1
            ? section("Attempts", AttemptView.list(it.result()))
            : Html.none());
    return page;
  }

  private static Html section(String title, Html content) {
    return Html.el("section").add(Html.el("h2").text(title), content);
  }

  private static Html facts(Computation it) {
    Element facts = Html.el("dl", "facts");
    fact(facts, "Asked by", Sanitizer.oneLine(it.turn().personName()));
    fact(facts, "When", time(it.turn().startedAt()));
    fact(facts, "Took", Amounts.duration(it.result().elapsed()));
    fact(facts, "Attempts", Integer.toString(it.result().attempts().size()));
    Double cost = it.result().usage().costUsd();
    if (it.result().usage().calls() == 0) {
      fact(facts, "Cost", "no model was asked");
    } else if (cost != null) {
      fact(facts, "Cost", "$%.4f".formatted(cost));
    }
    switch (it.turn().kind()) {
      case EDIT -> fact(facts, "Program", "changed by hand");
      case RUN -> fact(facts, "Program", "written by hand");
      case SAVED, ALERT -> fact(facts, "Program", "a saved computation");
      case AGAIN -> fact(facts, "Program", "run again");
      case REQUEST, WRONG -> {}
    }
    if (!it.result().engine().isEmpty()) {
      fact(facts, "Ran in", it.result().engine());
    }
    return facts;
  }

  private static void fact(Element facts, String name, String value) {
    facts.add(Html.el("div").add(Html.el("dt").text(name), Html.el("dd").text(value)));
  }

  static String time(Instant at) {
    return TIME.format(at.atZone(ZoneId.systemDefault()));
  }

  private static Html answer(Computation it) {
    List<Html> parts = new ArrayList<>();
    Reply reply = it.reply();
    int table = 0;
    for (Block block : reply.blocks()) {
      switch (block) {
        case Block.Finding part ->
            parts.add(Html.el("p", "answer").text(Sanitizer.oneLine(part.text())));
        case Block.Output part -> parts.add(LongText.output(part.text(), base(it) + "output.txt"));
        case Block.Table part -> {
          if (!part.header().isEmpty()) {
            String address = ResultTables.address(it.base(), table);
            table++;
            parts.add(new TableView(part, "Result " + table).beginning(address));
          }
        }
        case Block.Text part ->
            parts.add(Html.el("p", "said").text(Sanitizer.visible(part.text())));
        case Block.Chart part -> parts.add(chart(it, part));
        case Block.File part -> parts.add(file(it, part));
        case Block.Query part ->
            parts.add(Html.el("p", "said").text(QueryLine.of(part, reply.language())));
        case Block.Code _, Block.Footer _, Block.Page _ -> {}
      }
    }
    parts.add(
        Html.el("p", "status")
            .add(Icons.of(reply.kind()))
            .text(Sanitizer.oneLine(reply.headline())));
    return Html.el("section", "result " + MessageView.kind(reply.kind()))
        .add(Html.el("h2").text("Answer"))
        .add(parts);
  }

  private static Html chart(Computation it, Block.Chart chart) {
    String address = address(it, chart.file());
    String caption = Sanitizer.oneLine(chart.description());
    return Html.el("figure")
        .add(
            Html.el("img")
                .attr("src", address)
                .attr("alt", caption)
                .attr("width", chart.width())
                .attr("height", chart.height()),
            Html.el("figcaption").text(caption));
  }

  private static Html file(Computation it, Block.File file) {
    String name = Sanitizer.fileName(file.name(), 100);
    return Html.el("p")
        .add(
            Html.el("a", "chip")
                .attr("href", address(it, file) + "?save")
                .attr("download", name)
                .text("%s (%s)".formatted(name, Amounts.size(file.bytes()))));
  }

  private static String address(Computation it, Block.File file) {
    int position = 0;
    while (!it.result().files().get(position).id().equals(file.id())) {
      position++;
    }
    return "%s/file/%d/%s"
        .formatted(it.base(), position, Addresses.segment(Sanitizer.fileName(file.name(), 100)));
  }

  private static Html downloads(Computation it) {
    Element links = Html.el("p", "files");
    links.add(download(base(it) + "code.py", "Python"));
    int tables = ResultTables.in(it.reply().blocks()).size();
    for (int i = 0; i < tables; i++) {
      String label = tables == 1 ? "CSV" : "CSV of table " + (i + 1);
      links.add(download(ResultTables.address(it.base(), i) + "/table.csv", label));
    }
    return links.add(download(base(it) + "answer.md", "Markdown"));
  }

  private static String base(Computation it) {
    return it.base() + "/";
  }

  private static Html download(String address, String label) {
    return Html.el("a", "chip").attr("href", address).flag("download", true).text(label);
  }

  private Html runs(Computation it, Visitor visitor) {
    List<Html> items = new ArrayList<>();
    for (TurnRecord other : turns.runs(it.turn(), visitor.person())) {
      items.add(
          Html.el("li")
              .add(
                  Html.el("a")
                      .attr("href", "/c/%d/compare/%d".formatted(it.turn().id(), other.id()))
                      .text("Compare with %d, %s".formatted(other.id(), time(other.startedAt())))));
    }
    Element actions = Html.el("div", "buttons");
    boolean here = it.turn().conversation().value().startsWith(WebSurface.NAME + "/");
    if (here) {
      actions
          .attr("data-conversation", Addresses.key(it.turn().conversation()))
          .add(
              Html.el("button", "press")
                  .attr("type", "button")
                  .attr("data-verb", "AGAIN")
                  .attr("data-turn", it.turn().id())
                  .text("Run again"),
              Html.el("a", "open")
                  .attr("href", Addresses.of(it.turn().conversation()))
                  .text("Open conversation"));
    }
    return Html.all(
        actions,
        items.isEmpty() ? Html.none() : section("Other runs", Html.el("ul", "runs").add(items)));
  }

  /** Two runs of the same computation beside each other. */
  void compare(Context context, Visitor visitor) {
    Computation one = find(context, visitor.person());
    TurnRecord record =
        turns.runs(one.turn(), visitor.person()).stream()
            .filter(run -> run.id() == Addresses.number(context.pathParam("other")))
            .findFirst()
            .orElseThrow(() -> RefusedRequest.notFound("There is no such run to compare with."));
    Computation other = computation(record, "/c/" + record.id());
    boolean isLater = one.turn().id() > other.turn().id();
    Computation older = isLater ? other : one;
    Computation newer = isLater ? one : other;
    Html content =
        Html.el("section", "plain computation")
            .add(
                Html.el("h1")
                    .text("Computations %d and %d".formatted(older.turn().id(), newer.turn().id())),
                Html.el("p", "said").text(Sanitizer.visible(one.turn().request()).strip()),
                Html.el("div", "pair")
                    .add(
                        section(time(older.turn().startedAt()), facts(older)),
                        section(time(newer.turn().startedAt()), facts(newer))),
                section("Output", LineDiff.view(older.result().output(), newer.result().output())),
                section("Code", LineDiff.view(older.result().code(), newer.result().code())));
    Page.show(context, visitor, "Compare", "", chats.listed(visitor), content);
  }

  /** The program. */
  static void python(Context context, Computation it) {
    FileResponse.text(context, "computation-%d.py".formatted(it.turn().id()), it.result().code());
  }

  /** What it printed. */
  static void output(Context context, Computation it) {
    FileResponse.text(
        context, "computation-%d.txt".formatted(it.turn().id()), it.result().output());
  }

  /** One table by itself, some rows at a time where there are no scripts. */
  void table(Context context, Computation it, Optional<Visitor> visitor) {
    int number = number(context, it);
    Block.Table table = ResultTables.in(it.reply().blocks()).get(number - 1);
    String address = ResultTables.address(it.base(), number - 1);
    int pages = Math.max(1, Math.ceilDiv(table.rows().size(), ROWS));
    int page =
        Math.clamp(
            Addresses.number(Objects.requireNonNullElse(context.queryParam("page"), "1")),
            1,
            pages);
    Element links = Html.el("nav", "pager").attr("aria-label", "Pages of the table");
    if (page > 1) {
      links.add(Html.el("a").attr("href", address + "?page=" + (page - 1)).text("Previous"));
    }
    links.add(Html.el("span").text("Page %d of %d".formatted(page, pages)));
    if (page < pages) {
      links.add(Html.el("a").attr("href", address + "?page=" + (page + 1)).text("Next"));
    }
    String title = "Result %d of computation %d".formatted(number, it.turn().id());
    Html content =
        Html.el("section", "plain wide")
            .add(
                Html.el("p", "over")
                    .add(
                        Html.el("a")
                            .attr("href", it.base())
                            .text("Computation %d".formatted(it.turn().id()))),
                Html.el("h1").text(title),
                Html.el("p", "said").text(Sanitizer.visible(it.turn().request()).strip()),
                new TableView(table, title).page(address, (page - 1) * ROWS, ROWS),
                pages > 1 ? links : Html.none(),
                Html.el("p", "files").add(download(address + "/table.csv", "CSV")));
    if (visitor.isPresent()) {
      Page.show(context, visitor.get(), title, "", chats.listed(visitor.get()), content);
    } else {
      Page.bare(context, 200, title, content);
    }
  }

  /** The rows of a table, for scripts. */
  static void rows(Context context, Computation it) {
    Block.Table table = ResultTables.in(it.reply().blocks()).get(number(context, it) - 1);
    try {
      context
          .contentType("application/json")
          .result(JSON.writeValueAsString(TableView.texts(table)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("rows of text are always JSON", e);
    }
  }

  /** A table as a file. */
  static void csv(Context context, Computation it) {
    int number = number(context, it);
    Block.Table table = ResultTables.in(it.reply().blocks()).get(number - 1);
    FileResponse.text(
        context,
        "computation-%d-table-%d.csv".formatted(it.turn().id(), number),
        TextTable.csv(table));
  }

  /** Which table is asked for, counted from 1. */
  private static int number(Context context, Computation it) {
    long number = Addresses.number(context.pathParam("number"));
    if (number < 1 || number > ResultTables.in(it.reply().blocks()).size()) {
      throw RefusedRequest.notFound("This answer has no such table.");
    }
    return (int) number;
  }

  /** Everything in one document. */
  static void markdown(Context context, Computation it) {
    FileResponse.text(
        context,
        "computation-%d.md".formatted(it.turn().id()),
        Markdown.of(it.turn(), it.result()));
  }

  /** A file that the computation left. */
  void file(Context context, Computation it) {
    long position = Addresses.number(context.pathParam("position"));
    Optional<TurnResult.ProducedFile> file =
        position >= 0 && position < it.result().files().size()
            ? Optional.of(it.result().files().get((int) position))
            : Optional.empty();
    byte[] content =
        file.flatMap(one -> contents.read(one.id()))
            .orElseThrow(() -> RefusedRequest.notFound("This file is no longer kept."));
    FileResponse.file(context, file.map(TurnResult.ProducedFile::name).orElse(""), content);
  }
}
