package dev.reckon.adapters.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A provider of OpenID Connect as strict as Slack's and Telegram's: parameters, redirect address,
 * client secret, code verifier and single use of codes are all checked.
 */
final class FakeOpenId implements AutoCloseable {
  static final String CLIENT = "10000001";
  static final String SECRET = "the-secret-of-this-client";

  private final HttpServer server;
  private final RSAKey key;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final String redirect;
  private final boolean pkce;

  /** What the person at the platform is. */
  volatile Map<String, Object> person = Map.of();

  /** Changes a token before it is signed. */
  volatile UnaryOperator<JWTClaimsSet.Builder> twist = claims -> claims;

  /** Signs with another key, if there is one. */
  volatile RSAKey forger;

  FakeOpenId(String redirect, boolean pkce) throws IOException, JOSEException {
    this.redirect = redirect;
    this.pkce = pkce;
    this.key = new RSAKeyGenerator(2048).keyID("k1").generate();
    this.forger = key;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.createContext("/chat", this::chat);
    server.createContext(
        "/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The provider's settings with these addresses in place of the platform's. */
  OpenIdProvider standIn(OpenIdProvider platform) {
    return platform.at(
        issuer(),
        URI.create(issuer() + "/authorize"),
        URI.create(issuer() + "/token"),
        URI.create(issuer() + "/keys"));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** A page of the platform's own with a message that links to the address in the query. */
  private void chat(HttpExchange exchange) throws IOException {
    String page =
        "<!doctype html><title>Chat</title><link rel=icon href=data:,><a href=\"%s\">Open</a>"
            .formatted(exchange.getRequestURI().getRawQuery());
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split("&", -1)) {
      String[] parts = field.split("=", 2);
      String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      if (fields.put(parts[0], value) != null) {
        throw new IllegalArgumentException("twice: " + parts[0]);
      }
    }
    return fields;
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
    boolean good =
        "code".equals(asked.get("response_type"))
            && CLIENT.equals(asked.get("client_id"))
            && redirect.equals(asked.get("redirect_uri"))
            && asked.getOrDefault("scope", "").contains("openid")
            && asked.getOrDefault("state", "").length() >= 32
            && asked.getOrDefault("nonce", "").length() >= 32
            && (!pkce
                || ("S256".equals(asked.get("code_challenge_method"))
                    && asked.getOrDefault("code_challenge", "").length() == 43));
    if (!good) {
      answer(exchange, 400, "{\"error\":\"invalid_request\"}");
      return;
    }
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .set("Location", redirect + "?code=" + code + "&state=" + asked.get("state"));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> given =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    if (!isClient(exchange, given)) {
      answer(exchange, pkce ? 401 : 200, "{\"ok\":false,\"error\":\"%s\"}".formatted(refusal()));
      return;
    }
    Optional<Map<String, String>> redeemed =
        Optional.ofNullable(codes.remove(given.getOrDefault("code", "")));
    Map<String, String> asked = redeemed.orElse(Map.of());
    boolean good =
        "POST".equals(exchange.getRequestMethod())
            && redeemed.isPresent()
            && "authorization_code".equals(given.get("grant_type"))
            && redirect.equals(given.get("redirect_uri"))
            && (!pkce
                || challenge(given.getOrDefault("code_verifier", ""))
                    .equals(asked.get("code_challenge")));
    if (!good) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}"
            .formatted(signed(asked.getOrDefault("nonce", ""))));
  }

  /** Slack answers with status 200 and an error of its own. */
  private String refusal() {
    return pkce ? "invalid_client" : "bad_client_secret";
  }

  private boolean isClient(HttpExchange exchange, Map<String, String> given) {
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    return pkce
        ? basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
        : CLIENT.equals(given.get("client_id")) && SECRET.equals(given.get("client_secret"));
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signed(String nonce) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .subject("opaque")
            .claim("nonce", nonce)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)));
    new HashMap<>(person).forEach(claims::claim);
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
              twist.apply(claims).build());
      token.sign(new RSASSASigner(forger));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
