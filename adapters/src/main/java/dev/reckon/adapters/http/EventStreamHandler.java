package dev.reckon.adapters.http;

import dev.reckon.adapters.http.EventStream.EventSink;
import dev.reckon.adapters.http.EventStream.Opened;
import dev.reckon.adapters.http.EventStream.StreamRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves event streams, and hands on whatever is none. Safe for any threads. */
final class EventStreamHandler extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(EventStreamHandler.class);

  private final List<EventStream> streams;

  EventStreamHandler(List<EventStream> streams, Handler others) {
    super(others);
    this.streams = List.copyOf(streams);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    for (EventStream stream : streams) {
      if (path.startsWith(stream.prefix()) && HttpMethod.GET.is(request.getMethod())) {
        open(stream, path.substring(stream.prefix().length()), request, response, callback);
        return true;
      }
    }
    return super.handle(request, response, callback);
  }

  private static void open(
      EventStream stream, String name, Request request, Response response, Callback callback) {
    Fields query = Request.extractQueryParameters(request);
    StreamRequest asked =
        new StreamRequest(
            name,
            header -> Optional.ofNullable(request.getHeaders().get(header)),
            parameter -> Optional.ofNullable(query.getValue(parameter)));
    switch (stream.opener().open(asked)) {
      case Opened.Refused(int status, String words) -> {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        Content.Sink.write(response, true, words, callback);
      }
      case Opened.Accepted accepted -> {
        response.setStatus(200);
        accepted.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        Thread.ofVirtual()
            .name("stream")
            .start(() -> serve(accepted.server(), new ResponseSink(response), callback));
      }
    }
  }

  private static void serve(EventStream.Server server, EventSink sink, Callback callback) {
    try {
      sink.beat();
      server.serve(sink);
      callback.succeeded();
    } catch (IOException gone) {
      callback.failed(gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } catch (Throwable fault) { // an Error, too: the connection must end
      LOG.error("an event stream met {}", fault.toString(), fault);
      callback.failed(fault);
    }
  }

  /** The body of an answer, piece by piece. */
  private record ResponseSink(Response response) implements EventSink {
    @Override
    public void event(String name, String data, String id) throws IOException {
      String line = data.replace('\r', ' ').replace('\n', ' ');
      write(
          (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + line + "\n\n");
    }

    @Override
    public void beat() throws IOException {
      write(": still here\n\n");
    }

    private void write(String text) throws IOException {
      try (Blocker.Callback written = Blocker.callback()) {
        Content.Sink.write(response, false, text, written);
        written.block();
      }
    }
  }
}
