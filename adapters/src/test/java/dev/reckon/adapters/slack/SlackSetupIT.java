package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.app.StartedReckon;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code setup slack} as people start it, against a workspace that answers as Slack does. */
class SlackSetupIT {
  @TempDir private Path folder;

  @Test
  void aNewcomerIsLedToATestMessage() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      slack.members.put("C1", Set.of(FakeSlack.BOT));
      StartedReckon.Ended ended =
          setup(slack, "xoxb-wrong-way-round", FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN, "C1");
      assertEquals(0, ended.code(), ended::toString);
      assertTrue(ended.out().contains("✗ That does not begin with xapp-."), ended.out());
      assertTrue(ended.out().contains("✓ all scopes are there"), ended.out());
      assertTrue(ended.out().contains("✓ Slack took it; look there."), ended.out());
      assertEquals(1, slack.messages.size());
      assertTrue(slack.messages.getFirst().toString().contains("Reckon is set up"));
      noSecretIn(ended);
      Files.createDirectories(StartedReckon.HOME.resolve("adapters/target/transcripts"));
      Files.writeString(
          StartedReckon.HOME.resolve("adapters/target/transcripts/setup-slack.txt"), ended.out());
    }
  }

  @Test
  void theLinkCarriesTheWholeManifest() throws Exception {
    String manifest = Files.readString(StartedReckon.HOME.resolve("config/slack-manifest.yml"));
    String link = new SlackGuide(manifest, "", "", SlackSettings.DEFAULT_API).link();
    String carried =
        URLDecoder.decode(link.substring(link.indexOf("yaml=") + 5), StandardCharsets.UTF_8);
    assertTrue(carried.contains("callback_id: reckon.run_code"), carried);
    assertTrue(carried.contains("- users:read"), carried);
    assertFalse(carried.contains("# "), "comments are left out: " + carried);
    assertTrue(link.length() < 4000, () -> "browsers take " + link.length() + " characters");
  }

  @Test
  void missingScopesAreNamedAndStopIt() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      slack.scopes.remove("files:read");
      StartedReckon.Ended ended = setup(slack, FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN);
      assertEquals(1, ended.code(), ended::toString);
      assertTrue(ended.out().contains("files:read: attached files cannot be read"), ended.out());
      assertTrue(slack.messages.isEmpty());
    }
  }

  @Test
  void leavingItChangesNothingAndSaysSo() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      StartedReckon.Ended ended = setup(slack, FakeSlack.APP_TOKEN);
      assertEquals(2, ended.code(), ended::toString);
      assertTrue(ended.err().contains("nothing was changed"), ended.err());
    }
  }

  private StartedReckon.Ended setup(FakeSlack slack, String... answers) throws Exception {
    return StartedReckon.run(
        folder,
        String.join("\n", answers) + "\n",
        "setup",
        "slack",
        "--set",
        "slack.api_url=" + slack.settings(SlackSettings.Mode.SOCKET).apiUrl(),
        // Switched on without tokens, as somebody has it who sets it up.
        "--set",
        "slack.enabled=true");
  }

  private static void noSecretIn(StartedReckon.Ended ended) {
    String all = ended.out() + ended.err();
    assertFalse(all.contains(FakeSlack.APP_TOKEN), all);
    assertFalse(all.contains(FakeSlack.BOT_TOKEN), all);
  }
}
