package dev.reckon.adapters.http;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Receives request bodies before anything handles them. An endpoint's headers are checked first;
 * then the body is received without holding a thread, within {@link HttpBounds}. What is too long,
 * too slow or one too many is cut off. Safe for any threads.
 */
final class BodyReceiver extends Handler.Wrapper {
  /** The attribute of a request that names the endpoint whose check it has passed. */
  static final String CHECKED = BodyReceiver.class.getName() + ".checked";

  private final HttpBounds bounds;
  private final Map<String, Endpoint> endpoints;
  private final Set<EndPoint> receiving = new LinkedHashSet<>();

  /** A receiver of bodies for those of the endpoints that take any. */
  BodyReceiver(HttpBounds bounds, List<Endpoint> endpoints) {
    this.bounds = bounds;
    this.endpoints =
        endpoints.stream()
            .filter(endpoint -> endpoint.method() == Endpoint.Method.POST)
            .collect(Collectors.toUnmodifiableMap(Endpoint::path, Function.identity()));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Endpoint endpoint = endpoints.get(Request.getPathInContext(request));
    if (endpoint == null || !request.getMethod().equals(Endpoint.Method.POST.name())) {
      return super.handle(request, response, callback);
    }
    Optional<String> refusal =
        endpoint.check().refusal(name -> Optional.ofNullable(request.getHeaders().get(name)));
    if (refusal.isPresent()) {
      refuse(endpoint, response, callback, HttpStatus.UNAUTHORIZED_401, refusal.get());
      return true;
    }
    request.setAttribute(CHECKED, endpoint.path());
    int most = endpoint.bodyBytes(bounds);
    if (request.getLength() > most) {
      discard(endpoint, request, response, callback);
    } else {
      receive(endpoint, request, response, callback, most);
    }
    return true;
  }

  /**
   * Refuses a body that is too large at once, but reads it to its end before the connection is
   * closed: many clients look for the answer only after they have sent everything, and a connection
   * that is closed under them hides it.
   */
  private void discard(Endpoint endpoint, Request request, Response response, Callback callback) {
    EndPoint caller = caller(request);
    Scheduler.Task deadline = begin(request, caller);
    Callback ended = Callback.from(() -> end(caller, deadline), callback);
    refuse(
        endpoint,
        response,
        Callback.from(() -> Content.Source.consumeAll(request, ended), ended::failed),
        HttpStatus.PAYLOAD_TOO_LARGE_413,
        "the request is too large");
  }

  private void receive(
      Endpoint endpoint, Request request, Response response, Callback callback, int most) {
    EndPoint caller = caller(request);
    Scheduler.Task deadline = begin(request, caller);
    Content.Source.asByteArrayAsync(
        request,
        most,
        Promise.Invocable.from(
            InvocationType.BLOCKING,
            body -> {
              end(caller, deadline);
              pass(new Received(request, body), response, callback);
            },
            failure -> {
              end(caller, deadline);
              refuse(
                  endpoint,
                  response,
                  callback,
                  HttpStatus.PAYLOAD_TOO_LARGE_413,
                  "the request is too large, or was cut off");
            }));
  }

  private static EndPoint caller(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  /** Counts the caller among those that send, and returns what cuts it off when time is up. */
  private Scheduler.Task begin(Request request, EndPoint caller) {
    EndPoint surplus = null;
    synchronized (receiving) {
      receiving.add(caller);
      if (receiving.size() > bounds.bodies()) {
        surplus = receiving.iterator().next();
        receiving.remove(surplus);
      }
    }
    if (surplus != null) {
      surplus.close();
    }
    return request
        .getComponents()
        .getScheduler()
        .schedule(caller::close, bounds.bodyTime().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void end(EndPoint caller, Scheduler.Task deadline) {
    deadline.cancel();
    synchronized (receiving) {
      receiving.remove(caller);
    }
  }

  private void pass(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  /** The connection ends, since the rest of the body is not read. */
  private static void refuse(
      Endpoint endpoint, Response response, Callback callback, int status, String words) {
    RefusalFormat.Refusal refusal = endpoint.refusals().of(status, words);
    response.setStatus(status);
    refusal.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    Content.Sink.write(response, true, refusal.body(), callback);
  }

  /** A request whose body is here. */
  private static final class Received extends Request.Wrapper {
    private final int length;
    private final Content.Source body;

    Received(Request request, byte[] body) {
      super(request);
      this.length = body.length;
      this.body = Content.Source.from(ByteBuffer.wrap(body));
    }

    @Override
    public long getLength() {
      return length;
    }

    @Override
    public Content.@Nullable Chunk read() {
      return body.read();
    }

    @Override
    public void demand(Runnable whenAvailable) {
      body.demand(whenAvailable);
    }

    @Override
    public void fail(Throwable failure) {
      body.fail(failure);
      super.fail(failure);
    }

    @Override
    public boolean consumeAvailable() {
      return true;
    }
  }
}
