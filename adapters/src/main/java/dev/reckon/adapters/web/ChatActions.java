package dev.reckon.adapters.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.command.Assignments;
import dev.reckon.core.command.ProgramInputs;
import dev.reckon.core.command.ValueForms;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.form.Form;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebMessages.Asked;
import dev.reckon.core.store.WebMessages.WebConversation;
import dev.reckon.core.turn.TurnResult;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What pages of conversations send: messages with files, presses of buttons, scenes. */
final class ChatActions {
  private static final Logger LOG = LoggerFactory.getLogger(ChatActions.class);
  private static final Pattern KEY = Pattern.compile("[0-9A-Za-z-]{8,64}");
  private static final JsonMapper JSON = new JsonMapper();

  private final WebMessages messages;
  private final OpenPages pages;
  private final TurnReader turns;
  private final RunAgainForm inputs;
  private final Computations computations;
  private final Demonstration demonstration;
  private final InstantSource clock;
  private volatile @Nullable Inbox inbox;

  ChatActions(
      WebMessages messages,
      OpenPages pages,
      TurnReader turns,
      RunAgainForm inputs,
      Computations computations,
      Demonstration demonstration,
      InstantSource clock) {
    this.messages = messages;
    this.pages = pages;
    this.turns = turns;
    this.inputs = inputs;
    this.computations = computations;
    this.demonstration = demonstration;
    this.clock = clock;
  }

  /** From now on deliveries can be received. */
  void start(Inbox open) {
    inbox = open;
  }

  /** Whether deliveries can be received. */
  boolean isStarted() {
    return inbox != null;
  }

  /** Receives a message. */
  void send(Context context, Visitor visitor) {
    MessageFrame frame = MessageFrame.of(context.bodyAsBytes());
    if (frame.again() > 0) {
      again(context, visitor, frame);
      return;
    }
    if (!frame.saved().isEmpty()) {
      String text = "do " + frame.saved() + " " + changed(saved(frame.saved(), visitor), frame);
      receive(context, visitor, frame, new Content.Text(text.strip(), true), text.strip());
      return;
    }
    if (frame.text().isBlank() && frame.files().isEmpty()) {
      throw new RefusedRequest(400, "Write something, or attach a file.");
    }
    receive(context, visitor, frame, new Content.Text(frame.text(), frame.command()), frame.text());
  }

  private void receive(
      Context context, Visitor visitor, MessageFrame frame, Content content, String said) {
    ConversationId conversation = mine(frame.conversation(), visitor);
    receive(context, visitor, conversation, frame.key(), said, content, frame.files());
  }

  private Form saved(String name, Visitor visitor) {
    return computations
        .find(visitor.team().id(), name)
        .map(ValueForms::of)
        .orElseThrow(() -> RefusedRequest.notFound("Nothing is saved under that name."));
  }

  /** The values of a form that were changed, as they are typed. */
  private static String changed(Form form, MessageFrame frame) {
    try {
      return switch (form.read(frame.values())) {
        case Form.Entry.Accepted accepted -> Assignments.write(accepted.changed());
        case Form.Entry.Refused refused ->
            throw new RefusedRequest(400, String.join(" ", refused.problems().values()));
      };
    } catch (IllegalArgumentException problem) {
      throw new RefusedRequest(400, String.valueOf(problem.getMessage()));
    }
  }

  /**
   * Runs a program again. Whoever did not ask, or has left the channel since, runs it as a program
   * of their own.
   */
  private void again(Context context, Visitor visitor, MessageFrame frame) {
    TurnRecord turn = turn(frame.again(), visitor);
    TurnResult result = turn.result();
    if (result == null || result.code().isBlank()) {
      throw RefusedRequest.notFound("That answer has no program.");
    }
    ProgramInputs program = inputs.inputs(turn, result.code());
    String values = changed(ValueForms.of(program), frame);
    ConversationId conversation = mine(frame.conversation(), visitor);
    inPlace(turn, conversation, visitor);
    boolean own = turns.hasFiles(turn, visitor.person());
    String said =
        values.isEmpty() ? Label.BUTTON_AGAIN.text() : Label.BUTTON_AGAIN.text() + ": " + values;
    receive(
        context,
        visitor,
        conversation,
        frame.key(),
        conversation.equals(turn.conversation()) ? said : turn.request() + "\n" + said,
        own
            ? new Content.Pressed(new Action(Action.Verb.AGAIN, turn.id()), values)
            : new Content.Text("run " + program.with(Assignments.read(values).orElseThrow()), true),
        frame.files());
  }

  private TurnRecord turn(long id, Visitor visitor) {
    return turns
        .find(id, visitor.person())
        .orElseThrow(() -> RefusedRequest.notFound("That answer is no longer here."));
  }

