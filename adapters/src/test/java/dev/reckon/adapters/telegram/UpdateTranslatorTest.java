package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.BEN;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Content.Text;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateTranslatorTest {
  private final UpdateTranslator translation =
      new UpdateTranslator(
          new Bot(FakeTelegram.BOT, FakeTelegram.USERNAME, false),
          Set.of("ask", "run", "save", "help", "forget_me"));

  private Optional<Incoming> read(ObjectNode update) {
    update.put("update_id", 77);
    try {
      return translation.of(Updates.read(update.toString()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private Incoming taken(ObjectNode update) {
    return read(update).orElseThrow(() -> new AssertionError("not taken: " + update));
  }

  private static ObjectNode group(String text, Consumer<ObjectNode> more) {
    return People.update(
        "message",
        People.message(
            GROUP,
            BEN,
            9,
            it -> {
              it.put("text", text);
              more.accept(it);
            }));
  }

  @Test
  void plainTextInAPrivateChatIsARequest() {
    Incoming incoming = taken(People.text(ANNA, ANNA, 5, "average of 1, 2, 6"));
    assertEquals(new Text("average of 1, 2, 6", false), incoming.content());
    assertEquals("telegram/4242/7001/5", incoming.delivery());
    assertEquals("telegram/7001", incoming.conversation().value());
    assertEquals("telegram/7001", incoming.team().id());
    assertEquals("telegram/7001", incoming.person().id());
    assertEquals("Anna", incoming.person().name());
    assertTrue(incoming.address().direct());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/save burn | save burn | true",
        "/save@reckon_test_bot burn | save burn | true",
        "/SAVE@RECKON_TEST_BOT burn | save burn | true",
        "/help | help | true",
        "/forget_me | forget-me | true",
        "/forget-me | forget-me | true",
        "/my_burn@reckon_test_bot month=3 | my_burn month=3 | true",
        "/ask list primes | list primes | false",
        "/ask@reckon_test_bot list primes | list primes | false",
        "@reckon_test_bot list primes | list primes | false",
        "list primes, @Reckon_Test_Bot | list primes, | false"
      })
  void isSpokenToInAGroup(String text, String words, boolean command) {
    assertEquals(new Text(words, command), taken(group(text, it -> {})).content());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "just talking",
        "/save@another_bot burn",
        "/unknown_word",
        "mail@reckon_test_bot.example",
        "@reckon_test_bot_2 hello"
      })
  void isNotMeantInAGroup(String text) {
    assertEquals(Optional.empty(), read(group(text, it -> {})));
  }

  @Test
  void aReplyToItsMessageIsARequest() {
    ObjectNode ours = People.message(GROUP, BEN, 4, it -> it.put("text", "42"));
    ours.set("from", People.bot());
    Incoming incoming = taken(group("now only for 2024", it -> it.set("reply_to_message", ours)));
    assertEquals(new Text("now only for 2024", false), incoming.content());
    assertEquals(List.of(), incoming.attachments());
  }

  @Test
  void askInReplyToAFileTakesThatFile() {
    ObjectNode file =
        People.message(
            GROUP, ANNA, 4, it -> it.set("document", People.file("f1", "sales.csv", 123)));
    Incoming incoming =
        taken(group("/ask revenue by month", it -> it.set("reply_to_message", file)));
    assertEquals(new Text("revenue by month", false), incoming.content());
    assertEquals(List.of(new Attachment.Remote("sales.csv", "f1", 123)), incoming.attachments());
  }

  @Test
  void askInReplyToATextTakesThatText() {
    ObjectNode text = People.message(GROUP, ANNA, 4, it -> it.put("text", "3, 5, 8"));
    Incoming incoming = taken(group("/ask the sum", it -> it.set("reply_to_message", text)));
    assertEquals(
        new Text("the sum\n\nThe message this replies to:\n3, 5, 8", false), incoming.content());
  }

  @Test
  void aCaptionIsTheRequestOfItsFile() {
    Incoming incoming = taken(People.document(ANNA, ANNA, 6, "f2", "a.csv", 10, "average salary"));
    assertEquals(new Text("average salary", false), incoming.content());
    assertEquals(List.of(new Attachment.Remote("a.csv", "f2", 10)), incoming.attachments());
    assertEquals(
        new Text("", false), taken(People.document(ANNA, ANNA, 7, "f3", "b.csv", 1, "")).content());
  }

  private static Consumer<ObjectNode> formatted(String property, String type, int at, int length) {
    return it ->
        it.putArray(property).addObject().put("type", type).put("offset", at).put("length", length);
  }

  @Test
  void whatTheClientTookForFormattingIsReadBack() {
    Consumer<ObjectNode> bold = formatted("entities", "bold", 12, 6);
    assertEquals(
        new Text("run print(2**10 + 3**2)", true),
        taken(group("/run print(210 + 32)", bold)).content());
    ObjectNode captioned = People.document(ANNA, ANNA, 6, "f2", "a.csv", 10, "sum of 23 by name");
    formatted("caption_entities", "bold", 8, 1).accept((ObjectNode) captioned.get("message"));
    assertEquals(new Text("sum of 2**3** by name", false), taken(captioned).content());
    ObjectNode edit =
        People.message(
            ANNA,
            ANNA,
            5,
            it -> {
              it.put("text", "is init a method?").put("edit_date", 1);
              formatted("entities", "italic", 3, 4).accept(it);
            });
    assertEquals(
        "is __init__ a method?",
        ((Content.Edited) taken(People.update("edited_message", edit)).content()).text());
    ObjectNode quoted =
        People.message(
            GROUP,
            ANNA,
            4,
            it -> {
              it.put("text", "210");
              formatted("entities", "bold", 1, 2).accept(it);
            });
    assertEquals(
        new Text("value?\n\nThe message this replies to:\n2**10**", false),
        taken(group("/ask value?", it -> it.set("reply_to_message", quoted))).content());
  }

  @Test
  void aTopicIsAConversationOfItsOwn() {
    Incoming topic =
        taken(group("/ask x", it -> it.put("message_thread_id", 31).put("is_topic_message", true)));
    assertEquals("telegram/-500/31", topic.conversation().value());
    assertEquals("-500/31#9", topic.address().target());
    assertEquals("-500", topic.address().channel());
    assertEquals("telegram/-500", topic.team().id());
    Incoming own =
        taken(
            People.update(
                "message",
                People.message(
                    ANNA,
                    ANNA,
                    9,
                    it ->
                        it.put("text", "x")
                            .put("message_thread_id", 7)
                            .put("is_topic_message", true))));
    assertEquals(
        "telegram/" + ANNA + "/7", own.conversation().value(), "a private chat has topics");
    assertEquals(ANNA + "/7", own.address().target());
    assertTrue(own.address().direct());
    Incoming thread = taken(group("/ask x", it -> it.put("message_thread_id", 8)));
    assertEquals("telegram/-500", thread.conversation().value());
  }

  @Test
  void anEditNamesTheDeliveryThatItChanges() {
    Incoming first = taken(People.text(ANNA, ANNA, 5, "average of 1, 2"));
    Incoming edited =
        taken(
            People.update(
                "edited_message",
                People.message(
                    ANNA, ANNA, 5, it -> it.put("text", "average of 1, 3").put("edit_date", 1))));
    assertEquals(
        new Content.Edited(first.delivery(), "average of 1, 3", false, true), edited.content());
    assertEquals("telegram/4242/edit/77", edited.delivery());
  }

  @Test
  void aPressCarriesItsAction() {
    Incoming incoming = taken(People.press(GROUP, BEN, "q9", 5, "show_evidence:17"));
    assertEquals(new Content.Pressed(new Action(Verb.SHOW_EVIDENCE, 17), ""), incoming.content());
    assertEquals("telegram/7002", incoming.person().id());
    for (Verb verb : Verb.values()) {
      String data = ButtonData.of(new Action(verb, Long.MAX_VALUE));
      assertTrue(data.length() <= 64, data);
      assertEquals(Optional.of(new Action(verb, Long.MAX_VALUE)), ButtonData.parse(data));
    }
  }

  @Test
  void aGroupsMoveIsToldOnceWhicheverSideTellsIt() {
    ObjectNode old =
        People.update(
            "message",
            People.message(GROUP, BEN, 50, it -> it.put("migrate_to_chat_id", -100_777L)));
    ObjectNode now =
        People.update(
            "message",
            People.message(-100_777L, BEN, 1, it -> it.put("migrate_from_chat_id", GROUP)));
    Incoming moved = taken(old);
    assertEquals(moved.delivery(), taken(now).delivery());
    assertEquals("telegram/-500", moved.conversation().value());
    Content.Moved content = (Content.Moved) moved.content();
    assertEquals("telegram/-100777", content.conversation().value());
    assertEquals("telegram/-100777", content.team().id());
    assertEquals("-100777", content.address().target());
  }

  @Test
  void otherBotsAndChannelsAreLeftAlone() {
    ObjectNode bot = People.message(ANNA, ANNA, 5, it -> it.put("text", "hello"));
    bot.set("from", People.bot());
    assertEquals(Optional.empty(), read(People.update("message", bot)));
    ObjectNode post = People.message(GROUP, BEN, 5, it -> it.put("text", "/ask x"));
    ((ObjectNode) post.get("chat")).put("type", "channel");
    assertEquals(Optional.empty(), read(People.update("message", post)));
    assertEquals(Optional.empty(), read(People.update("channel_post", post)));
    assertEquals(
        Optional.empty(), read(group("/ask x", it -> it.put("is_automatic_forward", true))));
  }

  @Test
  void anAdministratorMayWriteInTheGroupsName() {
    ObjectNode message = People.message(GROUP, 1_087_968_824, 5, it -> it.put("text", "/ask x"));
    ((ObjectNode) message.get("from")).put("is_bot", true);
    message.set("sender_chat", People.chat(GROUP));
    Incoming incoming = taken(People.update("message", message));
    assertEquals("telegram/-500", incoming.person().id());
    assertEquals(Role.ADMINISTRATOR, incoming.person().role());
  }

  @Test
  void joiningAndPinningSayNothing() {
    assertEquals(
        Optional.empty(),
        read(
            People.update(
                "message",
                People.message(
                    ANNA, ANNA, 5, it -> it.putArray("new_chat_members").add(People.bot())))));
  }
}
