package dev.reckon.core.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelTest {
  private static final Pattern USE = Pattern.compile("\\bLabel\\.(\\w+)");

  @Test
  void theBundleHasATextForEveryLabelAndNoOther() {
    Set<String> labels = Stream.of(Label.values()).map(Label::key).collect(Collectors.toSet());
    assertEquals(
        new TreeSet<>(labels),
        new TreeSet<>(Labels.properties(Labels.bundle(Language.ENGLISH)).stringPropertyNames()));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyLanguageHasEveryTextWithTheSameValues(Language language) {
    Properties texts = Labels.properties(Labels.bundle(language));
    Properties english = Labels.properties(Labels.bundle(Language.ENGLISH));
    assertEquals(
        new TreeSet<>(english.stringPropertyNames()), new TreeSet<>(texts.stringPropertyNames()));
    for (String key : english.stringPropertyNames()) {
      String text = texts.getProperty(key);
      assertEquals(values(english.getProperty(key)), values(text), key);
      assertEquals(text.strip(), text, key);
      assertFalse(text.isEmpty(), key);
    }
  }

  /** Signs, and words that are the same there. */
  private static final Map<String, Set<String>> SAME_AS_ENGLISH =
      Map.of(
          "checked.all", Set.of("ar", "de", "es", "fr", "id", "pt", "ru"),
          "history.status", Set.of("id", "pt"),
          "list.instruction", Set.of("fr"),
          "list.since_version", Set.of("fr"),
          "list.version", Set.of("fr"),
          "evidence.no", Set.of("es"),
          "rich.no", Set.of("es"));

  @ParameterizedTest
  @EnumSource(value = Language.class, names = "ENGLISH", mode = EnumSource.Mode.EXCLUDE)
  void noTextIsLeftInEnglish(Language language) {
    Properties texts = Labels.properties(Labels.bundle(language));
    Properties english = Labels.properties(Labels.bundle(Language.ENGLISH));
    List<String> left =
        english.stringPropertyNames().stream()
            .filter(key -> english.getProperty(key).equals(texts.getProperty(key)))
            .filter(key -> WORD.matcher(plain(english.getProperty(key))).find())
            .filter(key -> !SAME_AS_ENGLISH.getOrDefault(key, Set.of()).contains(language.tag()))
            .sorted()
            .toList();
    assertEquals(List.of(), left);
  }

  /** What people type is English everywhere, so every text names the same commands and settings. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void commandsAndSettingsAreNamedAsInEnglish(Language language) {
    Properties texts = Labels.properties(Labels.bundle(language));
    Properties english = Labels.properties(Labels.bundle(Language.ENGLISH));
    for (String key : english.stringPropertyNames()) {
      for (Pattern typed : TYPED) {
        typed
            .matcher(english.getProperty(key))
            .results()
            .map(MatchResult::group)
            .forEach(
                word ->
                    assertTrue(
                        texts.getProperty(key).contains(word),
                        language + " " + key + " lacks " + word));
      }
    }
  }

  private static final Pattern WORD = Pattern.compile("\\p{L}{2}");
  private static final List<Pattern> TYPED =
      List.of(
          Pattern.compile("(?<=\\()[a-z]+\\.[a-z_]+(?=\\))"), // a key of the configuration
          Pattern.compile("/(?:ask|help|invite)\\b"),
          Pattern.compile(
              "NAME=VALUE|every (?:day|monday)[a-z0-9: ]*|\\b(?!as )[a-z]+ (?:NAME|N)\\b"));

  /** A text without its values. */
  private static String plain(String text) {
    return text.replaceAll("%(?:\\d+\\$)?[,.0-9]*[a-z]", "");
  }

  /** Where values stand, such as {@code 1s 2,d}, however the text orders them. */
  private static List<String> values(String text) {
    Matcher found = Pattern.compile("%(?:(\\d+)\\$)?([,.0-9]*[a-z%])").matcher(text);
    List<String> values = new ArrayList<>();
    int next = 1;
    while (found.find()) {
      if (!found.group(2).equals("%")) {
        values.add((found.group(1) == null ? next++ : found.group(1)) + found.group(2));
      }
    }
    return values.stream().sorted().toList();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void buttonsFitOnAPhoneAndNumbersHaveTheDigitsOfTheOutput(Language language) {
    for (Label label : Label.values()) {
      if (label.name().startsWith("BUTTON_")) {
        String text = label.in(language, 3);
        assertTrue(text.length() <= 30, text);
      }
    }
    assertTrue(
        Label.EXCERPT_LINES.in(language, 12, 345, "a.txt").matches("(?s).*12.*345.*a.txt.*"));
  }

  @Test
  void everyLabelIsUsed() throws IOException {
    Path root = Path.of(System.getProperty("reckon.root"));
    Set<String> used = new HashSet<>();
    for (String module : List.of("bot-core", "adapters")) {
      try (Stream<Path> files = Files.walk(root.resolve(module + "/src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .flatMap(file -> USE.matcher(read(file)).results().map(use -> use.group(1)))
            .forEach(used::add);
      }
    }
    List<String> unused =
        Stream.of(Label.values()).map(Label::name).filter(name -> !used.contains(name)).toList();
    assertEquals(List.of(), unused);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void valuesStandInTheirPlaces() {
    assertEquals(
        "The first 12 of 1,204 lines. All of it is in a.txt.",
        Label.EXCERPT_LINES.text(12, 1204, "a.txt"));
    assertFalse(Label.BUTTON_MORE.text().isBlank());
  }

  @Test
  void amountsReadAsPeopleSayThem() {
    assertEquals("1 byte", Amounts.size(1));
    assertEquals("96 bytes", Amounts.size(96));
    assertEquals("48.2 KB", Amounts.size(48_213));
    assertEquals("61 MB", Amounts.size(61_000_000));
    assertEquals("6.2 s", Amounts.duration(java.time.Duration.ofMillis(6_200)));
  }
}
