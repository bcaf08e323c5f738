package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.config.SecretsFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private SecretsFile secrets() {
    return new SecretsFile(folder.resolve("reckon").resolve("secrets"));
  }

  private int run(String input, String... words) {
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    Console console = new Console(in, stream, stream, false, false, false, 80, false);
    return new CommandLineRunner(
            (config, set) -> {
              throw new IllegalStateException("nothing is to be opened");
            },
            secrets(),
            console)
        .run(words);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aKeyIsKeptForItsOwnerAloneAndNeverShown() throws Exception {
    assertEquals(0, run("sk-test-123\n", "keys", "set", "openai"));
    assertEquals(0, run("xoxb-1\n", "keys", "set", "SLACK_BOT_TOKEN"));
    assertEquals(0, run("", "keys", "list"));
    assertTrue(shown().contains("OPENAI_API_KEY\nSLACK_BOT_TOKEN\n"), shown());
    assertFalse(shown().contains("sk-test") || shown().contains("xoxb"), shown());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets().path())));
    assertEquals("sk-test-123", secrets().below(name -> null).apply("OPENAI_API_KEY"));
    assertEquals(
        "other", secrets().below(Map.of("OPENAI_API_KEY", "other")::get).apply("OPENAI_API_KEY"));
    assertEquals(0, run("", "keys", "remove", "openai"));
    assertEquals(Map.of("SLACK_BOT_TOKEN", "xoxb-1"), secrets().read());
    assertEquals(1, run("", "keys", "remove", "openai"));
  }

  @Test
  void whatIsNoKeyIsRefusedAndChangesNothing() throws Exception {
    assertEquals(2, run("\n", "keys", "set", "openai"));
    assertEquals(2, run("", "keys", "set", "openai"));
    assertEquals(2, run("x\n", "keys", "set"));
    assertTrue(shown().contains("Name the key: openai, slack-bot"), shown());
    assertEquals(2, run("x\n", "keys", "set", "openapi"));
    assertTrue(shown().contains("There is no key of that name. Did you mean openai?"), shown());
    assertEquals(2, run("x\n", "keys", "sett", "openai"));
    assertTrue(
        shown()
            .contains(
                """
                reckon: ACTION can be set, list, remove; it cannot be "sett".
                Did you mean set?
                """),
        shown());
    assertTrue(secrets().read().isEmpty());
  }

  @Test
  void aFileThatIsOpenToOthersIsNotRead() throws Exception {
    secrets().put("OPENAI_API_KEY", "sk-1");
    Files.setPosixFilePermissions(secrets().path(), PosixFilePermissions.fromString("rw-r--r--"));
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> secrets().below(name -> null));
    assertTrue(refused.problems().getFirst().contains("chmod 600"));
    assertFalse(refused.problems().getFirst().contains("sk-1"));
  }
}
