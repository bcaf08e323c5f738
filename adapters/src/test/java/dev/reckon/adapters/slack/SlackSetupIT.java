package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.app.SetupPlace;
import dev.reckon.app.StartedReckon;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code setup slack} as people start it, against a workspace that answers as Slack does. */
class SlackSetupIT {
  private static final String MEMBER = "U7";

  @TempDir private Path folder;

  @Test
  void aNewcomerIsLedToATestMessageAndEverythingIsKept() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      slack.members.put(MEMBER, Set.of(FakeSlack.BOT));
      StartedReckon.Ended ended =
          setup(slack, "xoxb-wrong-way-round", FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN, MEMBER);
      assertEquals(0, ended.code(), ended::toString);
      assertTrue(ended.out().contains("✗ That does not begin with xapp-."), ended.out());
      assertTrue(ended.out().contains("✓ all scopes are there"), ended.out());
      assertTrue(ended.out().contains("✓ Slack accepted the message; look there."), ended.out());
      assertTrue(ended.out().contains("✓ ./reckon start answers in Slack."), ended.out());
      assertTrue(ended.out().contains("✗ No model is set"), ended.out());
      assertEquals(1, slack.messages.size());
      assertTrue(slack.messages.getFirst().toString().contains("Reckon is set up"));
      noSecretIn(ended);
      assertEquals(
          Map.of("SLACK_APP_TOKEN", FakeSlack.APP_TOKEN, "SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN),
          place().secrets().read());
      String settings = place().text();
      assertTrue(settings.contains("\nadministrators = [\"slack/T1/" + MEMBER + "\"]\n"), settings);
      place().transcript("slack", ended);

      StartedReckon.Ended again = setup(slack, "", "", "");
      assertEquals(0, again.code(), again::toString);
      assertTrue(again.out().contains("✓ SLACK_APP_TOKEN is set already"), again.out());
      assertEquals(settings, place().text());
    }
  }

  @Test
  void whatIsNotThereYetIsLeftForLater() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      StartedReckon.Ended ended = setup(slack, "-", FakeSlack.BOT_TOKEN);
      assertEquals(1, ended.code(), ended::toString);
      assertTrue(ended.out().contains("✗ Slack needs both tokens"), ended.out());
      assertTrue(ended.out().contains("✗ Slack is not enabled."), ended.out());
      assertEquals(Map.of("SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN), place().secrets().read());
    }
  }

  @Test
  void theLinkIsShortAndCarriesTheWholeManifestBehindIt() throws Exception {
    String manifest = Files.readString(StartedReckon.HOME.resolve("config/slack-manifest.yml"));
    String link =
        new SlackGuide(manifest, "", "", SlackSettings.DEFAULT_API, Optional.empty())
            .link()
            .toString();
    String carried =
        URLDecoder.decode(link.substring(link.indexOf("yaml=") + 5), StandardCharsets.UTF_8);
    assertTrue(carried.contains("callback_id: reckon.run_code"), carried);
    assertTrue(carried.contains("- users:read"), carried);
    assertFalse(carried.contains("# "), "comments are left out: " + carried);
    assertTrue(link.length() < 4000, () -> "browsers take " + link.length() + " characters");
  }

  @Test
  void missingScopesAreNamedAndStopItBeforeAnythingIsKept() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      slack.scopes.remove("files:read");
      StartedReckon.Ended ended = setup(slack, FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN);
      assertEquals(1, ended.code(), ended::toString);
      assertTrue(ended.out().contains("files:read: attached files cannot be read"), ended.out());
      assertTrue(slack.messages.isEmpty());
      assertEquals(Map.of(), place().secrets().read());
    }
  }

  @Test
  void leavingItChangesNothingAndSaysSo() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      StartedReckon.Ended ended = setup(slack, FakeSlack.APP_TOKEN);
      assertEquals(2, ended.code(), ended::toString);
      assertTrue(ended.err().contains("nothing was changed"), ended.err());
      assertEquals(Map.of(), place().secrets().read());
    }
  }

  private SetupPlace place() {
    return new SetupPlace(folder);
  }

  private StartedReckon.Ended setup(FakeSlack slack, String... answers) throws Exception {
    return place()
        .run(
            "slack",
            "slack.api_url=" + slack.settings(SlackSettings.Mode.SOCKET).apiUrl(),
            answers);
  }

  private static void noSecretIn(StartedReckon.Ended ended) {
    String all = ended.out() + ended.err();
    assertFalse(all.contains(FakeSlack.APP_TOKEN), all);
    assertFalse(all.contains(FakeSlack.BOT_TOKEN), all);
  }
}
