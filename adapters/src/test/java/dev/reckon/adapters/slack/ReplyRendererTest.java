package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.render.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden files are rewritten with {@code -Dgolden.write=true}; look at what changed. */
class ReplyRendererTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("reckon.root"), "adapters/src/test/resources/slack/golden");
  private static final SlackTarget THREAD =
      SlackTarget.in("C1", "1700000000.000100", "U1", "slack/T1/C1/1700000000.000100");
  private static final SlackTarget COMMAND =
      SlackTarget.in("C1", "", "U1", "slack/T1/C1/command.1.2.3")
          .withRequest("average salary by department from <staff.csv>");

  static Stream<String> samples() {
    return ReplySamples.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void looksAsItDid(String name) throws Exception {
    Reply reply = Objects.requireNonNull(ReplySamples.all().get(name));
    SlackTarget place = reply.kind() == Reply.Kind.WORKING ? COMMAND : THREAD;
    ReplyRenderer rendered = ReplyRenderer.render(reply, place, Optional.empty());
    String now =
        FakeSlack.json
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(rendered.message().layout())
            + "\n";
    Path file = GOLDEN.resolve(name + ".json");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, now);
    }
    assertEquals(Files.readString(file), now);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void staysWithinSlacksLimits(String name) {
    Reply reply = Objects.requireNonNull(ReplySamples.all().get(name));
    for (SlackTarget.Audience audience : SlackTarget.Audience.values()) {
      ReplyRenderer rendered = ReplyRenderer.render(reply, COMMAND.to(audience), Optional.of("U1"));
      assertEquals(List.of(), BlockKitLimits.ofMessage(rendered.message().layout()), name);
      assertTrue(rendered.message().fallback().length() <= 1_000);
    }
    assertTrue(ReplyRenderer.plain(reply, THREAD).fallback().length() <= 4_000);
  }

  @Test
  void hostileTextIsShownAndDoesNothing() {
    BlockMessage message =
        ReplyRenderer.render(ReplySamples.hostile(), THREAD, Optional.empty()).message();
    String all = message.layout().toString();
    assertTrue(all.contains("<!channel> <@U2>"), "rich text shows it as it is");
    assertFalse(all.contains("mrkdwn"), "nothing is parsed");
    assertFalse(all.contains("\"user_id\""), "nobody is named");
    assertFalse(all.matches("(?s).*[\\x00-\\x08\\x0b-\\x1f\\u202e].*"), "no control characters");
    for (String parsed :
        List.of(
            message.fallback(), ReplyRenderer.plain(ReplySamples.hostile(), THREAD).fallback())) {
      assertFalse(parsed.contains("<"), parsed);
      assertFalse(parsed.contains("@here"), parsed);
      assertFalse(parsed.contains("http://evil"), parsed);
      assertFalse(parsed.replace("```\n", "").replace("\n```", "").contains("`"), parsed);
    }
  }

  @Test
  void whatDoesNotFitIsInFilesAndSaid() {
    ReplyRenderer rendered = ReplyRenderer.render(ReplySamples.tooLong(), THREAD, Optional.empty());
    List<String> names = rendered.uploads().stream().map(Upload::name).toList();
    assertEquals(
        List.of("table.csv", "table-2.csv", "output.txt", "output-2.txt", "code.py", "text.txt"),
        names);
    String shown = BlockText.of(rendered.message().layout());
    for (String name : names) {
      assertTrue(shown.contains(name), name + " is not named in:\n" + shown);
    }
    assertTrue(shown.contains("123 KB more"), shown);
    String csv = ((Upload.Written) rendered.uploads().getFirst()).text();
    assertEquals(501, csv.lines().count());
  }

  @Test
  void everyRandomOutputStaysWithinTheLimits() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(6_000);
      while (text.length() < length) {
        text.appendCodePoint(
            random.nextInt(5) == 0 ? '\n' : random.nextInt(Character.MAX_CODE_POINT + 1));
      }
      Reply reply =
          new Reply(
              1,
              Reply.Kind.VERIFIED,
              text.substring(0, text.length() / 3),
              List.of(
                  new Block.Output(text.toString(), 0),
                  new Block.Text(text.toString()),
                  new Block.Code(text.toString()),
                  new Block.Table(
                      List.of(text.toString(), "b"), List.of(List.of("1", text.toString())))),
              List.of());
      JsonNode layout = ReplyRenderer.render(reply, THREAD, Optional.empty()).message().layout();
      assertEquals(List.of(), BlockKitLimits.ofMessage(layout), "round " + round);
    }
  }

  @Test
  void aPrivateAnswerOffersToBeShared() {
    ReplyRenderer rendered =
        ReplyRenderer.render(
            ReplySamples.verifiedTable(), COMMAND.to(SlackTarget.Audience.ASKER), Optional.empty());
    String shown = BlockText.of(rendered.message().layout());
    assertTrue(shown.contains("[Share]"), shown);
    assertTrue(shown.contains("Invite it with /invite"), shown);
    String inChannel =
        BlockText.of(
            ReplyRenderer.render(ReplySamples.verifiedTable(), COMMAND, Optional.empty())
                .message()
                .layout());
    assertFalse(inChannel.contains("Share"), "it is in the channel already: " + inChannel);
  }

  @Test
  void buttonsAndNotesAreInTheLanguageOfTheReply() {
    Reply english = ReplySamples.verifiedTable();
    Reply german =
        new Reply(
            english.turn(),
            english.kind(),
            english.headline(),
            english.blocks(),
            english.actions(),
            Language.GERMAN);
    String shown =
        BlockText.of(
            ReplyRenderer.render(german, COMMAND.to(SlackTarget.Audience.ASKER), Optional.empty())
                .message()
                .layout());
    for (Label label : List.of(Label.BUTTON_AGAIN, Label.BUTTON_CHART, Label.ONLY_YOU)) {
      assertTrue(shown.contains(label.in(Language.GERMAN)), label + " in " + shown);
      assertFalse(shown.contains(label.text()), label + " in " + shown);
    }
  }

  /** Leaves target/slack-replies.html, from which docs/slack-replies.png is photographed. */
  @Test
  void theRepliesCanBeLookedAt() throws Exception {
    ReplyPage page = new ReplyPage();
    for (var sample : ReplySamples.all().entrySet()) {
      SlackTarget place = sample.getValue().kind() == Reply.Kind.WORKING ? COMMAND : THREAD;
      page.add(
          sample.getKey(),
          ReplyRenderer.render(sample.getValue(), place, Optional.empty()).message().layout());
    }
    page.add(
        "seen by the asker alone",
        ReplyRenderer.render(
                ReplySamples.verifiedTable(),
                COMMAND.to(SlackTarget.Audience.ASKER),
                Optional.empty())
            .message()
            .layout());
    page.add(
        "below a link to its page",
        LinkUnfurler.blocks(
            new LinkPreviews.Preview(
                "average salary by department from staff.csv",
                "Engineering has the highest average salary: 72,410.50",
                Reply.Kind.VERIFIED,
                "verified")));
    Path target = Path.of(System.getProperty("reckon.root"), "adapters/target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("slack-replies.html"), page.html());
    assertFalse(page.html().contains("</script>"), "hostile text is escaped on the page, too");
    assertTrue(page.html().contains("Engineering"));
  }
}