  /** Each person has one conversation for the runs of a turn, so its files are copied once. */
  private static void inPlace(TurnRecord turn, ConversationId conversation, Visitor visitor) {
    if (!conversation.equals(RunAgainForm.conversation(turn, visitor.person()))) {
      throw RefusedRequest.notFound("That answer does not run again in this conversation.");
    }
  }

  /** Plays a scene of the demonstration. */
  void demonstrate(Context context, Visitor visitor) {
    JsonNode body = body(context);
    int number = body.path("scene").asInt();
    Demonstration.Scene scene =
        demonstration.scenes().stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(() -> RefusedRequest.notFound("There is no such scene."));
    receive(
        context,
        visitor,
        mine(body.path("conversation").asText(), visitor),
        body.path("key").asText(),
        scene.request(),
        new Content.Text(scene.request(), false),
        scene.files());
  }

  /** A button was pressed, or the form that it opens was sent. */
  void press(Context context, Visitor visitor) {
    JsonNode body = body(context);
    Action.Verb verb = verb(body.path("verb").asText());
    Action action = new Action(verb, body.path("turn").asLong());
    ConversationId conversation = mine(body.path("conversation").asText(), visitor);
    boolean ofTurn =
        switch (verb) {
          case CONFIRM, RERUN_EDITED, SUGGESTION -> false;
          default -> true;
        };
    if (ofTurn) {
      TurnRecord turn = turn(action.turn(), visitor);
      if (verb == Action.Verb.AGAIN && !turn.conversation().equals(conversation)) {
        inPlace(turn, conversation, visitor);
        if (!turns.hasFiles(turn, visitor.person())) {
          throw new RefusedRequest(
              403, "Run it again on its own page, where you can attach the files that it opens.");
        }
      }
    }
    String input = body.path("input").asText();
    receive(
        context,
        visitor,
        conversation,
        body.path("key").asText(),
        said(verb, input),
        new Content.Pressed(action, input),
        List.of());
  }

  /** What the page shows of a press; empty where its answer says enough. */
  private static String said(Action.Verb verb, String input) {
    return switch (verb) {
      case AGAIN -> Label.BUTTON_AGAIN.text();
      case EDIT -> Label.BUTTON_EDIT.text();
      case RERUN_EDITED -> Label.BUTTON_RERUN_EDITED.text();
      case WRONG -> input.isBlank() ? Label.BUTTON_WRONG.text() : input;
      case SAVE -> "save " + input;
      case CANCEL, SHOW_CODE, SHOW_EVIDENCE, CHART, SHARE, GOOD, CONFIRM, SUGGESTION -> "";
    };
  }

  private static Action.Verb verb(String name) {
    try {
      return Action.Verb.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new RefusedRequest(400, "There is no such button.");
    }
  }

  private void receive(
      Context context,
      Visitor visitor,
      ConversationId conversation,
      String key,
      String said,
      Content content,
      List<Attachment> files) {
    Inbox open = inbox;
    if (open == null) {
      throw new RefusedRequest(503, "Reckon is starting. Send it again in a moment.");
    }
    if (!KEY.matcher(key).matches()) {
      throw new RefusedRequest(400, "The message could not be read. Reload the page.");
    }
    String delivery = conversation.value() + "/" + key;
    String title;
    try {
      boolean shown = !said.isBlank() || !files.isEmpty();
      if (shown) {
        Asked asked = new Asked(said, files.stream().map(Attachment::name).toList());
        messages.asked(conversation, visitor.person().id(), delivery, asked);
      }
      open.receive(
          new Incoming(
              delivery,
              conversation,
              visitor.team(),
              visitor.person(),
              WebSurface.address(conversation),
              content,
              files,
              clock.instant()));
      title = messages.conversation(conversation).map(WebConversation::title).orElse("…");
    } catch (StoreException e) {
      LOG.warn("A message from the browser could not be stored", e);
      throw new RefusedRequest(503, "The message could not be stored: " + e.getMessage());
    }
    pages.changed(conversation);
    context
        .contentType("application/json")
        .result(
            JSON.createObjectNode()
                .put("chat", Addresses.of(conversation))
                .put("title", title)
                .toString());
  }

  /** The conversation, which may be new, if it is nobody else's. */
  private ConversationId mine(String key, Visitor visitor) {
    ConversationId conversation =
        Addresses.conversation(key)
            .orElseThrow(() -> RefusedRequest.notFound("There is no such conversation."));
    Optional<WebConversation> there = messages.conversation(conversation);
    boolean isTheirs =
        there
            .map(one -> one.person().equals(visitor.person().id()))
            .orElseGet(() -> RunOrigin.mayBegin(conversation, visitor.person().id()));
    if (!isTheirs) {
      throw RefusedRequest.notFound("There is no such conversation.");
    }
    return conversation;
  }

  private static JsonNode body(Context context) {
    try {
      return JSON.readTree(context.bodyAsBytes());
    } catch (JsonProcessingException e) {
      throw new RefusedRequest(400, "The message could not be read. Reload the page.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
