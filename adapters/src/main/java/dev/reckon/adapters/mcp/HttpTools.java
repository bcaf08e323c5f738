package dev.reckon.adapters.mcp;

import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.RefusalFormat;
import dev.reckon.adapters.tools.BearerCheck;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * Carries messages over HTTP: one in the body of a POST, its answer in the response. The bearer's
 * token is checked before a body is received. Pages of browsers are refused, since no agent is one.
 */
public final class HttpTools {
  /** Where agents find it. */
  public static final String PATH = "/mcp";

  private final ToolServer server;
  private final BearerCheck bearer;

  /** Over HTTP, for those whom the check lets in. */
  public HttpTools(ToolServer server, BearerCheck bearer) {
    this.server = server;
    this.bearer = bearer;
  }

  /** What the HTTP server is to serve. */
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Endpoint.Method.POST,
            PATH,
            bearer,
            this::post,
            0,
            BearerCheck.refusals(RefusalFormat.TEXT)),
        new Endpoint(
            Endpoint.Method.GET,
            PATH,
            context -> context.status(405).header("Allow", "POST").result("no stream here")));
  }

  private void post(Context context) {
    Optional<String> answer = server.answer(context.body());
    if (answer.isPresent()) {
      context.contentType("application/json").result(answer.get());
    } else {
      context.status(202);
    }
  }
}
