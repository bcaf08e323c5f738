package dev.reckon.adapters.llm;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which model answers, and how it is asked.
 *
 * @param baseUrl of an OpenAI-compatible server, up to and without {@code /chat/completions}
 * @param apiKey may be unset for a local server
 * @param name of the model that writes programs
 * @param judge of the model that checks them and writes second programs; the same when empty
 * @param temperature unset unless configured, since reasoning models refuse it
 * @param connectTimeout until the server is reached
 * @param timeout of one call until its whole reply is there
 * @param retries after 429, 5xx and lost connections
 * @param longestWait between two tries; a server that asks for more is not waited for
 * @param concurrentCalls at once; more wait their turn
 * @param structuredOutput whether a reply's JSON schema is sent
 */
public record ModelSettings(
    String baseUrl,
    Secret apiKey,
    String name,
    String judge,
    OptionalDouble temperature,
    Duration connectTimeout,
    Duration timeout,
    int retries,
    Duration longestWait,
    int concurrentCalls,
    StructuredOutput structuredOutput) {
  /** Whether a reply's JSON schema is sent. */
  public enum StructuredOutput {
    /** Yes, until the server refuses it. */
    AUTO,
    OFF
  }

  private static final String OPENAI = "https://api.openai.com/v1";

  /** Reads the keys {@code model.*} and {@code verify.model}. */
  public static ModelSettings from(Configuration configuration) {
    String baseUrl = configuration.text("model.base_url", "OPENAI_BASE_URL", OPENAI);
    if (!isHttp(baseUrl)) {
      configuration.problem(
          "model.base_url", "an address is needed, such as http://localhost:11434/v1");
      baseUrl = OPENAI;
    }
    return new ModelSettings(
        baseUrl,
        configuration.secret("model.api_key", "OPENAI_API_KEY"),
        configuration.text("model.name", "gpt-4.1-mini"),
        configuration.text("verify.model", ""),
        configuration.optionalAmount("model.temperature"),
        Duration.ofSeconds(configuration.number("model.connect_timeout_seconds", 10, 1, 600)),
        Duration.ofSeconds(configuration.number("model.timeout_seconds", 120, 1, 3600)),
        configuration.number("model.retries", 3, 0, 10),
        Duration.ofSeconds(configuration.number("model.longest_wait_seconds", 30, 1, 600)),
        configuration.number("model.concurrent_calls", 64, 1, 1000),
        configuration.choice("model.structured_output", StructuredOutput.AUTO));
  }

  /** Why no call can succeed, in words for the person, or empty: OpenAI's server needs a key. */
  public Optional<String> missing() {
    return apiKey.isSet() || !isOpenAi()
        ? Optional.empty()
        : Optional.of(
            "No model is set up. Store a key with \"reckon keys set openai\" or export"
                + " OPENAI_API_KEY, or point model.base_url at a local server such as"
                + " http://localhost:11434/v1.");
  }

  /** Whether this is OpenAI's own server. */
  boolean isOpenAi() {
    return "api.openai.com".equals(URI.create(baseUrl).getHost());
  }

  /** The server without path or credentials, fit to be shown. */
  public String server() {
    URI uri = URI.create(baseUrl);
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** Whether calls leave this machine. */
  public boolean isLocal() {
    String host = URI.create(baseUrl).getHost();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static boolean isHttp(String address) {
    try {
      URI uri = new URI(address);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
