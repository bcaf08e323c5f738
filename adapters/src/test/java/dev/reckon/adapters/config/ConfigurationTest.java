package dev.reckon.adapters.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path folder;

  private enum Mode {
    JUDGE,
    NOT_AT_ALL
  }

  @Test
  void wordsWinOverEnvironmentOverFileOverDefault() throws Exception {
    Map<String, String> env = Map.of("KEY", "from-env");
    assertEquals("d", read("", List.of(), Map.of()).text("a.key", "KEY", "d"));
    assertEquals("f", read("a.key = 'f'", List.of(), Map.of()).text("a.key", "KEY", "d"));
    assertEquals("from-env", read("a.key = 'f'", List.of(), env).text("a.key", "KEY", "d"));
    assertEquals("w", read("a.key = 'f'", List.of("a.key=w"), env).text("a.key", "KEY", "d"));
  }

  @Test
  void readsEveryKind() throws Exception {
    Configuration c =
        read(
            """
            [a]
            n = 7
            text_n = "8"
            x = 0.5
            on = true
            mode = "not-at-all"
            list = ["p", "q"]
            """,
            List.of("a.more=p, q,,r"),
            Map.of());
    assertEquals(7, c.number("a.n", 1, 0, 9));
    assertEquals(8, c.number("a.text_n", 1, 0, 9));
    assertEquals(0.5, c.amount("a.x", 1));
    assertTrue(c.flag("a.on", false));
    assertEquals(Mode.NOT_AT_ALL, c.choice("a.mode", Mode.JUDGE));
    assertEquals(List.of("p", "q"), c.texts("a.list", List.of()));
    assertEquals(List.of("p", "q", "r"), c.texts("a.more", List.of()));
    assertTrue(c.optionalAmount("a.none").isEmpty());
    c.check();
  }

  @Test
  void aWordFromTheCommandLineMayBeAnyValueOfToml() throws Exception {
    Configuration c =
        read(
            "",
            List.of(
                "a.list=[\"telegram/7\", 'slack/T1/U1']",
                "a.quoted=\"two words\"",
                "a.bare=1e5",
                "a.url=jdbc:sqlite:x=y",
                "a.many=10_000",
                "a.on=true",
                "a.half=0.5",
                "a.empty=[]"),
            Map.of());
    assertEquals(List.of("telegram/7", "slack/T1/U1"), c.texts("a.list", List.of()));
    assertEquals("two words", c.text("a.quoted", ""));
    assertEquals("1e5", c.text("a.bare", ""));
    assertEquals("jdbc:sqlite:x=y", c.text("a.url", ""));
    assertEquals(10_000, c.number("a.many", 1, 0, 99_999));
    assertTrue(c.flag("a.on", false));
    assertEquals(0.5, c.amount("a.half", 1));
    assertEquals(List.of(), c.texts("a.empty", List.of("d")));
    c.check();
  }

  @Test
  void aValueOfTheWrongShapeIsSaid() throws Exception {
    Configuration c =
        read(
            "a.text = ['x']",
            List.of("a.number=[1]", "a.flag=[true]", "a.list=[[\"x\"]]", "a.table={b = 1}"),
            Map.of());
    c.text("a.text", "");
    c.number("a.number", 1, 0, 9);
    c.flag("a.flag", true);
    c.texts("a.list", List.of());
    c.text("a.table", "");
    assertEquals(5, assertThrows(ConfigurationException.class, c::check).problems().size());
    for (String word : List.of("a.list=[\"x\"", "a.text=\"x", "a.two=[1]\nb=2")) {
      ConfigurationException e =
          assertThrows(ConfigurationException.class, () -> read("", List.of(word), Map.of()), word);
      assertTrue(e.problems().getFirst().startsWith("--set " + word), e.problems().toString());
    }
  }

  @Test
  void anUnknownKeyStopsTheStartAndNamesTheNearest() throws Exception {
    Configuration c = read("turn.max_atempts = 2", List.of("workers=3"), Map.of());
    c.number("turn.max_attempts", 3, 1, 9);
    c.number("sandbox.workers", 1, 1, 9);
    List<String> problems = assertThrows(ConfigurationException.class, c::check).problems();
    assertEquals(2, problems.size());
    assertTrue(
        problems
            .get(0)
            .endsWith("turn.max_atempts: there is no such key. Did you mean turn.max_attempts?"),
        problems.get(0));
    assertEquals(
        "--set workers: there is no such key. Did you mean sandbox.workers?", problems.get(1));
  }

  @Test
  void valuesThatCannotBeUsedAreAllNamed() throws Exception {
    Configuration c =
        read("a.n = 'many'\na.on = 3", List.of("a.mode=maybe", "a.x=-1", "a.y=NaN"), Map.of());
    assertEquals(3, c.number("a.n", 3, 1, 9));
    c.flag("a.on", true);
    c.choice("a.mode", Mode.JUDGE);
    c.amount("a.x", 1);
    c.amount("a.y", 1);
    ConfigurationException e = assertThrows(ConfigurationException.class, c::check);
    assertEquals(5, e.problems().size());
    assertTrue(e.problems().get(0).contains("a whole number from 1 to 9 is needed"), e.toString());
    assertTrue(e.toString().contains("--set a.mode: \"judge\" or \"not_at_all\""), e.toString());
  }

  @Test
  void variablesOfTheEnvironmentAreFilledIn() throws Exception {
    Configuration c =
        read(
            "a.t = 'Bearer ${TOKEN}'\na.u = '${MISSING:-none}'\na.v = '${MISSING}'",
            List.of(),
            Map.of("TOKEN", "x$1"));
    assertEquals("Bearer x$1", c.text("a.t", ""));
    assertEquals("none", c.text("a.u", ""));
    assertEquals("", c.text("a.v", ""));
    ConfigurationException e = assertThrows(ConfigurationException.class, c::check);
    assertTrue(e.toString().contains("a.v: the environment has no MISSING"), e.toString());
  }

  @Test
  void namesWithDotsAreQuotedAsInToml() throws Exception {
    Configuration c =
        read("[prices.\"m-4.1\"]\ninput = 2", List.of("prices.\"m-4.1\".output=8"), Map.of());
    assertEquals(Set.of("m-4.1"), c.names("prices"));
    assertEquals(2, c.amount("prices." + Configuration.part("m-4.1") + ".input", 0));
    assertEquals(8, c.amount("prices." + Configuration.part("m-4.1") + ".output", 0));
    c.check();
  }

  @Test
  void aSecretPrintsAsStars() throws Exception {
    Secret secret = read("", List.of("a.key= sk-1 "), Map.of()).secret("a.key", "NONE");
    assertEquals("sk-1", secret.value());
    assertFalse(("" + secret).contains("sk-1"));
    assertEquals("key *** refused", secret.redactedFrom("key sk-1 refused"));
  }

  @Test
  void brokenTomlNamesFileAndLine() {
    String message =
        String.valueOf(
            assertThrows(
                    ConfigurationException.class,
                    () -> read("[a]\nb = 1\nc = no quotes", List.of(), Map.of()))
                .getMessage());
    assertTrue(message.contains("reckon.toml, line 3: this is not TOML"), message);
  }

  @Test
  void aMissingFileAndAMalformedWordAreNamed() {
    assertThrows(
        ConfigurationException.class,
        () -> Configuration.read(Optional.of(folder.resolve("none.toml")), List.of(), n -> null));
    assertThrows(
        ConfigurationException.class, () -> read("", List.of("turn.max_attempts"), Map.of()));
  }

  private Configuration read(String toml, List<String> words, Map<String, String> environment)
      throws ConfigurationException, IOException {
    Path file = Files.writeString(folder.resolve("reckon.toml"), toml);
    return Configuration.read(Optional.of(file), words, environment::get);
  }

  @Test
  void whatIsInForceTellsNoSecret() throws Exception {
    Configuration configuration =
        Configuration.read(
            Optional.empty(),
            List.of(
                "a.token=hidden-1",
                "a.url=https://ada:hidden-2@host/x",
                "a.jdbc=jdbc:postgresql://host/db?user=ada&password=hidden-4&ssl=true",
                "a.text=with hidden-1 in it",
                "a.other_password=hidden-3",
                "a.number=7"),
            name -> null);
    configuration.secret("a.token", "A_TOKEN");
    configuration.secret("a.unset", "A_UNSET");
    configuration.text("a.url", "");
    configuration.text("a.jdbc", "");
    configuration.text("a.text", "");
    configuration.text("a.other_password", "");
    configuration.number("a.number", 1, 0, 9);
    configuration.flag("a.flag", true);
    configuration.texts("a.texts", List.of("x", "y"));
    assertEquals(
        Map.of(
            "a.token", "(set)",
            "a.unset", "(not set)",
            "a.url", "https://***@host/x",
            "a.jdbc", "jdbc:postgresql://host/db?user=***&password=***&ssl=true",
            "a.text", "with *** in it",
            "a.other_password", "(set)",
            "a.number", "7",
            "a.flag", "true",
            "a.texts", "x, y"),
        configuration.inForce());
  }
}
