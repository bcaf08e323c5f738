package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Installations of the app, as strict as Slack's: a code works once and only with the address that
 * it was given for, a refresh token works once, an access token expires and can be revoked. A
 * channel is seen only by the tokens of its workspace.
 */
final class FakeOAuth {
  static final String CLIENT = "123.456";
  static final String CLIENT_SECRET = "a client secret";

  /** Whether tokens expire, after twelve hours. */
  volatile boolean rotating;

  /**
   * Where the app is installed.
   *
   * @param organisation its id, or empty
   * @param whole whether all workspaces of the organisation are meant
   */
  record Place(String team, String name, String organisation, boolean whole) {}

  private record Code(Place place, String redirect, String scope) {}

  private enum State {
    GOOD,
    EXPIRED,
    REVOKED
  }

  private record Token(Place place, State state) {}

  private final FakeSlack slack;
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Map<String, Place> refreshes = new ConcurrentHashMap<>();
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private final Map<String, String> channels = new ConcurrentHashMap<>();

  /** Who installs it next. */
  private volatile Optional<Place> installer = Optional.empty();

  FakeOAuth(FakeSlack slack) {
    this.slack = slack;
  }

  /** The next visitor of Slack's page is of that workspace; without one, permission is denied. */
  void nextInstaller(Place place) {
    installer = Optional.of(place);
  }

  void nextDenies() {
    installer = Optional.empty();
  }

  /** A channel of another workspace than the configured one. */
  void channel(String team, String channel) {
    channels.put(channel, team);
    slack.channel(channel, "U1", FakeSlack.BOT);
  }

  void expire(String team) {
    change(team, State.EXPIRED);
  }

  void revoke(String team) {
    change(team, State.REVOKED);
    refreshes.values().removeIf(place -> place.team().equals(team));
  }

  private void change(String team, State state) {
    tokens.replaceAll(
        (token, known) ->
            known.place().team().equals(team) && known.state() == State.GOOD
                ? new Token(known.place(), state)
                : known);
  }

  /** The tokens of a workspace that work now. */
  List<String> good(String team) {
    return tokens.entrySet().stream()
        .filter(it -> it.getValue().place().team().equals(team))
        .filter(it -> it.getValue().state() == State.GOOD)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Slack's page, with its button pressed at once. */
  void authorize(Context context) {
    String redirect = String.valueOf(context.queryParam("redirect_uri"));
    String state = String.valueOf(context.queryParam("state"));
    if (!CLIENT.equals(context.queryParam("client_id")) || context.queryParam("scope") == null) {
      slack.mistake("authorize without client or scopes");
    }
    String answer =
        installer
            .map(
                place -> {
                  String code = slack.newId("code.");
                  codes.put(
                      code, new Code(place, redirect, String.valueOf(context.queryParam("scope"))));
                  return "code=" + code;
                })
            .orElse("error=access_denied");
    context
        .status(302)
        .header(
            "Location",
            redirect + "?" + answer + "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8));
  }

  /** What a token is worth: an error's code, or empty for a good one. */
  Optional<String> refusal(String token, Context context) {
    Token known = tokens.get(token);
    if (known == null) {
      return Optional.of("invalid_auth");
    }
    return switch (known.state()) {
      case EXPIRED -> Optional.of("token_expired");
      case REVOKED -> Optional.of("token_revoked");
      case GOOD -> sees(known, context) ? Optional.empty() : Optional.of("channel_not_found");
    };
  }

  private boolean sees(Token token, Context context) {
    String channel = context.formParam("channel");
    return channel == null || token.place().team().equals(channels.getOrDefault(channel, ""));
  }

  boolean knows(String token) {
    return tokens.containsKey(token);
  }

  /** Whether a token of the configured workspace asks for somebody else's channel. */
  boolean isOfAnother(Context context) {
    String channel = context.formParam("channel");
    return channel != null && channels.containsKey(channel);
  }

  private Place place(String token) {
    return Objects.requireNonNull(tokens.get(token), token).place();
  }

  ObjectNode identity(String token) {
    Place place = place(token);
    return ok().put("team_id", place.team())
        .put("team", place.name())
        .put("user_id", FakeSlack.BOT)
        .put("user", "reckon");
  }

  ObjectNode uninstall(String token, Context context) {
    if (!CLIENT.equals(context.formParam("client_id"))
        || !CLIENT_SECRET.equals(context.formParam("client_secret"))) {
      return error("bad_client_secret");
    }
    revoke(place(token).team());
    return ok();
  }

  /** {@code oauth.v2.access}: a code or a refresh token for tokens. */
  ObjectNode access(Context context) {
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
    if (!expected.equals(context.header("Authorization"))) {
      return error("bad_client_secret");
    }
    if ("refresh_token".equals(context.formParam("grant_type"))) {
      String refresh = String.valueOf(context.formParam("refresh_token"));
      Place place = refreshes.remove(refresh);
      if (place == null) {
        return error("invalid_refresh_token");
      }
      return issued(place, String.join(",", slack.scopes));
    }
    String code = String.valueOf(context.formParam("code"));
    Code known = codes.get(code);
    if (known == null) {
      return error("invalid_code");
    }
    if (!used.add(code)) {
      return error("code_already_used");
    }
    if (!known.redirect().equals(context.formParam("redirect_uri"))) {
      return error("bad_redirect_uri");
    }
    return issued(known.place(), known.scope());
  }

  private ObjectNode issued(Place place, String scope) {
    String token = "xoxb-" + slack.newId("installed-");
    tokens.put(token, new Token(place, State.GOOD));
    ObjectNode answer =
        ok().put("access_token", token)
            .put("token_type", "bot")
            .put("scope", scope)
            .put("bot_user_id", FakeSlack.BOT)
            .put("app_id", "A1")
            .put("is_enterprise_install", place.whole());
    answer.putObject("authed_user").put("id", "U1");
    if (rotating) {
      String refresh = "xoxe-1-" + slack.newId("refresh-");
      refreshes.put(refresh, place);
      answer.put("refresh_token", refresh).put("expires_in", 43_200);
    }
    if (place.whole()) {
      answer.putNull("team");
    } else {
      answer.putObject("team").put("id", place.team()).put("name", place.name());
    }
    if (place.organisation().isEmpty()) {
      answer.putNull("enterprise");
    } else {
      answer.putObject("enterprise").put("id", place.organisation()).put("name", place.name());
    }
    return answer;
  }

  /** The time as events tell it. */
  static long now() {
    return Instant.now().getEpochSecond();
  }

  private static ObjectNode ok() {
    return FakeSlack.json.createObjectNode().put("ok", true);
  }

  private static ObjectNode error(String code) {
    return FakeSlack.json.createObjectNode().put("ok", false).put("error", code);
  }
}
