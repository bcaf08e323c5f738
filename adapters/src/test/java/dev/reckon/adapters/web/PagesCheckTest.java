package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.reckon.adapters.setup.CredentialCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code reckon doctor} finds out about the pages' address and about signing in. */
@Timeout(120)
class PagesCheckTest {
  @TempDir Path folder;

  private static void wrong(CredentialCheck check, String found, String advice) {
    assertFalse(check.good(), check.toString());
    assertTrue(check.found().contains(found), check.toString());
    assertTrue(check.advice().contains(advice), check.toString());
  }

  @Test
  void pagesThatAreServedAreFound() throws Exception {
    try (WebServer web = new WebServer(folder)) {
      assertTrue(PagesCheck.address(web.at("/")).good());
    }
  }

  @Test
  void aProxyThatChangesTheHostIsNamed() throws Exception {
    HttpServer proxy = server(421, RequestGuard.PAGE_POLICY);
    wrong(PagesCheck.address(at(proxy)), "another host name", "proxy_set_header Host $host");
    proxy.stop(0);
    wrong(PagesCheck.address(at(proxy)), "nothing answers", "Start Reckon");
  }

  @Test
  void aProxyWithoutReckonAndAnotherServerAreToldApart() throws Exception {
    HttpServer gateway = server(502, "");
    HttpServer other = server(200, "");
    try {
      wrong(PagesCheck.address(at(gateway)), "does not reach Reckon", "http.port");
      wrong(PagesCheck.address(at(other)), "something else than Reckon", "http.public_url");
      wrong(
          PagesCheck.address(URI.create("http://reckon.invalid/")),
          "no address for reckon.invalid",
          "DNS");
    } finally {
      gateway.stop(0);
      other.stop(0);
    }
  }

  private static HttpServer server(int status, String policy) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Security-Policy", policy);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static URI at(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Test
  void clientsAreCheckedWithoutAnybodySigningIn() throws Exception {
    URI reckon = URI.create("https://reckon.example/");
    try (FakeOpenId slack = new FakeOpenId(reckon + "sign-in/slack/callback", false);
        FakeOpenId telegram = new FakeOpenId(reckon + "sign-in/telegram/callback", true)) {
      for (String secret : new String[] {FakeOpenId.SECRET, "another"}) {
        CredentialCheck ofSlack =
            PagesCheck.provider(
                slack.standIn(OpenIdProvider.slack(FakeOpenId.CLIENT, secret, "T1")), reckon);
        CredentialCheck ofTelegram =
            PagesCheck.provider(
                telegram.standIn(OpenIdProvider.telegram(FakeOpenId.CLIENT, secret)), reckon);
        if (secret.equals("another")) {
          wrong(ofSlack, "refuses the client id or secret", "web.slack_client_secret");
          wrong(ofTelegram, "refuses the client id or secret", "web.telegram_client_secret");
        } else {
          assertTrue(ofSlack.good(), ofSlack.toString());
          assertTrue(ofSlack.found().contains(reckon + "sign-in/slack/callback"));
          assertTrue(ofTelegram.good(), ofTelegram.toString());
        }
      }
    }
  }
}
