package dev.reckon.adapters.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.RefusalFormat;
import dev.reckon.adapters.tools.BearerCheck;
import dev.reckon.adapters.tools.ReckonTools;
import dev.reckon.adapters.tools.ReckonTools.Outcome;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The API's addresses. What computes is a POST with a JSON object, what reads is a GET; each
 * answers with a JSON object. {@code /openapi.json} describes them.
 */
public final class HttpApi {
  /** What every address but the description's begins with. */
  public static final String BASE = "/api/v1/";

  private static final String JSON_TYPE = "application/json; charset=utf-8";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /** What is refused by its headers or its length looks like every other error. */
  private static final RefusalFormat REFUSALS =
      BearerCheck.refusals(
          (status, reason) ->
              new RefusalFormat.Refusal(Map.of("Content-Type", JSON_TYPE), error(reason)));

  private final ReckonTools tools;
  private final BearerCheck bearer;
  private final String description;

  /** What a request does with its arguments. */
  private interface Verb {
    Outcome with(Map<String, Object> arguments) throws InterruptedException;
  }

  /**
   * The API.
   *
   * @param version of the program, for the description
   */
  public HttpApi(ReckonTools tools, BearerCheck bearer, String version) {
    this.tools = tools;
    this.bearer = bearer;
    this.description = description(version);
  }

  /** What the HTTP server is to serve. */
  public List<Endpoint> endpoints() {
    return List.of(
        post("ask", tools::ask),
        post("run", tools::run),
        post("saved_run", tools::savedRun),
        get("saved_list", arguments -> tools.savedList()),
        get("files", tools::files),
        new Endpoint(
            Endpoint.Method.GET,
            "/openapi.json",
            context -> context.contentType("application/json").result(description)));
  }

  /** The OpenAPI description. */
  static String description(String version) {
    try (InputStream file = HttpApi.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("the API's description was not packaged");
      }
      ObjectNode tree = (ObjectNode) JSON.readTree(file);
      ((ObjectNode) tree.path("info")).put("version", version);
      return tree.toPrettyString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Endpoint post(String name, Verb verb) {
    return new Endpoint(
        Endpoint.Method.POST, BASE + name, bearer, context -> posted(context, verb), 0, REFUSALS);
  }

  private Endpoint get(String name, Verb verb) {
    return new Endpoint(
        Endpoint.Method.GET,
        BASE + name,
        bearer,
        context -> {
          Map<String, Object> arguments = new HashMap<>();
          context.queryParamMap().forEach((key, values) -> arguments.put(key, values.getFirst()));
          answer(context, verb, arguments);
        },
        0,
        REFUSALS);
  }

  private static void posted(Context context, Verb verb) throws InterruptedException {
    Map<String, Object> arguments;
    try {
      arguments = JSON.readValue(context.body(), OBJECT);
    } catch (JsonProcessingException _) {
      error(context, 400, "The body is not a JSON object.");
      return;
    }
    if (arguments == null) {
      error(context, 400, "The body is not a JSON object.");
    } else {
      answer(context, verb, arguments);
    }
  }

  /** A turn that was answered is a 200, however it ended; what was refused computes nothing. */
  private static void answer(Context context, Verb verb, Map<String, Object> arguments)
      throws InterruptedException {
    Outcome outcome = verb.with(arguments);
    boolean refused = outcome.data().has("error");
    context
        .status(refused ? 422 : 200)
        .contentType(JSON_TYPE)
        .result(outcome.data().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String error(String reason) {
    return JSON.createObjectNode().put("error", reason).toString();
  }

  private static void error(Context context, int status, String reason) {
    context.status(status).contentType(JSON_TYPE).result(error(reason));
  }
}
