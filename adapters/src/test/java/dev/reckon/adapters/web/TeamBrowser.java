package dev.reckon.adapters.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser that keeps its cookies and follows nothing by itself. */
final class TeamBrowser implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("data-token=\"([0-9a-f]{64})\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  /** Sends that header with each request from now on. */
  TeamBrowser with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  TeamBrowser without(String header) {
    headers.remove(header);
    return this;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  private HttpRequest.Builder request(URI at) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at).header("Accept", "text/html");
    headers.forEach(request::header);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    for (String set : answer.headers().allValues("Set-Cookie")) {
      String[] cookie = set.substring(0, set.indexOf(';')).split("=", 2);
      if (cookie[1].isEmpty()) {
        cookies.remove(cookie[0]);
      } else {
        cookies.put(cookie[0], cookie[1]);
      }
    }
    return answer;
  }

  HttpResponse<String> get(URI at) throws IOException, InterruptedException {
    return send(request(at).build());
  }

  /** Sends a form with the token of a page that this browser sees. */
  HttpResponse<String> form(URI page, URI at, String fields)
      throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(get(page).body());
    return bareForm(at, (token.find() ? "token=" + token.group(1) : "token=none") + fields);
  }

  /** Sends bytes as a script of a page that this browser sees does. */
  HttpResponse<String> script(URI page, URI at, byte[] body)
      throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(get(page).body());
    return send(
        request(at)
            .header("X-Reckon-Token", token.find() ? token.group(1) : "none")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Sends a form as it is. */
  HttpResponse<String> bareForm(URI at, String fields) throws IOException, InterruptedException {
    return send(
        request(at)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields))
            .build());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
