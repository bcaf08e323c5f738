package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replies against golden files. {@code -Dgolden.update=true} rewrites them, and with them the page
 * {@code docs/telegram-replies.html} to look at; read the difference before you keep it.
 */
class ReplyRendererTest {
  private static final Path ROOT = Path.of(System.getProperty("reckon.root"));
  private static final Path GOLDEN = ROOT.resolve("adapters/src/test/resources/telegram");

  static List<String> kinds() {
    return List.copyOf(Replies.ofEachKind().keySet());
  }

  private static Reply reply(String kind) {
    return Optional.ofNullable(Replies.ofEachKind().get(kind)).orElseThrow();
  }

  private static String html(Reply reply) {
    RenderedReply rendered = ReplyRenderer.render(reply, Optional.empty());
    StringBuilder html = new StringBuilder();
    rendered.texts().forEach(text -> html.append(Markup.html(text)).append("\n=====\n"));
    rendered.uploads().forEach(upload -> html.append("file: ").append(upload.name()).append('\n'));
    var keyboard = InlineKeyboard.keyboard(rendered.buttons());
    if (keyboard != null) {
      for (var row : keyboard.getKeyboard()) {
        html.append("buttons:");
        row.forEach(button -> html.append(" [").append(button.getText()).append(']'));
        html.append('\n');
      }
    }
    return html.toString();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void looksAsItDid(String kind) throws IOException {
    Path golden = GOLDEN.resolve(kind + ".txt");
    String html = html(reply(kind));
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, html);
    }
    assertEquals(Files.readString(golden), html);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isValidAndSaysTheSameEveryTime(String kind) throws TelegramHtml.Refused {
    RenderedReply rendered = ReplyRenderer.render(reply(kind), Optional.empty());
    assertEquals(html(reply(kind)), html(reply(kind)));
    for (List<Span> text : rendered.texts()) {
      var parsed = TelegramHtml.parse(Markup.html(text));
      assertEquals(Markup.plain(text), parsed.text());
      assertTrue(parsed.text().length() <= ReplyRenderer.MESSAGE_LIMIT);
      assertFalse(parsed.text().isBlank());
    }
  }

