package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telegram.telegrambots.meta.api.objects.Update;

/** A server newer than the library: kinds, fields and values that it does not know. */
class NewerServerTest {
  /** Parts of a message beside its text, each with something that is not known. */
  private static final String[] PARTS = {
    "\"telepathy\": {\"strength\": 3}",
    "\"paid_media\": {\"star_count\": 1, \"paid_media\": [{\"type\": \"hologram\"}]}",
    "\"forward_origin\": {\"type\": \"dream\", \"date\": 1}",
    "\"entities\": [{\"type\": \"sparkle\", \"offset\": 0, \"length\": 3, \"colour\": 7}]",
    "\"external_reply\": {\"origin\": {\"type\": \"dream\", \"date\": 1}}",
    "\"chat_background_set\": {\"type\": {\"type\": \"sky\"}}",
    "\"photo\": {\"now\": \"an object\"}",
    "\"edit_date\": \"yesterday\"",
    "\"reply_to_message\": {\"message_id\": 1, \"date\": 1, \"chat\": {\"id\": 5, \"type\":"
        + " \"galaxy\"}, \"paid_media\": {\"paid_media\": [{\"type\": \"hologram\"}]}}",
    "\"suggested_post_info\": {\"state\": \"pondered\"}",
    "\"reply_markup\": {\"inline_keyboard\": [[{\"text\": \"x\", \"style\": \"neon\", \"hologram\":"
        + " {}}]]}",
  };

  private final FakeTelegram telegram;
  private final RecordingInbox inbox = new RecordingInbox();
  private final TelegramAdapter adapter;

  NewerServerTest() throws IOException {
    telegram = new FakeTelegram();
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            List.of(),
            FakeTelegram.noUnjoinedChats(),
            FakeTelegram.noRichChats(),
            FakeTelegram.QUICK);
  }

  @AfterEach
  void close() {
    adapter.close();
    telegram.close();
  }

  @Test
  void newKindsOfUpdatesHoldUpNobody() throws Exception {
    telegram.queue(People.update("telepathy", TelegramJson.object().put("thought", "42")));
    telegram.queue(TelegramJson.object());
    telegram.queue(TelegramJson.object().put("message", "now a text"));
    telegram.queue(People.text(ANNA, ANNA, 1, "a request"));
    adapter.start(inbox, inbox, () -> true);
    inbox.await(1);
    assertEquals(List.of("a request"), inbox.words());
    Until.holds("all confirmed", () -> telegram.waiting() == 0);
  }

  @Test
  void aMessageKeepsItsTextWhateverElseIsInIt() throws Exception {
    for (int i = 0; i < PARTS.length; i++) {
      ObjectNode update = People.text(ANNA, ANNA, i, "request " + i);
      ((ObjectNode) update.path("message"))
          .setAll((ObjectNode) TelegramJson.read("{" + PARTS[i] + "}"));
      telegram.queue(update);
    }
    adapter.start(inbox, inbox, () -> true);
    inbox.await(PARTS.length);
    assertEquals(
        IntStream.range(0, PARTS.length).mapToObj(i -> "request " + i).toList(), inbox.words());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"update_id\": 7, \"message\": [1]}",
        "{\"update_id\": 7, \"message\": {\"message_id\": {}, \"chat\": []}}",
        "{\"update_id\": 7, \"callback_query\": {\"id\": 3, \"message\": {\"date\": \"x\"}}}",
        "{\"update_id\": 7, \"poll_answer\": 3}"
      })
  void whatCannotBeReadIsStillAnUpdateWithItsId(String body) throws Exception {
    Update read = Updates.read(body);
    assertNotNull(read);
    assertEquals(7, read.getUpdateId());
  }
}
