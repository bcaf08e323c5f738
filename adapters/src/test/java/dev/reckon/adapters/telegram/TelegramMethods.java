package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.telegram.FakeChat.SentFile;
import dev.reckon.adapters.telegram.FakeChat.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The methods of the fake server, with the words that Telegram refuses in. */
final class TelegramMethods {
  private static final int TEXT_LIMIT = 4096;
  private static final int CAPTION_LIMIT = 1024;
  private static final int PHOTO_LIMIT = 10_000_000;
  private static final int UPLOAD_LIMIT = 50_000_000;
  private static final int DOWNLOAD_LIMIT = 20_000_000;

  private final FakeTelegram telegram;

  TelegramMethods(FakeTelegram telegram) {
    this.telegram = telegram;
  }

  /** A refusal on the way to an answer. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;
    private final transient ObjectNode parameters;

    Refusal(int code, String words) {
      this(code, words, TelegramJson.object());
    }

    Refusal(int code, String words, ObjectNode parameters) {
      super(words);
      this.code = code;
      this.parameters = parameters;
    }
  }

  TelegramAnswer answer(String method, JsonNode arguments) {
    try {
      return switch (method) {
        case "getme" -> me();
        case "deletewebhook" -> {
          telegram.webhook = Optional.empty();
          yield yes();
        }
        case "setwebhook" -> {
          telegram.webhook = Optional.of(arguments);
          yield yes();
        }
        case "getwebhookinfo" -> webhook();
        case "setmycommands" -> menu(arguments);
        case "sendmessage" -> send(arguments);
        case "sendrichmessage" -> sendRich(arguments);
        case "editmessagetext" -> edit(arguments);
        case "deletemessage" -> delete(arguments);
        case "senddocument" -> upload(arguments, "document");
        case "sendphoto" -> upload(arguments, "photo");
        case "sendmediagroup" -> album(arguments);
        case "sendmessagedraft" -> draft(arguments);
        case "sendchataction" -> {
          chat(arguments).typing++;
          yield yes();
        }
        case "answercallbackquery" -> pressed(arguments);
        case "getfile" -> file(arguments);
        case "answerguestquery" -> guest(arguments);
        case "answerinlinequery" -> inline(arguments);
        case "getchatmember" -> member(arguments);
        default -> throw new Refusal(404, "Not Found: method not found");
      };
    } catch (Refusal e) {
      return new TelegramAnswer(e.code, String.valueOf(e.getMessage()), e.parameters);
    }
  }

  private static TelegramAnswer yes() {
    return TelegramAnswer.success(BooleanNode.TRUE);
  }

  private TelegramAnswer me() {
    return TelegramAnswer.success(
        TelegramJson.object()
            .put("id", FakeTelegram.BOT)
            .put("is_bot", true)
            .put("first_name", "Reckon")
            .put("username", FakeTelegram.USERNAME)
            .put("can_read_all_group_messages", telegram.readsAll));
  }

  private TelegramAnswer webhook() {
    ObjectNode info =
        TelegramJson.object()
            .put("url", telegram.webhook.map(it -> it.path("url").asText()).orElse(""))
            .put("has_custom_certificate", false)
            .put("pending_update_count", 0);
    telegram.webhookError.ifPresent(words -> info.put("last_error_message", words));
    return TelegramAnswer.success(info);
  }

  private TelegramAnswer menu(JsonNode arguments) throws Refusal {
    telegram.menu.clear();
    for (JsonNode command : arguments.path("commands")) {
      String name = command.path("command").asText();
      if (!name.matches("[a-z0-9_]{1,32}") || command.path("description").asText().isBlank()) {
        throw new Refusal(400, "Bad Request: BOT_COMMAND_INVALID");
      }
      telegram.menu.add(name);
    }
    return yes();
  }

  private FakeChat chat(JsonNode arguments) throws Refusal {
    long id = arguments.path("chat_id").asLong();
    FakeChat chat = telegram.chats.get(id);
    if (chat == null || chat.gone) {
      throw new Refusal(400, "Bad Request: chat not found");
    }
    if (chat.blocked) {
      throw new Refusal(403, "Forbidden: bot was blocked by the user");
    }
    if (chat.movedTo.isPresent()) {
      throw new Refusal(
          400,
          "Bad Request: group chat was upgraded to a supergroup chat",
          TelegramJson.object().put("migrate_to_chat_id", chat.movedTo.get()));
    }
    return chat;
  }

  private int topic(FakeChat chat, JsonNode arguments) throws Refusal {
    int topic = arguments.path("message_thread_id").asInt();
    if (topic != 0 && !chat.topics.contains(topic)) {
      throw new Refusal(400, "Bad Request: message thread not found");
    }
    return topic;
  }

  /** At most so many in any second, with room for none more. */
  private void pace(FakeChat chat) throws Refusal {
    long now = System.nanoTime();
    while (!chat.sends.isEmpty() && chat.sends.getFirst() < now - 1_000_000_000L) {
      chat.sends.removeFirst();
    }
    if (chat.sends.size() >= telegram.perSecond) {
      throw new Refusal(
          429, "Too Many Requests: retry after 1", TelegramJson.object().put("retry_after", 1));
    }
    chat.sends.addLast(now);
  }