  @Test
  void thePageToLookAtIsUpToDate() throws IOException {
    Path page = ROOT.resolve("docs/telegram-replies.html");
    String html = ChatPage.of(Replies.ofEachKind());
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, html);
    }
    assertEquals(Files.readString(page), html);
  }

  @Test
  void hostileTextIsInert() throws TelegramHtml.Refused {
    RenderedReply rendered = ReplyRenderer.render(reply("hostile"), Optional.empty());
    var parsed = TelegramHtml.parse(Markup.html(rendered.texts().getFirst()));
    assertTrue(parsed.entities().stream().noneMatch(entity -> entity.tag().equals("a")));
    assertEquals(0, parsed.entities().stream().filter(entity -> entity.tag().equals("b")).count());
    assertFalse(parsed.text().contains("\u001B"));
    assertFalse(parsed.text().contains("\u202E"));
    String outsideBoxes = parsed.text();
    for (var entity : parsed.entities()) {
      if (entity.tag().equals("pre")) {
        outsideBoxes =
            outsideBoxes.replace(parsed.text().substring(entity.from(), entity.to()), "");
      }
    }
    assertFalse(outsideBoxes.contains("@e"), outsideBoxes);
    assertFalse(outsideBoxes.contains("://"), outsideBoxes);
    assertEquals(".._.._etc_<b>gpj.exe", rendered.uploads().getFirst().name());
  }

  @Test
  void longOutputIsAFileWithItsFirstLinesInline() {
    String output = Replies.lines(500);
    RenderedReply rendered = ReplyRenderer.render(reply("long-output"), Optional.empty());
    String text = Markup.plain(rendered.texts().getFirst());
    assertTrue(
        text.contains(output.lines().limit(12).reduce((a, b) -> a + "\n" + b).orElseThrow()));
    assertFalse(text.contains(output.lines().skip(12).findFirst().orElseThrow()));
    assertTrue(text.contains("The program printed 1.2 KB more than Reckon keeps."));
    assertTrue(
        text.contains("everything\u2060.bin was not sent: it has 61 MB, and 50 MB is the most"));
    assertEquals(
        List.of("output.txt", "code.py", "chart.png"),
        rendered.uploads().stream().map(Upload::name).toList());
    assertEquals(output + "\n", ((Upload.Written) rendered.uploads().getFirst()).text());
  }

  @Test
  void aLongNoticeIsSplitInOrderAndAnEndlessOneIsAFile() {
    String words = Replies.lines(250);
    RenderedReply split = ReplyRenderer.render(Reply.notice("Help", words), Optional.empty());
    assertTrue(split.texts().size() > 1);
    StringBuilder joined = new StringBuilder();
    for (List<Span> text : split.texts()) {
      joined.append(Markup.plain(text).replaceFirst("^\\(\\d of \\d\\)\n", ""));
    }
    assertEquals("Help\n\n" + words.strip(), joined.toString());
    RenderedReply filed =
        ReplyRenderer.render(Reply.notice("Help", Replies.lines(5000)), Optional.empty());
    assertEquals(1, filed.texts().size());
    assertEquals(
        "Help\n\n" + Replies.lines(5000).strip(),
        ((Upload.Written) filed.uploads().getFirst()).text());
  }

  @Test
  void namesTheAskerInAWayThatNotifies() {
    RenderedReply rendered =
        ReplyRenderer.render(
            Replies.verified(),
            Optional.of(new Person("telegram/7002", "Ben <b>@x", Person.Role.MEMBER)));
    assertTrue(
        Markup.html(rendered.texts().getFirst())
            .startsWith("<a href=\"tg://user?id=7002\">Ben &lt;b&gt;@\u2060x</a>, <b>Engineering"));
  }

  @Test
  void randomRepliesAreValidAndLoseNothing() throws TelegramHtml.Refused {
    Random random = new Random(20_261_124);
    for (int round = 0; round < 300; round++) {
      List<Block> blocks = new ArrayList<>();
      List<String> marks = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        String mark = "mark" + i + "x" + round;
        marks.add(mark);
        String text = mark + " " + noise(random, random.nextInt(6000));
        blocks.add(
            switch (random.nextInt(4)) {
              case 0 -> new Block.Output(text, 0);
              case 1 -> new Block.Code(text);
              case 2 -> new Block.Table(List.of("a", "b"), List.of(List.of(text, "1")));
              default -> new Block.Text(text);
            });
      }
      RenderedReply rendered =
          ReplyRenderer.render(
              new Reply(1, Reply.Kind.NOTICE, "h", blocks, List.of()), Optional.empty());
      StringBuilder seen = new StringBuilder();
      for (List<Span> text : rendered.texts()) {
        var parsed = TelegramHtml.parse(Markup.html(text));
        assertTrue(parsed.text().length() <= ReplyRenderer.MESSAGE_LIMIT);
        seen.append(parsed.text());
      }
      for (Upload upload : rendered.uploads()) {
        seen.append(((Upload.Written) upload).text());
      }
      for (String mark : marks) {
        assertTrue(seen.indexOf(mark) >= 0, mark);
      }
    }
  }

  private static String noise(Random random, int length) {
    StringBuilder noise = new StringBuilder();
    while (noise.length() < length) {
      noise.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> '\n';
            case 1 -> ' ';
            case 2 -> "<>&\"'@#/.:`".charAt(random.nextInt(11));
            case 3 -> 0x1F600 + random.nextInt(60);
            case 4 -> random.nextInt(0x300);
            default -> 'a' + random.nextInt(26);
          });
    }
    return noise.toString();
  }

  @Test
  void aWideTableIsReadableOnATelephone() {
    String cell = "a rather long cell that nobody wants wrapped";
    RenderedReply rendered =
        ReplyRenderer.render(
            new Reply(
                1,
                Reply.Kind.NOT_JUDGED,
                "wide",
                List.of(new Block.Table(List.of("first", "second"), List.of(List.of(cell, cell)))),
                List.of()),
            Optional.empty());
    assertTrue(
        Markup.plain(rendered.texts().getFirst()).contains("first: " + cell + "\nsecond: " + cell));
  }

  @Test
  void keysOfFilesChangeWithTheirContent() {
    assertEquals(new Upload.Written("a.txt", "x").key(), new Upload.Written("a.txt", "x").key());
    assertFalse(
        new Upload.Written("a.txt", "x").key().equals(new Upload.Written("a.txt", "y").key()));
  }
}
