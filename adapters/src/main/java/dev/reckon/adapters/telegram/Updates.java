package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * Parses updates one by one, so that one which the library cannot parse does not block the others.
 */
final class Updates {
  private static final Logger LOG = LoggerFactory.getLogger(Updates.class);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What Reckon has a use for. */
  static final List<String> KINDS =
      List.of("message", "edited_message", "callback_query", "inline_query", "guest_message");

  /** More parts of one update that cannot be read than any version adds. */
  private static final int MOST_LEFT_OUT = 20;

  private Updates() {}

  /**
   * One update; where only its id can be read, an empty one with that id.
   *
   * @throws JsonProcessingException when it is no JSON object
   */
  static Update read(String body) throws JsonProcessingException {
    JsonNode node = JSON.readTree(body);
    if (!node.isObject()) {
      throw new JsonParseException(null, "an update is a JSON object");
    }
    return read(node);
  }

  private static Update read(JsonNode node) {
    JsonNode rest = node;
    for (int i = 0; i < MOST_LEFT_OUT; i++) {
      try {
        Update update = JSON.treeToValue(rest, Update.class);
        update.setUpdateId(node.path("update_id").asInt()); // none is 0, as in what is left out
        return update;
      } catch (JsonMappingException e) {
        JsonNode smaller = rest.deepCopy();
        if (!leftOut(smaller, e.getPath())) {
          break;
        }
        LOG.warn(
            "a part of update {} is not known to this version and is left out: {}",
            node.path("update_id").asInt(),
            e.getPathReference());
        rest = smaller;
      } catch (JsonProcessingException e) {
        break;
      }
    }
    Update empty = new Update();
    empty.setUpdateId(node.path("update_id").asInt());
    LOG.error("update {} cannot be read and is ignored", empty.getUpdateId());
    return empty;
  }

  /**
   * Removes the innermost part on the way to what cannot be read, so that a message with a new kind
   * of attachment keeps its text.
   */
  private static boolean leftOut(JsonNode update, List<JsonMappingException.Reference> path) {
    JsonNode parent = update;
    JsonMappingException.@Nullable Reference last = null;
    JsonNode at = update;
    for (JsonMappingException.Reference step : path) {
      String field = step.getFieldName();
      JsonNode next = field == null ? at.path(step.getIndex()) : at.path(field);
      if (next.isMissingNode()) {
        break;
      }
      parent = at;
      last = step;
      at = next;
    }
    if (last == null) {
      return false;
    }
    if (parent instanceof ObjectNode object && last.getFieldName() != null) {
      return object.remove(last.getFieldName()) != null;
    }
    return parent instanceof ArrayNode array && array.remove(last.getIndex()) != null;
  }

  /** The library's request, with the answer read one by one. */
  static final class Request extends GetUpdates {
    @Serial private static final long serialVersionUID = 1;

    private final transient IntConsumer renumbered;

    /**
     * A request.
     *
     * @param renumbered told the first id when all are below the offset: after a week without
     *     updates Telegram takes any id for the next
     */
    Request(int offset, int seconds, IntConsumer renumbered) {
      super(offset, 100, seconds, KINDS);
      this.renumbered = renumbered;
    }

    @Override
    @SuppressWarnings("NonApiType") // the library's signature
    public ArrayList<Update> deserializeResponse(String answer) throws TelegramApiRequestException {
      try {
        ArrayList<Update> updates = new ArrayList<>();
        for (JsonNode node : JSON.readTree(answer).path("result")) {
          if (node.isObject()) {
            updates.add(read(node));
          }
        }
        if (!updates.isEmpty() && updates.getLast().getUpdateId() < getOffset()) {
          renumbered.accept(updates.getFirst().getUpdateId());
        }
        return updates;
      } catch (JsonProcessingException e) {
        throw new TelegramApiRequestException("Unable to deserialize response", e);
      }
    }
  }
}
