package dev.reckon.adapters.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.answer.AnswerJson;
import dev.reckon.core.delivery.Answer;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.turn.TurnResult;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * What the tools do. Calls of one caller run one after another, so that none waits for a place that
 * another holds. Safe for use by any number of threads.
 */
public final class ReckonTools {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FILES = 20;

  private final DirectClient client;
  private final Computations computations;
  private final Files files;
  private final ToolCaller caller;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock(true);

  public ReckonTools(
      DirectClient client,
      Computations computations,
      Files files,
      ToolCaller caller,
      InstantSource clock) {
    this.client = client;
    this.computations = computations;
    this.files = files;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * What a tool answered.
   *
   * @param text for a model to read
   * @param data the same with its evidence, a JSON object
   * @param error whether nothing was computed
   */
  public record Outcome(String text, ObjectNode data, boolean error) {
    static Outcome refused(String reason) {
      return new Outcome(reason, JSON.createObjectNode().put("error", reason), true);
    }
  }

  /** Answers a request in plain words. */
  public Outcome ask(Map<String, Object> arguments) throws InterruptedException {
    return computed(arguments, "", text(arguments, "request"), true);
  }

  /** Runs a program as it is, without a model. */
  public Outcome run(Map<String, Object> arguments) throws InterruptedException {
    return computed(arguments, "run ", text(arguments, "code"), false);
  }

  /** Runs a saved computation of the team. */
  public Outcome savedRun(Map<String, Object> arguments) throws InterruptedException {
    StringBuilder command = new StringBuilder(text(arguments, "name"));
    if (arguments.get("values") instanceof Map<?, ?> values) {
      for (Map.Entry<?, ?> value : values.entrySet()) {
        String given = String.valueOf(value.getValue());
        if (given.indexOf('"') >= 0) {
          return Outcome.refused("A value must not contain the character \".");
        }
        command.append(' ').append(value.getKey()).append("=\"").append(given).append('"');
      }
    }
    return computed(arguments, "do ", command.toString(), false);
  }

  private Outcome computed(
      Map<String, Object> arguments, String command, String text, boolean request)
      throws InterruptedException {
    if (text.isBlank()) {
      return Outcome.refused("An argument is missing or empty; the tool's schema names it.");
    }
    List<Attachment> attached;
    try {
      attached = attached(arguments);
    } catch (IllegalArgumentException e) {
      return Outcome.refused(String.valueOf(e.getMessage()));
    }
    Incoming incoming = incoming(arguments, command + text, !request, attached);
    turn.lockInterruptibly();
    try {
      Optional<Answer> answer =
          request
              ? Optional.of(client.ask(incoming, event -> {}))
              : client.handle(incoming, event -> {});
      return answer.map(ReckonTools::outcome).orElseGet(() -> Outcome.refused("No answer."));
    } finally {
      turn.unlock();
    }
  }

  private Incoming incoming(
      Map<String, Object> arguments, String text, boolean command, List<Attachment> attached) {
    ConversationId conversation = conversation(arguments);
    return new Incoming(
        caller.surface() + "/tools/" + UUID.randomUUID(),
        conversation,
        caller.team(),
        caller.person(),
        caller.address(conversation),
        new Content.Text(text, command),
        attached,
        clock.instant());
  }

  private ConversationId conversation(Map<String, Object> arguments) {
    String name = text(arguments, "conversation");
    return caller.conversation(name.isBlank() ? "default" : name);
  }

  private static Outcome outcome(Answer answer) {
    TurnResult result = answer.result();
    if (result == null) {
      return Outcome.refused(words(answer.reply()));
    }
    ObjectNode data = AnswerJson.of(result, answer.notices());
    List<String> text = new ArrayList<>();
    text.add("Status: " + data.path("status").asText() + ". " + result.message().strip());
    if (!result.output().isBlank()) {
      text.add("Output:\n" + result.output().strip());
    }
    if (!result.code().isBlank()) {
      text.add("Code:\n" + result.code().strip());
    }
    text.addAll(answer.notices());
    return new Outcome(String.join("\n\n", text), data, !result.status().isReplied());
  }

  private static String words(Reply reply) {
    String blocks =
        reply.blocks().stream()
            .map(block -> block instanceof Block.Text(String text) ? "\n" + text : "")
            .collect(Collectors.joining());
    return reply.headline() + blocks;
  }

  /** Lists the team's saved computations. */
  public Outcome savedList() {
    ObjectNode data = JSON.createObjectNode();
    ArrayNode all = data.putArray("computations");
    for (SavedComputation saved : computations.list(caller.team().id())) {
      ObjectNode one = all.addObject();
      one.put("name", saved.name())
          .put("version", saved.version())
          .put("request", saved.request())
          .put("status", saved.flag() == null ? saved.status() : "disputed")
          .put("saved_by", saved.savedByName())
          .put("saved_at", saved.savedAt().toString());
      ArrayNode parameters = one.putArray("parameters");
      saved
          .parameters()
          .forEach(
              parameter ->
                  parameters
                      .addObject()
                      .put("name", parameter.name())
                      .put("type", parameter.type().name().toLowerCase(Locale.ROOT))
                      .put("default", parameter.defaultValue()));
      saved.files().forEach(one.putArray("files")::add);
      saved.columns().forEach(one.putArray("columns")::add);
    }
    return told(data);
  }

  /** Lists the files of a conversation, or reads one. */
  public Outcome files(Map<String, Object> arguments) {
    ConversationId conversation = conversation(arguments);
    String name = text(arguments, "name");
    if (!name.isBlank()) {
      return files
          .find(conversation, name)
          .flatMap(file -> files.read(file.id()))
          .map(content -> read(name, content))
          .orElseGet(() -> Outcome.refused("There is no file " + name + " here."));
    }
    ObjectNode data = JSON.createObjectNode();
    ArrayNode all = data.putArray("files");
    for (Files.StoredFile file : files.list(conversation)) {
      all.addObject()
          .put("name", file.name())
          .put("bytes", file.bytes())
          .put("made_by_a_run", file.turn() > 0)
          .put("created_at", file.createdAt().toString());
    }
    return told(data);
  }

  private static Outcome read(String name, byte[] content) {
    ObjectNode data = JSON.createObjectNode().put("name", name);
    try {
      data.put(
          "text", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException _) {
      data.put("base64", Base64.getEncoder().encodeToString(content));
    }
    return told(data);
  }

  private static Outcome told(ObjectNode data) {
    try {
      return new Outcome(
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(data), data, false);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree could not be written", e);
    }
  }

  private static String text(Map<String, Object> arguments, String name) {
    return arguments.get(name) instanceof String text ? text : "";
  }

  private static List<Attachment> attached(Map<String, Object> arguments) {
    List<Attachment> attached = new ArrayList<>();
    if (arguments.get("files") instanceof List<?> given) {
      if (given.size() > MOST_FILES) {
        throw new IllegalArgumentException("At most " + MOST_FILES + " files come with a call.");
      }
      given.forEach(file -> attached.add(attachment(file)));
    }
    return attached;
  }

  private static Attachment attachment(Object given) {
    if (!(given instanceof Map<?, ?> file) || !(file.get("name") instanceof String name)) {
      throw new IllegalArgumentException("A file needs a name, and text or base64.");
    }
    if (file.get("text") instanceof String text) {
      return new Attachment.Inline(name, text.getBytes(StandardCharsets.UTF_8));
    }
    if (file.get("base64") instanceof String encoded) {
      try {
        return new Attachment.Inline(name, Base64.getDecoder().decode(encoded));
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException("What is given as base64 of " + name + " is none.");
      }
    }
    throw new IllegalArgumentException("The file " + name + " needs text or base64.");
  }
}
