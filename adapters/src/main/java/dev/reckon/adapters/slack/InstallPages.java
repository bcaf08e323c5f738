package dev.reckon.adapters.slack;

import com.slack.api.methods.response.oauth.OAuthV2AccessResponse;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.core.store.ContentHash;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages by which a workspace installs the app. The state that Slack sends back is a hash of a
 * secret in the browser's cookie, so an installation counts only in the browser that began it, and
 * nothing is remembered here for those who never come back.
 */
final class InstallPages {
  private static final Logger LOG = LoggerFactory.getLogger(InstallPages.class);
  private static final String COOKIE = "reckon_slack_install";

  /** When it was made, in seconds since 1970, and a secret. */
  private static final Pattern KEPT = Pattern.compile("([0-9]{1,12})\\.[A-Za-z0-9_-]{43}");

  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_CODE = 2_000;

  /** Says that a browser was sent to the public address already. */
  private static final String MOVED = "moved";

  private final SlackOAuth oauth;
  private final OAuthClient client;
  private final Workspaces workspaces;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  InstallPages(SlackOAuth oauth, OAuthClient client, Workspaces workspaces, InstantSource clock) {
    this.oauth = oauth;
    this.client = client;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(Endpoint.Method.GET, SlackOAuth.INSTALL_PATH, this::begin),
        new Endpoint(Endpoint.Method.GET, SlackOAuth.CALLBACK_PATH, this::complete));
  }

  private void begin(Context context) {
    if (!oauth.publicUrl().getRawAuthority().equalsIgnoreCase(context.header("Host"))) {
      toPublicAddress(context);
      return;
    }
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String kept =
        clock.instant().getEpochSecond()
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    setCookie(context, kept, oauth.patience().toSeconds());
    InstallPage.show(
        context,
        200,
        "Add Reckon to Slack",
        "Reckon answers questions in your workspace by writing a Python program, running it in a"
            + " sandbox and checking the output. It reads messages that are meant for it, and"
            + " files that come with them.",
        Optional.of(new InstallPage.Link("Add to Slack", client.permission(state(kept)))));
  }

  /** Slack sends people back to the public address, where a cookie of another one is unknown. */
  private void toPublicAddress(Context context) {
    if (context.queryParam(MOVED) == null) {
      context.header("Location", oauth.installPage() + "?" + MOVED + "=1").status(303);
    } else {
      refuse(
          context,
          500,
          "The proxy in front of Reckon does not keep the Host header of requests. Whoever runs it"
              + " has to forward Host as it is: it must be \"%s\"."
                  .formatted(oauth.publicUrl().getRawAuthority()));
    }
  }

  private void complete(Context context) {
    String kept = Objects.requireNonNullElse(context.cookie(COOKIE), "");
    setCookie(context, "", 0);
    if (!isOurs(kept, Objects.requireNonNullElse(context.queryParam("state"), ""))) {
      refuse(
          context,
          400,
          "This installation was not begun in this browser, or took too long. Nothing was"
              + " installed; begin again.");
      return;
    }
    String code = Objects.requireNonNullElse(context.queryParam("code"), "");
    if (code.isEmpty() || code.length() > LONGEST_CODE) {
      refuse(context, 400, "Slack gave no permission, so nothing was installed.");
      return;
    }
    try {
      install(context, client.redeem(code));
    } catch (SlackFailure e) {
      LOG.warn("an installation failed: {}", e.getMessage());
      refuse(context, e.meaning().isPassing() ? 502 : 400, reason(e));
    }
  }

  private static String reason(SlackFailure e) {
    return switch (e.code()) {
      case "invalid_code", "code_already_used" ->
          "Slack does not know this permission (any more): it works once, and for ten minutes."
              + " Nothing was installed; begin again.";
      case "bad_client_secret", "invalid_client_id", "bad_redirect_uri" ->
          "Reckon is not set up correctly for this (%s). Whoever runs it finds the advice in"
                  .formatted(e.code())
              + " docs/slack.md.";
      default -> e.meaning().getMessage() + ". Nothing was installed; try again in a moment.";
    };
  }

  private void install(Context context, OAuthV2AccessResponse answer) throws SlackFailure {
    boolean whole = answer.isEnterpriseInstall();
    String id = whole ? answer.getEnterprise().getId() : answer.getTeam().getId();
    String name = whole ? answer.getEnterprise().getName() : answer.getTeam().getName();
    if (!oauth.allows(id, Workspaces.organisation(answer))) {
      LOG.warn("{} may not install the app; add it to slack.oauth.workspaces to allow that", id);
      refuse(
          context,
          403,
          "%s may not install this Reckon. %s Whoever runs it can allow it: the id to add to"
                  .formatted(name, takenBack(answer, id))
              + " slack.oauth.workspaces is %s.".formatted(id));
      return;
    }
    Instant now = clock.instant();
    workspaces.install(answer, now);
    String app = Objects.requireNonNullElse(answer.getAppId(), "");
    List<String> missing = Scopes.missing(Scopes.granted(answer.getScope()));
    String scopes =
        missing.isEmpty()
            ? ""
            : " Slack did not grant everything, though: %s.".formatted(String.join("; ", missing));
    InstallPage.show(
        context,
        200,
        "Reckon is installed in " + name,
        "Write to it in its direct messages, or invite it to a channel with /invite @Reckon."
            + scopes,
        Optional.of(
            new InstallPage.Link(
                "Open Slack",
                URI.create(
                    "https://slack.com/app_redirect?app="
                        + app.replaceAll("[^A-Z0-9]", "")
                        + (whole ? "" : "&team=" + id.replaceAll("[^A-Z0-9]", ""))))));
  }

  /**
   * Removes a refused installation, unless that would make the configured token invalid. What stays
   * is not served either.
   *
   * @return what became of it, in a sentence
   */
  private String takenBack(OAuthV2AccessResponse answer, String id) {
    if (workspaces.includesConfigured(answer)) {
      LOG.warn("{} keeps the app: slack.bot_token may be of the same installation", id);
      return "Nothing was changed there.";
    }
    try {
      client.uninstall(answer.getAccessToken());
      return "It was removed again.";
    } catch (SlackFailure e) {
      LOG.error("{} keeps the app, though it is not served: {}", id, e.getMessage());
      return "Slack did not remove it again (%s): it is not served, and an administrator can remove"
              .formatted(e.code())
          + " it on Slack's page \"Manage apps\".";
    }
  }

  private boolean isOurs(String kept, String state) {
    Matcher parts = KEPT.matcher(kept);
    if (!parts.matches()) {
      return false;
    }
    Instant begun = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
    Instant now = clock.instant();
    boolean inTime = !begun.isAfter(now) && now.isBefore(begun.plus(oauth.patience()));
    return inTime
        && MessageDigest.isEqual(
            state.getBytes(StandardCharsets.UTF_8), state(kept).getBytes(StandardCharsets.UTF_8));
  }

  private static String state(String kept) {
    return ContentHash.of("slack install " + kept);
  }

  private void refuse(Context context, int status, String why) {
    InstallPage.show(
        context,
        status,
        "Not installed",
        why,
        Optional.of(new InstallPage.Link("Begin again", oauth.installPage())));
  }

  /** The answer comes from Slack's page, so the cookie is sent with a link from there, too. */
  private void setCookie(Context context, String value, long seconds) {
    boolean secure = "https".equals(oauth.publicUrl().getScheme());
    context
        .res()
        .addHeader(
            "Set-Cookie",
            "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                    COOKIE, value, SlackOAuth.INSTALL_PATH, seconds, secure ? "; Secure" : ""));
  }
}
