package dev.reckon.adapters.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path folder;

  private SettingsFile file(String text) throws Exception {
    Path path = folder.resolve("reckon.toml");
    Files.writeString(path, text);
    return new SettingsFile(path);
  }

  private static String text(SettingsFile file) throws Exception {
    return Files.readString(file.path());
  }

  @Test
  void onlyTheOneValueChanges() throws Exception {
    SettingsFile file =
        file("# ours\n[slack]\n# on or off\nenabled = false\nmode = \"http\"\n[telegram]\n");
    assertTrue(file.set("slack.enabled", "true"));
    assertEquals(
        "# ours\n[slack]\n# on or off\nenabled = true\nmode = \"http\"\n[telegram]\n", text(file));
    assertFalse(file.set("slack.enabled", "true"), "it is so already");
  }

  @Test
  void aMissingKeyTableOrFileIsAdded() throws Exception {
    SettingsFile file = file("[slack]\r\nmode = \"http\"\r\n");
    assertTrue(file.set("slack.enabled", "true"));
    assertTrue(file.set("telegram.enabled", "true"));
    assertEquals(
        "[slack]\r\nenabled = true\r\nmode = \"http\"\r\n\r\n[telegram]\r\nenabled = true\r\n",
        text(file));
    SettingsFile none = new SettingsFile(folder.resolve("new/reckon.toml"));
    assertTrue(none.add("policy.people", "telegram/7"));
    assertEquals("[policy]\npeople = [\"telegram/7\"]\n", text(none));
  }

  @Test
  void aListOfSeveralLinesGrowsByOneName() throws Exception {
    SettingsFile file =
        file("[policy]\npeople = [\n  \"a]\", # one\n  'b',\n]\nteams = [] # none\n[slack]\n");
    assertTrue(file.add("policy.people", "c\"d"));
    assertTrue(file.add("policy.teams", "t"));
    assertFalse(file.add("policy.people", "b"));
    assertEquals(List.of("a]", "b", "c\"d"), file.texts("policy.people"));
    assertEquals(
        """
        [policy]
        people = [
          "a]", # one
          'b',
          "c\\"d",
        ]
        teams = ["t"] # none
        [slack]
        """,
        text(file));
  }

  @Test
  void commentsBesideAndInsideAValueStay() throws Exception {
    SettingsFile file =
        file(
            """
            [slack]
            enabled = false  # "on" [or] off
            [policy]
            people = [
              'a' # A
              # B
            ] # C
            """);
    assertTrue(file.set("slack.enabled", "true"));
    assertTrue(file.add("policy.people", "b"));
    String after =
        """
        [slack]
        enabled = true  # "on" [or] off
        [policy]
        people = [
          'a', # A
          # B
          "b",
        ] # C
        """;
    assertEquals(after, text(file));
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> file.set("policy.people", "['c']"));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("comments inside the value would be lost"));
    assertEquals(after, text(file));
  }

  @Test
  void whatItCannotChangeStaysAndTheLineToWriteIsNamed() throws Exception {
    for (String odd :
        List.of(
            "slack.enabled = false\n",
            "slack = { enabled = false }\n",
            "[log]\nlevel = \"\"\"\n[slack]\nenabled = false\n\"\"\"\n")) {
      SettingsFile file = file(odd);
      ConfigurationException refused =
          assertThrows(ConfigurationException.class, () -> file.set("slack.enabled", "true"), odd);
      assertEquals(odd, text(file));
      assertTrue(
          refused.problems().getFirst().contains("Below [slack], write: enabled = true"),
          refused::getMessage);
    }
    SettingsFile variable = file("[policy]\npeople = \"${WHO}\"\n");
    assertThrows(ConfigurationException.class, () -> variable.add("policy.people", "a"));
    assertEquals("[policy]\npeople = \"${WHO}\"\n", text(variable));
  }

  @Test
  void rightsAndALinkToTheFileAreKept() throws Exception {
    SettingsFile file = file("[slack]\nenabled = false\n");
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
    Path link = folder.resolve("link.toml");
    Files.createSymbolicLink(link, file.path());
    assertTrue(new SettingsFile(link).set("slack.enabled", "true"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("[slack]\nenabled = true\n", text(file));
    assertEquals(
        "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
  }
}
