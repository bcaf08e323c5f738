package dev.reckon.adapters.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the pages that people see first, once after the start: the first visitor then does not
 * wait for the server's classes to load.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final List<String> PAGES =
      List.of(
          "/",
          "/assets/app.css",
          "/assets/app.js",
          "/assets/chat.js",
          "/assets/composer.js",
          "/assets/table.js",
          "/saved",
          "/sessions",
          "/operations");

  private WarmUp() {}

  /**
   * Asks for each page.
   *
   * @param server where the pages are served
   * @param cookie of a browser that is signed in, as its header
   */
  static void run(URI server, String cookie) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String page : PAGES) {
        client.send(
            HttpRequest.newBuilder(server.resolve(page))
                .header("Cookie", cookie)
                .timeout(TIMEOUT)
                .build(),
            BodyHandlers.discarding());
      }
    } catch (IOException e) {
      LOG.debug("pages could not be asked for ahead of people", e);
    }
  }
}
