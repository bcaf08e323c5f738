package dev.reckon.adapters.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 that speaks as much of Amazon S3 as object stores need, and is as strict:
 * it checks each request's signature (version 4), date, length and the hash of its body, knows one
 * bucket by its path, and can be slow, away or broken.
 */
public final class FakeS3 implements AutoCloseable {
  public static final String BUCKET = "reckon-files";
  public static final String ACCESS_KEY = "AKIDEXAMPLE";
  public static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  public static final String REGION = "eu-test-1";

  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?"
              + "SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

  /** What it answers instead of doing its work. */
  public enum Trouble {
    NONE,
    SLOW_DOWN,
    INTERNAL_ERROR,
    ACCESS_DENIED,
    /** Half of an object, then the connection's end. */
    CUT_OFF
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger troubled = new AtomicInteger();
  private volatile Trouble trouble = Trouble.NONE;

  public FakeS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What {@code files.store_endpoint} is to be. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Is in trouble for that many requests. */
  public void trouble(Trouble kind, int times) {
    troubled.set(times);
    trouble = kind;
  }

  /** Keys without the bucket. */
  public Set<String> keys() {
    return Set.copyOf(objects.keySet());
  }

  /** How many requests came. */
  public int requests() {
    return requests.get();
  }

  /** Requests that Amazon's server would refuse, too; empty where the client is right. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.incrementAndGet();
      @Nullable String problem = problem(exchange, body);
      if (problem != null) {
        refusals.add(problem);
        error(exchange, 403, problem.split(":", 2)[0], problem);
        return;
      }
      String path = exchange.getRequestURI().getPath().substring(1);
      String bucket = path.split("/", 2)[0];
      String key = path.substring(Math.min(path.length(), bucket.length() + 1));
      Trouble now = troubled.getAndDecrement() > 0 ? trouble : Trouble.NONE;
      switch (now) {
        case SLOW_DOWN -> error(exchange, 503, "SlowDown", "Please reduce your request rate.");
        case INTERNAL_ERROR -> error(exchange, 500, "InternalError", "Please try again.");
        case ACCESS_DENIED -> error(exchange, 403, "AccessDenied", "Access Denied");
        case CUT_OFF -> cutOff(exchange, key);
        case NONE -> {
          if (!bucket.equals(BUCKET)) {
            error(exchange, 404, "NoSuchBucket", "The specified bucket does not exist");
          } else {
            perform(exchange, key, body);
          }
        }
      }
    }
  }

  private void perform(HttpExchange exchange, String key, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        objects.put(key, body);
        exchange.getResponseHeaders().set("ETag", "\"" + hex(digest("MD5", body)) + "\"");
        exchange.sendResponseHeaders(200, -1);
      }
      case "GET" -> {
        byte[] content = objects.get(key);
        if (content == null) {
          error(exchange, 404, "NoSuchKey", "The specified key does not exist.");
        } else {
          exchange.getResponseHeaders().set("ETag", "\"" + hex(digest("MD5", content)) + "\"");
          exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
          exchange.getResponseBody().write(content);
        }
      }
      case "DELETE" -> {
        objects.remove(key);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> error(exchange, 405, "MethodNotAllowed", exchange.getRequestMethod());
    }
  }

  private void cutOff(HttpExchange exchange, String key) throws IOException {
    byte[] content = objects.getOrDefault(key, new byte[2]);
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, content.length / 2);
    exchange.getResponseBody().flush();
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    byte[] body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Why a request would be refused: the code, a colon, and what is wrong. */
  private static @Nullable String problem(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values).strip()));
    Matcher parts = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    if (!parts.matches()) {
      return "AccessDenied: no signature of version 4";
    }
    if (!parts.group(1).equals(ACCESS_KEY)) {
      return "InvalidAccessKeyId: " + parts.group(1);
    }
    if (!parts.group(3).equals(REGION)) {
      return "AuthorizationHeaderMalformed: region " + parts.group(3);
    }
    String date = headers.getOrDefault("x-amz-date", "");
    if (!date.startsWith(parts.group(2)) || !isNow(date)) {
      return "RequestTimeTooSkewed: " + date;
    }
    String hash = headers.getOrDefault("x-amz-content-sha256", "");
    boolean sends = exchange.getRequestMethod().equals("PUT");
    boolean unsigned = !sends && body.length == 0 && hash.equals("UNSIGNED-PAYLOAD");
    if (!unsigned && !hash.equals(hex(digest("SHA-256", body)))) {
      return "XAmzContentSHA256Mismatch: " + hash;
    }
    if (sends && !headers.getOrDefault("content-length", "").equals("" + body.length)) {
      return "MissingContentLength: " + headers.get("content-length");
    }
    List<String> signed = Arrays.asList(parts.group(4).split(";"));
    List<String> needed = new ArrayList<>(List.of("host"));
    headers.keySet().stream().filter(name -> name.startsWith("x-amz-")).forEach(needed::add);
    if (!signed.containsAll(needed) || !signed.equals(signed.stream().sorted().toList())) {
      return "AccessDenied: signed headers " + signed;
    }
    StringBuilder canonical = new StringBuilder(exchange.getRequestMethod()).append('\n');
    canonical.append(exchange.getRequestURI().getRawPath()).append('\n');
    String query = exchange.getRequestURI().getRawQuery();
    canonical.append(query == null ? "" : sorted(query)).append('\n');
    for (String name : signed) {
      String value = headers.getOrDefault(name, "").replaceAll(" +", " ");
      canonical.append(name).append(':').append(value).append('\n');
    }
    canonical.append('\n').append(parts.group(4)).append('\n').append(hash);
    String scope = parts.group(2) + "/" + REGION + "/s3/aws4_request";
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            date,
            scope,
            hex(digest("SHA-256", canonical.toString().getBytes(StandardCharsets.UTF_8))));
    byte[] key = hmac(("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8), parts.group(2));
    for (String part : List.of(REGION, "s3", "aws4_request", toSign)) {
      key = hmac(key, part);
    }
    return hex(key).equals(parts.group(5)) ? null : "SignatureDoesNotMatch: " + canonical;
  }

  private static String sorted(String query) {
    return String.join(
        "&",
        Arrays.stream(query.split("&"))
            .map(part -> part.contains("=") ? part : part + "=")
            .sorted()
            .toList());
  }

  private static boolean isNow(String date) {
    Instant sent = AMZ_DATE.parse(date, Instant::from);
    return Duration.between(sent, Instant.now()).abs().compareTo(SKEW) < 0;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
