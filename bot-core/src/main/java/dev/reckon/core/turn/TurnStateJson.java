package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Set;

/**
 * A turn's state as readable JSON with a format version. Fields that are not known are skipped and
 * lists that are missing are empty, so that neighbouring versions read each other's turns. Safe for
 * use by any number of threads.
 */
public final class TurnStateJson {
  /** Changes when an older state can no longer be read as it is. */
  public static final int FORMAT = 1;

  private static final String FORMAT_FIELD = "format";

  private final JsonMapper json;

  public TurnStateJson() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
    JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    builder.withConfigOverride(List.class, override -> override.setSetterInfo(empty));
    builder.withConfigOverride(Set.class, override -> override.setSetterInfo(empty));
    json = builder.build();
  }

  /** The state as one line of JSON. */
  public String write(TurnState state) {
    ObjectNode node = json.createObjectNode().put(FORMAT_FIELD, FORMAT);
    node.setAll((ObjectNode) json.valueToTree(state));
    return node.toString();
  }

  /**
   * The state that was written.
   *
   * @throws IllegalArgumentException if the text is no state of a format known here
   */
  public TurnState read(String text) {
    try {
      JsonNode node = json.readTree(text);
      if (!(node instanceof ObjectNode object) || !object.path(FORMAT_FIELD).isInt()) {
        throw new IllegalArgumentException("This is no saved turn.");
      }
      int format = object.path(FORMAT_FIELD).intValue();
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "The turn was saved in format " + format + ", this version reads " + FORMAT + ".");
      }
      object.remove(FORMAT_FIELD);
      return json.treeToValue(object, TurnState.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The saved turn cannot be read.", e);
    }
  }
}
