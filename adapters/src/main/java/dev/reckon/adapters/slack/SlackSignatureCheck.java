package dev.reckon.adapters.slack;

import com.slack.api.app_backend.SlackSignature;
import com.slack.api.app_backend.SlackSignature.HeaderNames;
import dev.reckon.adapters.http.HeaderCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Decides whether Slack signed a request. The time of the signature may be five minutes away from
 * ours in either direction, which is what Slack advises. Safe for any threads.
 */
final class SlackSignatureCheck implements HeaderCheck {
  private static final Duration FARTHEST = Duration.ofMinutes(5);
  private static final String REFUSAL = "not signed by Slack, or at another time";
  private static final Pattern TIME = Pattern.compile("[0-9]{1,12}");
  private static final Pattern SIGNATURE = Pattern.compile("v0=[0-9a-f]{64}");

  private final SlackSignature.Verifier verifier;
  private final InstantSource clock;

  SlackSignatureCheck(String signingSecret, InstantSource clock) {
    this.verifier = new SlackSignature.Verifier(new SlackSignature.Generator(signingSecret));
    this.clock = clock;
  }

  /** Refuses what cannot be signed by Slack whatever its body is. */
  @Override
  public Optional<String> refusal(Function<String, Optional<String>> headers) {
    boolean possible =
        headers.apply(HeaderNames.X_SLACK_REQUEST_TIMESTAMP).filter(this::isNow).isPresent()
            && headers
                .apply(HeaderNames.X_SLACK_SIGNATURE)
                .filter(signature -> SIGNATURE.matcher(signature).matches())
                .isPresent();
    return possible ? Optional.empty() : Optional.of(REFUSAL);
  }

  /** Refuses a whole request that Slack did not sign. */
  Optional<String> refusal(Function<String, Optional<String>> headers, String body) {
    return refusal(headers)
        .or(
            () ->
                verifier.isValid(
                        headers.apply(HeaderNames.X_SLACK_REQUEST_TIMESTAMP).orElse(""),
                        body,
                        headers.apply(HeaderNames.X_SLACK_SIGNATURE).orElse(""))
                    ? Optional.empty()
                    : Optional.of(REFUSAL));
  }

  private boolean isNow(String timestamp) {
    if (!TIME.matcher(timestamp).matches()) {
      return false;
    }
    long away = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
    return away <= FARTHEST.toSeconds();
  }
}
