package dev.reckon.adapters.slack;

import dev.reckon.core.surface.DeliveryException;
import java.io.Serial;

/** A call that Slack did not carry out: its code, and what the core makes of it. */
final class SlackFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String code;
  private final DeliveryException meaning;

  SlackFailure(String code, DeliveryException meaning) {
    super(meaning.getMessage(), meaning);
    this.code = code;
    this.meaning = meaning;
  }

  /** Slack's own code, such as {@code not_in_channel}. */
  String code() {
    return code;
  }

  DeliveryException meaning() {
    return meaning;
  }
}
