package dev.reckon.adapters.slack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a modal until it is submitted: Slack keeps it with the view, in at most 3,000
 * characters.
 *
 * @param place where the answer goes, as an address's target
 * @param verb the button that opened it, or null when it asks for a new request
 * @param turn the button's turn
 * @param files files of the message that it was opened on
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record FormContext(
    @JsonProperty("p") String place,
    @JsonProperty("v") Action.@Nullable Verb verb,
    @JsonProperty("t") long turn,
    @JsonProperty("f") List<Attachment.Remote> files) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHARACTERS = 3_000;

  @SuppressWarnings({"NullAway", "ConstantValue"}) // Jackson hands null for what the text lacks
  FormContext {
    files = files == null ? List.of() : List.copyOf(files);
  }

  static FormContext request(SlackTarget place, List<Attachment> attachments) {
    List<Attachment.Remote> files =
        attachments.stream()
            .filter(Attachment.Remote.class::isInstance)
            .map(Attachment.Remote.class::cast)
            .toList();
    return new FormContext(place.address().target(), null, 0, files);
  }

  static FormContext button(SlackTarget place, Action action) {
    return new FormContext(place.address().target(), action.verb(), action.turn(), List.of());
  }

  SlackTarget destination() {
    return SlackTarget.of(new Address(SlackSurface.NAME, place, "", false));
  }

  Optional<Action> action() {
    return Optional.ofNullable(verb).map(v -> new Action(v, turn));
  }

  /** As Slack keeps it; files that would make it too long are left out, last ones first. */
  String metadata() {
    try {
      String text = JSON.writeValueAsString(this);
      if (text.length() <= MOST_CHARACTERS || files.isEmpty()) {
        return text;
      }
      return new FormContext(place, verb, turn, files.subList(0, files.size() - 1)).metadata();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a form's context could not be written", e);
    }
  }

  static FormContext of(String metadata) {
    try {
      return JSON.readValue(metadata, FormContext.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a form of Reckon", e);
    }
  }
}
