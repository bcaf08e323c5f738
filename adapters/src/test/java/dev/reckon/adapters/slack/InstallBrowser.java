package dev.reckon.adapters.slack;

import dev.reckon.adapters.slack.FakeOAuth.Place;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser on the page where workspaces install the app. */
final class InstallBrowser implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\">");

  private final FakeSlack slack;

  /** The page. */
  final URI page;

  private final HttpClient client = client();

  /**
   * A browser.
   *
   * @param port of the server that will have the page
   */
  InstallBrowser(FakeSlack slack, int port) {
    this.slack = slack;
    this.page = URI.create("http://127.0.0.1:" + port + "/slack/install");
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  /** How the app is installed by these workspaces. */
  SlackOAuth oauth(Set<String> allowed) {
    return new SlackOAuth(
        FakeOAuth.CLIENT,
        FakeOAuth.CLIENT_SECRET,
        List.of(Base64.getEncoder().encodeToString(new byte[32])),
        page.resolve("/"),
        allowed,
        Duration.ofMinutes(10));
  }

  HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static URI link(HttpResponse<String> shown) {
    Matcher link = LINK.matcher(shown.body());
    if (shown.statusCode() != 200 || !link.find()) {
      throw new AssertionError(shown.statusCode() + " " + shown.body());
    }
    return URI.create(link.group(1).replace("&amp;", "&"));
  }

  /** Presses the page's button, and then Slack's; where Slack sends the browser back. */
  URI permitted() throws IOException, InterruptedException {
    HttpResponse<String> asked = get(link(get(page)));
    return URI.create(asked.headers().firstValue("Location").orElseThrow());
  }

  /** The page after somebody of that workspace gave permission. */
  HttpResponse<String> install(Place place) throws IOException, InterruptedException {
    slack.oauth.nextInstaller(place);
    return get(permitted());
  }

  @Override
  public void close() {
    client.close();
  }
}
