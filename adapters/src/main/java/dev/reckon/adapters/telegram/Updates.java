package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * Parses updates one by one, so that one which the library cannot parse does not block the others.
 */
final class Updates {
  private static final Logger log = LoggerFactory.getLogger(Updates.class);
  private static final JsonMapper json =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What Reckon has a use for. */
  static final List<String> KINDS = List.of("message", "edited_message", "callback_query");

  private Updates() {}

  /**
   * One update; where only its id can be read, an empty one with that id.
   *
   * @throws JsonProcessingException when it is no JSON object
   */
  static Update read(String body) throws JsonProcessingException {
    JsonNode node = json.readTree(body);
    if (!node.isObject()) {
      throw new JsonParseException(null, "an update is a JSON object");
    }
    return read(node);
  }

  private static Update read(JsonNode node) {
    try {
      return json.treeToValue(node, Update.class);
    } catch (JsonProcessingException e) {
      Update empty = new Update();
      empty.setUpdateId(node.path("update_id").asInt());
      log.error(
          "update {} cannot be read and is left out: {}",
          empty.getUpdateId(),
          e instanceof JsonMappingException where ? where.getPathReference() : "not JSON");
      return empty;
    }
  }

  /** The library's request, with the answer read one by one. */
  static final class Request extends GetUpdates {
    @Serial private static final long serialVersionUID = 1;

    private final transient IntConsumer countedAnew;

    /**
     * A request.
     *
     * @param countedAnew told the first id when all are below the offset: after a week without
     *     updates Telegram takes any id for the next
     */
    Request(int offset, int seconds, IntConsumer countedAnew) {
      super(offset, 100, seconds, KINDS);
      this.countedAnew = countedAnew;
    }

    @Override
    @SuppressWarnings("NonApiType") // the library's signature
    public ArrayList<Update> deserializeResponse(String answer) throws TelegramApiRequestException {
      try {
        ArrayList<Update> updates = new ArrayList<>();
        for (JsonNode node : json.readTree(answer).path("result")) {
          if (node.isObject()) {
            updates.add(read(node));
          }
        }
        if (!updates.isEmpty() && updates.getLast().getUpdateId() < getOffset()) {
          countedAnew.accept(updates.getFirst().getUpdateId());
        }
        return updates;
      } catch (JsonProcessingException e) {
        throw new TelegramApiRequestException("Unable to deserialize response", e);
      }
    }
  }
}
