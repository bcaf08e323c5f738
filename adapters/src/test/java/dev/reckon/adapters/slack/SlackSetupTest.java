package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.setup.ScriptedDialogue;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackSetupTest {
  private final FakeSlack slack = new FakeSlack();

  @AfterEach
  void close() {
    slack.close();
  }

  @Test
  void guidesToAWorkingAppAndSendsATestMessage() throws IOException {
    slack.channel("C1", FakeSlack.BOT);
    ScriptedDialogue person = new ScriptedDialogue(FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN, "C1");
    assertTrue(setup(person).run(), person::transcript);
    String transcript = person.transcript();
    assertTrue(transcript.contains("https://api.slack.com/apps?new_app=1&manifest_yaml="));
    assertTrue(transcript.contains("good: all scopes are there"), transcript);
    assertTrue(transcript.contains("good: the message is there"), transcript);
    assertEquals(
        "Reckon is set up. Ask it something: average of 3, 5 and 8",
        slack.messages.getFirst().text());
    assertFalse(transcript.contains(FakeSlack.BOT_TOKEN), "no token is shown");
    assertFalse(transcript.contains(FakeSlack.APP_TOKEN), "no token is shown");
  }

  @Test
  void namesWhatIsMissingAndWhatDoesNotWorkWithoutIt() throws IOException {
    slack.scopes.remove("files:read");
    ScriptedDialogue person = new ScriptedDialogue(FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN);
    assertFalse(setup(person).run());
    assertTrue(
        person
            .transcript()
            .contains("scopes are missing: files:read: attached files cannot be read"),
        person.transcript());
    assertTrue(person.transcript().contains("reckon setup slack"));
    assertEquals(0, slack.messages.size());
  }

  @Test
  void aTokenOfAnotherKindIsAskedForAgain() throws IOException {
    ScriptedDialogue person =
        new ScriptedDialogue(FakeSlack.BOT_TOKEN, FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN, "");
    assertTrue(setup(person).run(), person::transcript);
    assertTrue(person.transcript().contains("That does not begin with xapp-"));
  }

  @Test
  void aTokenThatSlackRefusesIsSaidSo() throws IOException {
    ScriptedDialogue person = new ScriptedDialogue(FakeSlack.APP_TOKEN, "xoxb-of-somebody-else");
    assertFalse(setup(person).run());
    assertTrue(person.transcript().contains("WRONG: "), person.transcript());
    assertFalse(person.transcript().contains("xoxb-of-somebody-else"));
  }

  @Test
  void aChannelThatTheBotIsNotInIsSaidSo() throws IOException {
    slack.channel("C1");
    ScriptedDialogue person = new ScriptedDialogue(FakeSlack.APP_TOKEN, FakeSlack.BOT_TOKEN, "C1");
    assertFalse(setup(person).run());
    assertTrue(
        person.transcript().substring(person.transcript().indexOf("C1")).contains("WRONG: "),
        person.transcript());
  }

  @Test
  void nobodyThereEndsItInWords() throws IOException {
    ScriptedDialogue person = new ScriptedDialogue();
    assertFalse(setup(person).run());
    assertTrue(person.transcript().contains("Nothing was changed."));
  }

  @Test
  void theLinkCarriesTheWholeManifest() throws IOException {
    String link = setup(new ScriptedDialogue()).link();
    String carried =
        URLDecoder.decode(
            link.substring(link.indexOf("manifest_yaml=") + 14), StandardCharsets.UTF_8);
    assertTrue(carried.contains("socket_mode_enabled: true"));
    assertTrue(carried.contains("- users:read"));
    assertFalse(carried.contains("#  "), "comments stay out");
    assertTrue(link.length() < 6000, () -> "browsers take it: " + link.length());
  }

  private SlackSetup setup(ScriptedDialogue person) throws IOException {
    String manifest =
        Files.readString(Path.of(System.getProperty("reckon.root"), "config/slack-manifest.yml"));
    return new SlackSetup(manifest, slack.settings(SlackSettings.Mode.SOCKET).apiUrl(), person);
  }
}
