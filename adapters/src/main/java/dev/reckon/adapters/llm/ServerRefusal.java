package dev.reckon.adapters.llm;

import dev.langchain4j.exception.HttpException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer outside 2xx, with the pause that the server asks for. */
final class ServerRefusal extends HttpException {
  @Serial private static final long serialVersionUID = 1;

  private final String body;
  private final @Nullable Duration retryAfter;

  ServerRefusal(int status, String body, @Nullable Duration retryAfter) {
    super(status, body);
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** What the server said; hostile. */
  String body() {
    return body;
  }

  /** The pause that the server asks for, or null when it names none. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
