package dev.reckon.adapters.telegram;

import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;

/** Translates failures of the Bot API into the core's kinds. */
final class BotApiErrors {
  private BotApiErrors() {}

  /** What a failure means for a delivery; the failure is its cause. */
  static DeliveryException of(TelegramFailure failure) {
    DeliveryException meaning =
        new DeliveryException(kind(failure), words(failure), failure.retryAfter());
    meaning.initCause(failure);
    return meaning;
  }

  private static Kind kind(TelegramFailure failure) {
    return switch (failure.code()) {
      case 429 -> Kind.RATE_LIMITED;
      case 401, 404 -> Kind.FORBIDDEN;
      case 403 -> Kind.PLACE_GONE;
      case 413 -> Kind.REFUSED;
      case 400 -> refusal(failure);
      default -> Kind.TRANSIENT;
    };
  }

  private static Kind refusal(TelegramFailure failure) {
    if (failure.says(
        "message to edit not found", "message can't be edited", "message_id_invalid")) {
      return Kind.MESSAGE_GONE;
    }
    if (failure.says(
        "chat not found",
        "peer_id_invalid",
        "group chat was deactivated",
        "chat_write_forbidden",
        "no rights to send",
        "not enough rights",
        "user is deactivated")) {
      return Kind.PLACE_GONE;
    }
    return Kind.REFUSED;
  }

  private static String words(TelegramFailure failure) {
    return switch (failure.code()) {
      case TelegramFailure.NO_ANSWER -> "Telegram could not be reached: " + failure.description();
      case 401, 404 ->
          "Telegram does not accept the bot's token; get the current one from BotFather (/mybots,"
              + " API Token) and set telegram.token";
      case 403 -> "nobody to write to: " + failure.description();
      default -> "Telegram answered " + failure.code() + ": " + failure.description();
    };
  }
}
