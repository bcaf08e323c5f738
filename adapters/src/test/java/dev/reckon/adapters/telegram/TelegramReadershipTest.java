package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.BEN;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Readership;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who reads what in groups, as Telegram tells it. */
@Timeout(60)
class TelegramReadershipTest {
  private final FakeTelegram telegram = new FakeTelegram();
  private final BotApi api;
  private final Readership readership;
  private final Address group = new Chat(GROUP, OptionalInt.empty()).address();

  TelegramReadershipTest() throws IOException {
    telegram.chat(GROUP);
    api = new BotApi(BotConnection.forCalls(telegram.settings()));
    readership = new TelegramReadership(api);
  }

  @AfterEach
  void close() {
    api.close();
    telegram.close();
  }

  @Test
  void membersReadAndWhoLeftDoesNot() throws Exception {
    telegram.chat(GROUP).administrators.add(ANNA);
    telegram.chat(GROUP).left.add(BEN);
    assertTrue(readership.reads(group, "telegram/" + ANNA));
    assertFalse(readership.reads(group, "telegram/" + BEN));
    telegram.fail("getchatmember", 400, "Bad Request: user not found");
    assertFalse(readership.reads(group, "telegram/" + ANNA));
  }

  @Test
  void privateChatsAndPeopleOfOtherPlatformsAreNotAskedFor() throws Exception {
    Address own = new Chat(ANNA, OptionalInt.empty()).address();
    assertFalse(readership.reads(own, "telegram/" + ANNA));
    for (String person : List.of("slack/T1/" + ANNA, "telegram/x", "telegram/", "telegram/1/2")) {
      assertFalse(readership.reads(group, person), person);
    }
    assertEquals(0, telegram.calls("getchatmember"));
  }

  @Test
  void whatTelegramDoesNotTellIsNoMembership() {
    telegram.fail("getchatmember", 502, "Bad Gateway");
    assertThrows(DeliveryException.class, () -> readership.reads(group, "telegram/" + ANNA));
    telegram.fail("getchatmember", 400, "Bad Request: chat not found");
    assertThrows(DeliveryException.class, () -> readership.reads(group, "telegram/" + ANNA));
  }

  @Test
  void anAnswerShowsTheLinkToItsPage() {
    Reply reply =
        new Reply(
            7,
            Reply.Kind.VERIFIED,
            "Verified",
            List.of(new Block.Output("42", 0), new Block.Page("https://reckon.example/c/7")),
            List.of());
    String html = Markup.html(ReplyRenderer.render(reply, Optional.empty()).texts().getFirst());
    assertTrue(html.contains("<a href=\"https://reckon.example/c/7\">Open</a>"), html);
    assertThrows(IllegalArgumentException.class, () -> Markup.Tag.link("https://x/\"><script>"));
  }
}
