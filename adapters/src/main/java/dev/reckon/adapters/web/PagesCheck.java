package dev.reckon.adapters.web;

import dev.reckon.adapters.setup.CredentialCheck;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;

/** Checks how a team reaches the pages: requests one, and asks the providers of sign-in. */
public final class PagesCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private PagesCheck() {}

  /** Whether pages are served at their public address. */
  public static CredentialCheck address(URI publicUrl) throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(Redirect.NEVER).build()) {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(publicUrl.resolve("/sign-in")).timeout(TIMEOUT).build(),
              BodyHandlers.discarding());
      return read(publicUrl, answer);
    } catch (ConnectException e) {
      return e.getCause() instanceof ConnectException refused
              && refused.getCause() instanceof UnresolvedAddressException
          ? CredentialCheck.wrong(
              "this machine finds no address for " + publicUrl.getHost(),
              "Correct http.public_url, or add the name to your DNS.")
          : CredentialCheck.wrong(
              "nothing answers at " + publicUrl,
              "Start Reckon, and the proxy before it; then check again.");
    } catch (IOException e) {
      return CredentialCheck.wrong(
          "%s cannot be reached: %s".formatted(publicUrl, e.getMessage()),
          "Check the proxy and its certificate.");
    }
  }

  private static CredentialCheck read(URI publicUrl, HttpResponse<Void> answer) {
    boolean ours =
        answer
            .headers()
            .firstValue("Content-Security-Policy")
            .filter(RequestGuard.PAGE_POLICY::equals)
            .isPresent();
    if (ours && answer.statusCode() == 421) {
      return CredentialCheck.wrong(
          "a proxy at %s passes requests on under another host name".formatted(publicUrl),
          "Let it keep the Host header (nginx: proxy_set_header Host $host;). If http.public_url"
              + " was changed since, start Reckon again.");
    }
    if (ours) {
      return CredentialCheck.good("people reach the pages at " + publicUrl);
    }
    return switch (answer.statusCode()) {
      case 502, 503, 504 ->
          CredentialCheck.wrong(
              "the proxy at %s answers, but does not reach Reckon".formatted(publicUrl),
              "Start Reckon; then compare http.host and http.port with where the proxy sends to.");
      default ->
          CredentialCheck.wrong(
              "something else than Reckon answers at %s (status %d)"
                  .formatted(publicUrl, answer.statusCode()),
              "Correct http.public_url, or let the proxy pass all paths on to Reckon.");
    };
  }

  /** Whether a provider accepts this program's client id and secret. */
  public static CredentialCheck provider(OpenIdProvider provider, URI publicUrl) {
    URI callback = publicUrl.resolve(TeamSignIn.callback(provider.name()));
    return new OpenIdClient(provider, callback, Clock.systemUTC()).check();
  }
}
