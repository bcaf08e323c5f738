package dev.reckon.adapters.slack;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A call that Slack did not carry out: its error code, and what the code means for a delivery. The
 * codes are those that the Web API's method pages list; one that is not known here counts as a
 * refusal, which is tried again in a plainer form.
 */
final class SlackFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(30);

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

  /** Whether Slack says that Reckon is no member of the channel. */
  boolean notMember() {
    return code.equals("not_in_channel") || code.equals("channel_not_found");
  }

  /** Whether that code says that the token is good for nothing any more. */
  static boolean isOfToken(String code) {
    return switch (code) {
      case "invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed" ->
          true;
      default -> false;
    };
  }

  /** The same, with what to do about the token. */
  SlackFailure advised(String advice) {
    return new SlackFailure(
        code,
        new DeliveryException(
            meaning.kind(), meaning.getMessage() + "; " + advice, meaning.retryAfter()));
  }

  static SlackFailure of(String method, SlackApiTextResponse response) {
    String code = String.valueOf(response.getError());
    return new SlackFailure(
        code, new DeliveryException(kind(code), explain(method, code, response.getNeeded())));
  }

  static SlackFailure of(String method, SlackApiException e) {
    String code = e.getError() == null ? "" : String.valueOf(e.getError().getError());
    return ofStatus(method, e.getResponse(), code);
  }

  /** A call that was answered with a status other than success. */
  static SlackFailure ofStatus(String method, Response response, String code) {
    int status = response.code();
    if (status == 429) {
      Duration pause = retryAfter(response.header("Retry-After"));
      String words = "Slack asks for a pause of " + pause.toSeconds() + " s on " + method;
      return new SlackFailure(
          "ratelimited", new DeliveryException(Kind.RATE_LIMITED, words, pause));
    }
    Kind kind = code.isEmpty() ? (status >= 500 ? Kind.TRANSIENT : Kind.REFUSED) : kind(code);
    return new SlackFailure(
        code.isEmpty() ? "status_" + status : code,
        new DeliveryException(
            kind,
            method + " was answered with status " + status + (code.isEmpty() ? "" : ", " + code)));
  }

  static SlackFailure of(String method, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new SlackFailure(
        "connection",
        new DeliveryException(
            Kind.TRANSIENT, "Slack could not be reached for " + method + ": " + reason));
  }

  private static Duration retryAfter(@Nullable String header) {
    try {
      return header == null ? DEFAULT_PAUSE : Duration.ofSeconds(Long.parseLong(header.strip()));
    } catch (NumberFormatException e) {
      return DEFAULT_PAUSE;
    }
  }

  static Kind kind(String code) {
    return switch (code) {
      case "ratelimited", "rate_limited", "message_limit_exceeded" -> Kind.RATE_LIMITED;
      case "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org",
          "accesslimited",
          "connection" ->
          Kind.TRANSIENT;
      case "message_not_found",
          "cant_update_message",
          "edit_window_closed",
          "update_failed",
          "used_url",
          "expired_url" ->
          Kind.MESSAGE_GONE;
      case "channel_not_found",
          "channel_is_archived",
          "is_archived",
          "is_inactive",
          "not_in_channel",
          "user_not_found",
          "user_not_in_channel",
          "user_disabled",
          "users_not_found",
          "cannot_dm_bot",
          "messages_tab_disabled",
          "restricted_action",
          "restricted_action_read_only_channel",
          "restricted_action_thread_only_channel",
          "restricted_action_non_threadable_channel",
          "restricted_action_thread_locked" ->
          Kind.PLACE_GONE;
      case "not_authed",
          "invalid_auth",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "no_permission",
          "missing_scope",
          "not_allowed_token_type",
          "org_login_required",
          "ekm_access_denied",
          "access_denied",
          "team_access_not_granted",
          "app_missing_action_url",
          "enterprise_is_restricted" ->
          Kind.FORBIDDEN;
      default -> Kind.REFUSED;
    };
  }

  private static String explain(String method, String code, @Nullable String needed) {
    if (isOfToken(code)) {
      return "Slack refuses the token (" + code + ")";
    }
    return switch (code) {
      case "missing_scope" ->
          "Slack refuses %s: the scope %s is missing; add it on the app's page \"OAuth & Permissions\" and install the app again"
              .formatted(method, needed == null ? "it needs" : needed);
      default -> "Slack refuses " + method + ": " + code;
    };
  }
}
