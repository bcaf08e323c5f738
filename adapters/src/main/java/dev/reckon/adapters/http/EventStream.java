package dev.reckon.adapters.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Addresses that send events for as long as their caller listens. A stream holds no thread of the
 * server: each is served by a virtual thread of its own.
 *
 * @param prefix what the addresses begin with; what follows names the stream
 * @param opener answers requests
 */
public record EventStream(String prefix, Opener opener) {
  public EventStream {
    if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
      throw new IllegalArgumentException("a stream's prefix begins and ends with a slash");
    }
  }

  /** Decides about requests. Called by any number of threads at once; may read a store. */
  @FunctionalInterface
  public interface Opener {
    Opened open(StreamRequest request);
  }

  /**
   * A request.
   *
   * @param name what follows the prefix, as it was sent
   * @param headers a header's value by its name, in any case
   * @param query a parameter's value by its name
   */
  public record StreamRequest(
      String name,
      Function<String, Optional<String>> headers,
      Function<String, Optional<String>> query) {}

  /** What becomes of a request. */
  public sealed interface Opened {
    /** There is no stream for it. */
    record Refused(int status, String words) implements Opened {}

    /**
     * It is served.
     *
     * @param headers of the answer
     */
    record Accepted(Map<String, String> headers, Server server) implements Opened {
      public Accepted {
        headers = Map.copyOf(headers);
      }
    }
  }

  /** Sends events until it returns; called once, on a thread of its own. */
  @FunctionalInterface
  public interface Server {
    void serve(EventSink sink) throws IOException, InterruptedException;
  }

  /** Where events go. Each method waits until the caller's connection took it. */
  public interface EventSink {
    /**
     * Sends an event.
     *
     * @param data one line; line ends in it become spaces
     * @param id what the caller says it had last when it comes again, or empty
     * @throws IOException when the caller is gone, or takes nothing for too long
     */
    void event(String name, String data, String id) throws IOException;

    /** Sends something that says no more than that the stream is alive. */
    void beat() throws IOException;
  }
}
