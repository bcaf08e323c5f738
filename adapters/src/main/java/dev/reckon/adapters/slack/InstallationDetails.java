package dev.reckon.adapters.slack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;

/**
 * What the store keeps of an installation in the clear.
 *
 * @param name of the workspace or organisation
 * @param bot the bot's user id there
 * @param scopes what the bot may do
 * @param organisation whether it serves all workspaces that an organisation adds to it
 * @param within the id of the organisation that the workspace is in, or empty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record InstallationDetails(
    @JsonProperty("name") String name,
    @JsonProperty("bot") String bot,
    @JsonProperty("scopes") Set<String> scopes,
    @JsonProperty("organisation") boolean organisation,
    @JsonProperty("within") String within) {
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings({"NullAway", "ConstantValue"}) // Jackson hands null for what the text lacks
  InstallationDetails {
    scopes = Set.copyOf(scopes);
    within = within == null ? "" : within;
  }

  String written() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an installation could not be written", e);
    }
  }

  static InstallationDetails of(String written) {
    try {
      return JSON.readValue(written, InstallationDetails.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored installation cannot be read", e);
    }
  }
}