  private static String read(JsonNode arguments, String field) throws Refusal {
    String text = arguments.path(field).asText("");
    if (arguments.path("parse_mode").asText("").isEmpty()) {
      return text;
    }
    try {
      return TelegramHtml.parse(text).text();
    } catch (TelegramHtml.Refused e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }

  private static String message(JsonNode arguments) throws Refusal {
    String text = read(arguments, "text");
    if (text.isBlank()) {
      throw new Refusal(400, "Bad Request: message text is empty");
    }
    if (text.length() > TEXT_LIMIT) {
      throw new Refusal(400, "Bad Request: message is too long");
    }
    return text;
  }

  private static JsonNode markup(JsonNode arguments) throws Refusal {
    JsonNode markup = arguments.path("reply_markup");
    for (String data : markup.findValuesAsText("callback_data")) {
      if (data.isEmpty() || data.length() > 64) {
        throw new Refusal(400, "Bad Request: BUTTON_DATA_INVALID");
      }
    }
    return markup;
  }

  private TelegramAnswer send(JsonNode arguments) throws Refusal {
    FakeChat chat = chat(arguments);
    int topic = topic(chat, arguments);
    String text = message(arguments);
    JsonNode markup = markup(arguments);
    pace(chat);
    return show(
        chat,
        new Shown(
            chat.nextMessage(),
            topic,
            arguments.path("text").asText(),
            text,
            markup,
            Optional.empty(),
            0));
  }

  private TelegramAnswer sendRich(JsonNode arguments) throws Refusal {
    if (!telegram.takesRich) {
      throw new Refusal(404, "Not Found: method not found");
    }
    FakeChat chat = chat(arguments);
    int topic = topic(chat, arguments);
    String html = rich(arguments);
    JsonNode markup = markup(arguments);
    pace(chat);
    return show(
        chat,
        new Shown(
            chat.nextMessage(), topic, html, RichHtml.text(html), markup, Optional.empty(), 0));
  }

  private static String rich(JsonNode arguments) throws Refusal {
    JsonNode message = arguments.path("rich_message");
    String html = message.path("html").asText();
    List<String> wrong = RichHtml.mistakes(html);
    if (message.has("markdown") || message.has("blocks") || !wrong.isEmpty()) {
      throw new Refusal(400, "Bad Request: can't parse rich message: " + wrong);
    }
    return html;
  }

  private TelegramAnswer edit(JsonNode arguments) throws Refusal {
    if (arguments.has("inline_message_id")) {
      return editGuest(arguments);
    }
    FakeChat chat = chat(arguments);
    Shown old = chat.messages.get(arguments.path("message_id").asInt());
    if (old == null) {
      throw new Refusal(400, "Bad Request: message to edit not found");
    }
    if (old.file().isPresent()) {
      throw new Refusal(400, "Bad Request: there is no text in the message to edit");
    }
    boolean toRich = telegram.takesRich && arguments.has("rich_message");
    String html = toRich ? rich(arguments) : arguments.path("text").asText();
    String text = toRich ? RichHtml.text(html) : message(arguments);
    JsonNode markup = markup(arguments);
    pace(chat);
    if (html.equals(old.html()) && markup.equals(old.markup())) {
      throw new Refusal(
          400,
          "Bad Request: message is not modified: specified new message content and reply markup are"
              + " exactly the same as a current content and reply markup of the message");
    }
    return show(
        chat,
        new Shown(old.id(), old.topic(), html, text, markup, Optional.empty(), old.edits() + 1));
  }

  private TelegramAnswer delete(JsonNode arguments) throws Refusal {
    if (chat(arguments).messages.remove(arguments.path("message_id").asInt()) == null) {
      throw new Refusal(400, "Bad Request: message to delete not found");
    }
    return yes();
  }

  private TelegramAnswer upload(JsonNode arguments, String field) throws Refusal {
    FakeChat chat = chat(arguments);
    int topic = topic(chat, arguments);
    String caption = caption(arguments);
    SentFile file = file(arguments, arguments.path(field).asText(), field);
    pace(chat);
    return show(chat, shown(chat, topic, caption, file));
  }

  /** Two to ten photos, or none of them. */
  private TelegramAnswer album(JsonNode arguments) throws Refusal {
    FakeChat chat = chat(arguments);
    int topic = topic(chat, arguments);
    JsonNode media;
    try {
      media = TelegramJson.read(arguments.path("media").asText());
    } catch (IOException e) {
      throw new Refusal(400, "Bad Request: can't parse media JSON object");
    }
    if (media.size() < 2 || media.size() > 10) {
      throw new Refusal(400, "Bad Request: wrong number of messages in an album");
    }
    List<Shown> photos = new ArrayList<>();
    for (JsonNode each : media) {
      SentFile file = file(arguments, each.path("media").asText(), each.path("type").asText());
      photos.add(shown(chat, topic, caption(each), file));
    }
    pace(chat);
    ArrayNode sent = TelegramJson.array();
    for (Shown photo : photos) {
      chat.messages.put(photo.id(), photo);
      telegram.timeline.posted(chat.id, photo.id());
      sent.add(message(chat, photo));
    }
    return TelegramAnswer.success(sent);
  }

  private static Shown shown(FakeChat chat, int topic, String caption, SentFile file) {
    return new Shown(
        chat.nextMessage(), topic, "", caption, TelegramJson.object(), Optional.of(file), 0);
  }

  private static String caption(JsonNode arguments) throws Refusal {
    String caption = arguments.path("caption").asText("");
    if (caption.length() > CAPTION_LIMIT) {
      throw new Refusal(400, "Bad Request: message caption is too long");
    }
    return caption;
  }

  private static SentFile file(JsonNode arguments, String attach, String kind) throws Refusal {
    JsonNode file = arguments.path("file:" + attach.replaceFirst("^attach://", ""));
    byte[] content;
    try {
      content = file.path("bytes").binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!attach.startsWith("attach://") || content == null || content.length == 0) {
      throw new Refusal(400, "Bad Request: file must be non-empty");
    }
    if (content.length > UPLOAD_LIMIT) {
      throw new Refusal(413, "Request Entity Too Large");
    }
    if (kind.equals("photo")) {
      requirePhoto(content);
    }
    return new SentFile(kind, file.path("name").asText(), content);
  }

  private static void requirePhoto(byte[] content) throws Refusal {
    if (content.length > PHOTO_LIMIT) {
      throw new Refusal(400, "Bad Request: file is too big");
    }
    if ((content[0] & 0xFF) == 0xFF) {
      return;
    }
    if ((content[0] & 0xFF) != 0x89 || content.length < 24) {
      throw new Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED");
    }
    int width = ByteBuffer.wrap(content).getInt(16);
    int height = ByteBuffer.wrap(content).getInt(20);
    if (width + height > 10_000 || width > 20 * height || height > 20 * width) {
      throw new Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
    }
  }

  private TelegramAnswer show(FakeChat chat, Shown message) {
    if (chat.messages.put(message.id(), message) == null) {
      telegram.timeline.posted(chat.id, message.id());
    }
    return TelegramAnswer.success(message(chat, message));
  }

  private static JsonNode message(FakeChat chat, Shown message) {
    return TelegramJson.object()
        .put("message_id", message.id())
        .put("date", 1_790_000_000)
        .put("text", message.text())
        .set("chat", People.chat(chat.id));
  }

  private TelegramAnswer draft(JsonNode arguments) throws Refusal {
    FakeChat chat = chat(arguments);
    if (!telegram.takesDrafts) {
      throw new Refusal(404, "Not Found: method not found");
    }
    if (chat.id < 0 || arguments.path("draft_id").asInt() == 0) {
      throw new Refusal(400, "Bad Request: TEXTDRAFT_PEER_INVALID");
    }
    chat.drafts.add(message(arguments));
    return yes();
  }

  private TelegramAnswer pressed(JsonNode arguments) throws Refusal {
    String id = arguments.path("callback_query_id").asText();
    if (telegram.answered.stream().anyMatch(it -> it.startsWith(id + " "))) {
      throw new Refusal(400, "Bad Request: query is too old and response timeout expired");
    }
    if (arguments.path("text").asText("").length() > 200) {
      throw new Refusal(400, "Bad Request: MESSAGE_TOO_LONG");
    }
    telegram.answered.add(id + " " + arguments.path("text").asText(""));
    telegram.timeline.answered(id, arguments.path("text").asText(""));
    return yes();
  }

  /** Once, while the person waits, and only in the shapes that clients can show. */
  private TelegramAnswer inline(JsonNode arguments) throws Refusal {
    String id = arguments.path("inline_query_id").asText();
    if (!telegram.inlineQueries.remove(id)) {
      throw new Refusal(
          400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
    }
    JsonNode results = arguments.path("results");
    if (!results.isArray() || results.size() > 50) {
      throw new Refusal(400, "Bad Request: RESULTS_TOO_MUCH");
    }
    Set<String> ids = new HashSet<>();
    List<String> texts = new ArrayList<>();
    for (JsonNode result : results) {
      texts.add(article(result));
      if (!ids.add(result.path("id").asText())) {
        throw new Refusal(400, "Bad Request: RESULT_ID_DUPLICATE");
      }
    }
    JsonNode button = arguments.path("button");
    if (!button.isMissingNode()
        && (!button.path("start_parameter").asText().matches("[A-Za-z0-9_-]{1,64}")
            || button.path("text").asText().isBlank()
            || button.path("text").asText().length() > 64)) {
      throw new Refusal(400, "Bad Request: START_PARAM_INVALID");
    }
    telegram.inlineAnswers.put(id, arguments);
    telegram.timeline.offered(id, texts, button.path("text").asText());
    return yes();
  }

  /** One message for each mention, without a chat and its id. */
  private TelegramAnswer guest(JsonNode arguments) throws Refusal {
    String id = arguments.path("guest_query_id").asText();
    if (!telegram.guestQueries.remove(id)) {
      throw new Refusal(
          400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
    }
    String message = "inline-" + id;
    telegram.guestMessages.put(
        message, new ArrayList<>(List.of(article(arguments.path("result")))));
    telegram.timeline.guest(id);
    return TelegramAnswer.success(TelegramJson.object().put("inline_message_id", message));
  }

  private TelegramAnswer editGuest(JsonNode arguments) throws Refusal {
    if (arguments.has("chat_id") || arguments.has("message_id")) {
      throw new Refusal(400, "Bad Request: message identifier is not specified");
    }
    List<String> shown = telegram.guestMessages.get(arguments.path("inline_message_id").asText());
    if (shown == null) {
      throw new Refusal(400, "Bad Request: MESSAGE_ID_INVALID");
    }
    String text = message(arguments);
    if (text.equals(shown.getLast())) {
      throw new Refusal(400, "Bad Request: message is not modified");
    }
    shown.add(text);
    return yes();
  }

  /** An article with a text; what was sent is what a reader sees. */
  private static String article(JsonNode result) throws Refusal {
    String id = result.path("id").asText();
    if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > 64) {
      throw new Refusal(400, "Bad Request: RESULT_ID_INVALID");
    }
    if (!result.path("type").asText().equals("article")
        || result.path("title").asText().isBlank()) {
      throw new Refusal(400, "Bad Request: can't parse inline query result: title is empty");
    }
    JsonNode content = result.path("input_message_content");
    String text = read(content, "message_text");
    if (text.isBlank()) {
      throw new Refusal(400, "Bad Request: message text is empty");
    }
    if (text.length() > TEXT_LIMIT) {
      throw new Refusal(400, "Bad Request: MESSAGE_TOO_LONG");
    }
    return text;
  }

  private TelegramAnswer file(JsonNode arguments) throws Refusal {
    String id = arguments.path("file_id").asText();
    byte[] content =
        telegram
            .content(id)
            .orElseThrow(
                () ->
                    new Refusal(
                        400, "Bad Request: wrong file_id or the file is temporarily unavailable"));
    if (content.length > DOWNLOAD_LIMIT) {
      throw new Refusal(400, "Bad Request: file is too big");
    }
    return TelegramAnswer.success(
        TelegramJson.object().put("file_id", id).put("file_path", "documents/" + id));
  }

  private TelegramAnswer member(JsonNode arguments) throws Refusal {
    long user = arguments.path("user_id").asLong();
    boolean administrator = chat(arguments).administrators.contains(user);
    boolean left = chat(arguments).left.contains(user);
    ObjectNode member =
        TelegramJson.object()
            .put("status", left ? "left" : administrator ? "administrator" : "member");
    if (administrator) {
      Map.of("can_be_edited", false, "is_anonymous", false).forEach(member::put);
    }
    member.set("user", People.user(user, "Somebody"));
    return TelegramAnswer.success(member);
  }
}
