package dev.reckon.adapters.llm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Checks that a model server answers and accepts the key, without using tokens. */
public final class ModelProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private ModelProbe() {}

  /** What came back. */
  public enum Answer {
    READY,
    /** It answers and refuses the key, or wants one. */
    KEY_REFUSED,
    /** It answers with an error of another kind. */
    ODD,
    UNREACHABLE
  }

  /** Asks for the list of models. */
  public static Answer ask(ModelSettings settings) throws InterruptedException {
    String base = settings.baseUrl().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/models")).timeout(PATIENCE);
    if (settings.apiKey().isSet()) {
      request.header("Authorization", "Bearer " + settings.apiKey().value());
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
      return switch (status) {
        case 401, 403 -> Answer.KEY_REFUSED;
        default -> status / 100 == 2 ? Answer.READY : Answer.ODD;
      };
    } catch (IOException e) {
      return Answer.UNREACHABLE;
    }
  }
}
