package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mentions in chats that the bot is not in. */
class GuestModeTest {
  private final FakeTelegram telegram;
  private final RecordingInbox inbox = new RecordingInbox();
  private final TelegramAdapter adapter;
  private volatile boolean allowed = true;

  GuestModeTest() throws IOException {
    telegram = new FakeTelegram();
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            List.of(),
            new UnjoinedChats(
                new InlineGate(() -> Policy.STANDARD, InstantSource.system()),
                (person, expression) -> new Calculator.Outcome.None("not here"),
                () -> allowed),
            FakeTelegram.noRichChats(),
            FakeTelegram.QUICK);
    adapter.start(inbox, inbox, () -> true);
  }

  @AfterEach
  void close() {
    adapter.close();
    telegram.close();
  }

  private static ObjectNode said(String text) {
    return People.message(GROUP, ANNA, 9, it -> it.put("text", text));
  }

  private Incoming taken(String query, ObjectNode message) throws InterruptedException {
    int before = inbox.words().size();
    telegram.mention(ANNA, query, message);
    inbox.await(before + 1);
    return inbox.received().getLast();
  }

  private MessageRef post(Incoming asked, Reply reply) throws Exception {
    return adapter
        .surface()
        .post(asked.address(), reply, Optional.empty(), id -> Optional.empty(), ref -> {});
  }

  @Test
  void aMentionIsARequestOfThatPersonAndOfNoTeam() throws Exception {
    Incoming asked = taken("g1", said("@reckon_test_bot mean of 3 and 5"));
    assertEquals(new Content.Text("ask mean of 3 and 5", true), asked.content());
    assertEquals("telegram/" + ANNA, asked.person().id());
    assertFalse(asked.address().direct());
    Incoming other = taken("g2", said("list @reckon_test_bot"));
    assertEquals(
        new Content.Text("ask list", true), other.content(), "no command reaches anything");
    assertNotEquals(asked.team(), other.team());
    assertNotEquals(asked.conversation(), other.conversation());
    assertEquals(asked, adapter.surface().complete(asked), "nobody's role is asked for");
  }

  @Test
  void theMessageThatItRepliesToIsSeenWithItsFile() throws Exception {
    ObjectNode message = said("@reckon_test_bot total");
    ObjectNode replied = People.message(GROUP, People.BEN, 8, it -> it.put("caption", "our sales"));
    replied.set("document", People.file("file-1", "sales.csv", 10));
    message.set("reply_to_message", replied);
    Incoming asked = taken("g1", message);
    assertEquals(
        new Content.Text("ask total\n\nThe message this replies to:\nour sales", true),
        asked.content());
    assertEquals(1, asked.attachments().size());
  }

  @Test
  void oneMessageIsPostedAndChangedByItsInlineId() throws Exception {
    Incoming asked = taken("g1", said("@reckon_test_bot mean of 3 and 5"));
    MessageRef posted = post(asked, Replies.working("Writing the program …"));
    assertTrue(telegram.guestText("g1").contains("Writing the program …"));
    assertFalse(adapter.surface().fades(posted));
    Reply answer = Replies.verified();
    for (int i = 0; i < 2; i++) { // the second time changes nothing
      assertEquals(
          posted,
          adapter
              .surface()
              .edit(asked.address(), posted, answer, id -> Optional.empty(), ref -> {}));
    }
    assertTrue(telegram.guestText("g1").contains("Engineering is highest: 71,250.00"));
    assertEquals(0, telegram.calls("sendmessage"));
    assertEquals(
        DeliveryException.Kind.REFUSED,
        assertThrows(DeliveryException.class, () -> post(asked, answer)).kind(),
        "a mention has one answer");
  }

  @Test
  void whatDoesNotFitIsSaidToBeMissing() throws Exception {
    Incoming asked = taken("g1", said("@reckon_test_bot all of it"));
    post(asked, Objects.requireNonNull(Replies.ofEachKind().get("long-output")));
    String shown = telegram.guestText("g1");
    assertTrue(shown.contains("There is more than fits into one message."), shown);
    assertTrue(shown.length() <= 4096);
  }

  @Test
  void markupThatTelegramRefusesIsSentPlain() throws Exception {
    Incoming asked = taken("g1", said("@reckon_test_bot x"));
    telegram.fail("answerguestquery", 400, "Bad Request: can't parse entities: whatever");
    post(asked, Replies.verified());
    assertTrue(telegram.guestText("g1").contains("71,250.00"));
  }

  @Test
  void nothingIsTakenWhileItIsOffAndNothingFromBots() throws Exception {
    allowed = false;
    telegram.mention(ANNA, "g1", said("@reckon_test_bot hello"));
    Until.holds("confirmed", () -> telegram.waiting() == 0);
    allowed = true;
    taken("g2", said("@reckon_test_bot again"));
    assertEquals(1, inbox.received().size());
    assertEquals(0, telegram.calls("answerguestquery"));
  }
}
