package dev.reckon.adapters.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.TimeoutException;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a model call failed.
 *
 * @param exception in words for the person who asked
 * @param retry whether asking again may help
 * @param pause that the server asks for before that, or null
 * @param parameter that the server does not know, or null
 */
record ModelCallFailure(
    ModelException exception,
    boolean retry,
    @Nullable Duration pause,
    @Nullable Parameter parameter) {
  /** Parameters that servers differ in. */
  enum Parameter {
    SCHEMA,
    OUTPUT_TOKENS
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_CHARACTERS = 300;

  static ModelCallFailure of(RuntimeException fault, ModelSettings settings, String model) {
    ServerRefusal refusal = cause(fault, ServerRefusal.class);
    if (refusal != null) {
      return of(refusal, settings, model);
    }
    String server = settings.server();
    if (cause(fault, TimeoutException.class) != null) {
      return of(
          Kind.TIMEOUT,
          "The model at "
              + server
              + " did not reply within "
              + settings.timeout().toSeconds()
              + " s. Ask again, or raise model.timeout_seconds.");
    }
    ContentFilteredException filtered = cause(fault, ContentFilteredException.class);
    if (filtered != null) {
      return of(Kind.REFUSED, "The model refused: " + shown(filtered.getMessage(), settings));
    }
    if (cause(fault, ConnectException.class) != null
        || cause(fault, HttpConnectTimeoutException.class) != null
        || cause(fault, UnresolvedAddressException.class) != null) {
      return of(
          Kind.UNREACHABLE,
          "No model server answers at "
              + server
              + ". Start it, or set model.base_url (or OPENAI_BASE_URL) to the right address.");
    }
    if (cause(fault, JsonProcessingException.class) == null
        && cause(fault, IOException.class) != null) {
      return new ModelCallFailure(
          new ModelException(
              Kind.UNREACHABLE,
              "The connection to the model server at " + server + " broke. Ask again."),
          true,
          null,
          null);
    }
    return of(
        Kind.SERVER_ERROR,
        "The server at "
            + server
            + " answered with something that is not a chat completion. Does model.base_url end as"
            + " the server's manual says (often in /v1)?");
  }

  private static ModelCallFailure of(ServerRefusal refusal, ModelSettings settings, String model) {
    int status = refusal.statusCode();
    String said = said(refusal.body(), settings);
    String reason = said.isEmpty() ? "" : ": " + said;
    String lower = refusal.body().toLowerCase(Locale.ROOT);
    return switch (status) {
      case 401, 403 ->
          of(
              Kind.WRONG_KEY,
              "The model server at "
                  + settings.server()
                  + (settings.apiKey().isSet() ? " refused the key" : " wants a key")
                  + " ("
                  + status
                  + "). Check OPENAI_API_KEY or model.api_key.");
      case 402 -> of(Kind.RATE_LIMITED, "The model account has no credit left" + reason);
      case 404 -> unknownModel(settings, model, reason);
      case 408, 409, 425 -> again(Kind.SERVER_ERROR, overloaded(status, reason), refusal);
      case 429 ->
          lower.contains("insufficient_quota")
              ? of(Kind.RATE_LIMITED, "The model account has no quota left" + reason)
              : again(
                  Kind.RATE_LIMITED,
                  "The model server accepts no more requests for now (429)"
                      + reason
                      + ". Try again later, or lower model.concurrent_calls.",
                  refusal);
      default -> {
        if (status >= 500) {
          yield again(Kind.SERVER_ERROR, overloaded(status, reason), refusal);
        }
        if (lower.contains("model_not_found") || lower.contains("unknown model")) {
          yield unknownModel(settings, model, reason);
        }
        yield new ModelCallFailure(
            new ModelException(
                Kind.REFUSED, "The model server refused the request (" + status + ")" + reason),
            false,
            null,
            parameter(lower));
      }
    };
  }

  private static @Nullable Parameter parameter(String body) {
    if (body.contains("max_tokens") || body.contains("max_completion_tokens")) {
      return Parameter.OUTPUT_TOKENS;
    }
    return body.contains("response_format")
            || body.contains("json_schema")
            || body.contains("structured output")
            || body.contains("schema")
        ? Parameter.SCHEMA
        : null;
  }

  private static ModelCallFailure unknownModel(
      ModelSettings settings, String model, String reason) {
    return of(
        Kind.UNKNOWN_MODEL,
        "The server at "
            + settings.server()
            + " knows no model \""
            + model
            + "\" at that address"
            + reason
            + ". Check model.name and model.base_url.");
  }

  private static String overloaded(int status, String reason) {
    return "The model server failed (" + status + ")" + reason + ". Ask again in a minute.";
  }

  private static ModelCallFailure of(Kind kind, String message) {
    return new ModelCallFailure(new ModelException(kind, message), false, null, null);
  }

  private static ModelCallFailure again(Kind kind, String message, ServerRefusal refusal) {
    return new ModelCallFailure(
        new ModelException(kind, message), true, refusal.retryAfter(), null);
  }

  /** The server's own words, where it answers as OpenAI's does. */
  private static String said(String body, ModelSettings settings) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      return shown(error.isTextual() ? error.asText() : error.path("message").asText(), settings);
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String shown(@Nullable String text, ModelSettings settings) {
    String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
    String safe =
        settings
            .apiKey()
            .redactedFrom(line)
            .replaceAll("\\b(sk|key|Bearer)[-_ ][A-Za-z0-9*._-]{6,}", "***");
    return safe.length() <= SHOWN_CHARACTERS ? safe : safe.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static <T extends Throwable> @Nullable T cause(Throwable fault, Class<T> type) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
