package dev.reckon.adapters.telegram;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what Telegram answers to the library's polling, which keeps the reasons to itself: says in
 * plain words what is wrong, once for each reason, and when it last went well. Safe for any
 * threads.
 */
final class PollingWatch implements Interceptor {
  /** How long Telegram may hold a request before it answers that there is nothing. */
  static final Duration HELD = Duration.ofSeconds(25);

  /** Without an answer for that long polling is taken for dead. */
  static final Duration SILENCE = HELD.multipliedBy(3);

  private static final Logger LOG = LoggerFactory.getLogger(PollingWatch.class);

  private final LongSupplier nanoTime;
  private volatile long lastSign;
  private volatile @Nullable String trouble = "Telegram has not answered yet";

  PollingWatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    lastSign = nanoTime.getAsLong();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    lastSign = nanoTime.getAsLong();
    try {
      Response response = chain.proceed(chain.request());
      lastSign = nanoTime.getAsLong();
      tell(words(response.code()));
      return response;
    } catch (IOException e) {
      lastSign = nanoTime.getAsLong();
      if (!chain.call().isCanceled()) {
        tell("Telegram cannot be reached (" + e.getMessage() + "); trying again until it can");
      }
      throw e;
    }
  }

  private static @Nullable String words(int code) {
    return switch (code) {
      case 200 -> null;
      case 409 ->
          "another program fetches updates with this bot's token, and Telegram serves only one:"
              + " stop the other one, or give each a bot of its own; trying again until then";
      case 401, 404 ->
          "Telegram does not accept the bot's token; get the current one from BotFather (/mybots,"
              + " API Token) and set telegram.token";
      case 429 -> "Telegram asks for a pause; trying again";
      default -> "Telegram answered " + code + "; trying again until it works";
    };
  }

  private void tell(@Nullable String now) {
    String before = trouble;
    trouble = now;
    if (now == null && before != null) {
      LOG.info("polling Telegram works");
    } else if (now != null && !now.equals(before)) {
      LOG.error("{}", now);
    }
  }

  /** What is wrong, in plain words; empty while polling works. */
  Optional<String> trouble() {
    return silent()
        ? Optional.of("polling Telegram has stopped and is started again")
        : Optional.ofNullable(trouble);
  }

  /** Whether not even a failure was seen for too long: the library's thread is gone or stuck. */
  boolean silent() {
    return nanoTime.getAsLong() - lastSign > SILENCE.toNanos();
  }

  /** Another process asks Telegram: nothing is expected here. */
  void end() {
    lastSign = nanoTime.getAsLong();
    trouble = null;
  }

  /** A new beginning: silence is counted from now. */
  void begin() {
    lastSign = nanoTime.getAsLong();
  }
}
