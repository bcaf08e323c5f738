package dev.reckon.core.label;

import dev.reckon.core.message.Language;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a request's language: by its script, then among languages with the same script by words and
 * letters that only some of them have. Requests are short and full of names and numbers, and a
 * statistical detector guesses no better on five words than a list of what people ask with.
 * Languages that Reckon does not speak have lists, too, so that Italian is not taken for Spanish.
 */
public final class RequestLanguage {
  /** Enough to tell, and the most that is read. */
  private static final int LONGEST = 2_000;

  /** What a word of a list counts; a letter counts one. */
  private static final int WORD = 2;

  private static final Map<String, Set<String>> WORDS = words();
  private static final Map<Character, List<String>> LETTERS =
      letters(
          Map.ofEntries(
              Map.entry("es", "¿¿¿ññáíóúé"),
              Map.entry("pt", "ãõãõçêâáíóúàé"),
              Map.entry("fr", "èùœîëïûçêâàé"),
              Map.entry("de", "ßßäöü"),
              Map.entry("it", "ìò"),
              Map.entry("pl", "łąężźśń"),
              Map.entry("tr", "ışğ"),
              Map.entry("vi", "ơưđạảấầậếềệốồộ"),
              Map.entry("cs", "řěůčšž"),
              Map.entry("sv", "åøæ"),
              Map.entry("ro", "țăș")));

  /** Letters that Arabic does not have and Persian or Urdu do; the same for Cyrillic. */
  private static final String NOT_ARABIC = "پچژگٹڈڑںےہکی";

  private static final String NOT_RUSSIAN = "іїєґўјљњћђџќѓѕ";

  /** Written in a script of ours by people whose language is none of ours. */
  private static final Map<Language, Set<String>> NEIGHBOURS =
      Map.of(
          Language.HINDI, Set.of("mr", "ne", "sa", "mai", "kok"),
          Language.ARABIC, Set.of("fa", "ur", "ps", "ku", "ckb", "sd", "ug"),
          Language.BENGALI, Set.of("as"),
          Language.RUSSIAN, Set.of("uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"));

  private RequestLanguage() {}

  /**
   * The language that a request is written in. Takes time linear in the beginning of the text.
   *
   * @param text what was asked
   * @param likely the language of the conversation so far, or null
   * @param locale the locale that the platform tells of the person, or null; decides where the text
   *     alone does not
   * @return English for every language that Reckon does not speak
   */
  public static Language of(String text, @Nullable Language likely, @Nullable String locale) {
    Language known = likely != null ? likely : Language.of(locale).orElse(Language.ENGLISH);
    List<String> words = new ArrayList<>();
    Map<UnicodeScript, Integer> scripts = read(text, words);
    return scripts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> of(most.getKey(), scripts, words, known, locale))
        .orElse(known);
  }

  private static Language of(
      UnicodeScript script,
      Map<UnicodeScript, Integer> scripts,
      List<String> words,
      Language known,
      @Nullable String locale) {
    return switch (script) {
      case HIRAGANA, KATAKANA -> Language.JAPANESE;
      case HAN -> {
        int kana =
            scripts.getOrDefault(UnicodeScript.HIRAGANA, 0)
                + scripts.getOrDefault(UnicodeScript.KATAKANA, 0);
        boolean japanese = kana * 5 >= scripts.getOrDefault(UnicodeScript.HAN, 0);
        yield japanese || (kana == 0 && known == Language.JAPANESE)
            ? Language.JAPANESE
            : Language.CHINESE;
      }
      case DEVANAGARI -> unless(Language.HINDI, "", words, locale);
      case BENGALI -> unless(Language.BENGALI, "", words, locale);
      case ARABIC -> unless(Language.ARABIC, NOT_ARABIC, words, locale);
      case CYRILLIC -> unless(Language.RUSSIAN, NOT_RUSSIAN, words, locale);
      case LATIN -> latin(words, known);
      default -> Language.ENGLISH;
    };
  }

  private static Language unless(
      Language language, String foreign, List<String> words, @Nullable String locale) {
    boolean other =
        words.stream().anyMatch(word -> word.chars().anyMatch(c -> foreign.indexOf(c) >= 0));
    String spoken = locale == null ? "" : locale.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    boolean neighbour = NEIGHBOURS.getOrDefault(language, Set.of()).contains(spoken);
    return other || neighbour ? Language.ENGLISH : language;
  }

  /** The most evidence wins; what is known of the person decides where there is as much for it. */
  private static Language latin(List<String> words, Language known) {
    Map<String, Integer> evidence = new HashMap<>();
    for (String word : words) {
      WORDS.forEach(
          (tag, all) -> {
            if (all.contains(word)) {
              evidence.merge(tag, WORD, Integer::sum);
            }
          });
      for (int i = 0; i < word.length(); i++) {
        LETTERS
            .getOrDefault(word.charAt(i), List.of())
            .forEach(tag -> evidence.merge(tag, 1, Integer::sum));
      }
    }
    int most = evidence.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    boolean oneWordOfMany = most <= WORD && words.size() > 2;
    if (most == 0 || oneWordOfMany || evidence.getOrDefault(known.tag(), 0) == most) {
      return known;
    }
    Set<String> best = new HashSet<>();
    evidence.forEach(
        (tag, found) -> {
          if (found == most) {
            best.add(tag);
          }
        });
    return Arrays.stream(Language.values())
        .filter(language -> best.contains(language.tag()))
        .findFirst()
        .orElse(Language.ENGLISH);
  }

  /**
   * Counts letters by script, and collects words in lower case. What is no sentence is left out: a
   * file's name, an address, anything in backquotes.
   */
  private static Map<UnicodeScript, Integer> read(String text, List<String> words) {
    Map<UnicodeScript, Integer> scripts = new EnumMap<>(UnicodeScript.class);
    boolean quoted = false;
    for (String token : text.substring(0, Math.min(LONGEST, text.length())).split("\\s+", -1)) {
      boolean edges = token.chars().filter(c -> c == '`').count() % 2 == 1;
      boolean inside = quoted || token.indexOf('`') >= 0;
      quoted ^= edges;
      if (inside || isName(token)) {
        continue;
      }
      if (token.indexOf('¿') >= 0 || token.indexOf('¡') >= 0) {
        words.add("¿");
      }
      for (String word : token.split("[^\\p{L}\\p{M}]+", -1)) {
        if (!word.isEmpty()) {
          words.add(word.toLowerCase(Locale.ROOT));
          word.codePoints()
              .mapToObj(UnicodeScript::of)
              .filter(s -> s != UnicodeScript.COMMON && s != UnicodeScript.INHERITED)
              .forEach(script -> scripts.merge(script, 1, Integer::sum));
        }
      }
    }
    return scripts;
  }

  private static boolean isName(String token) {
    int dot = token.lastIndexOf('.');
    boolean file =
        dot > 0
            && dot < token.length() - 1
            && token
                .substring(dot + 1)
                .chars()
                .allMatch(c -> c < 128 && Character.isLetterOrDigit(c))
            && token.charAt(dot - 1) < 128;
    return file || token.contains("://") || token.contains("_") || token.contains("@");
  }

  private static Map<String, Set<String>> words() {
    Properties lists = Labels.properties("request-words.properties");
    Map<String, Set<String>> words = new HashMap<>();
    lists.forEach(
        (tag, list) -> words.put(tag.toString(), Set.of(list.toString().strip().split("\\s+"))));
    return Map.copyOf(words);
  }

  private static Map<Character, List<String>> letters(Map<String, String> lists) {
    Map<Character, List<String>> letters = new HashMap<>();
    lists.forEach(
        (tag, list) -> {
          for (int i = 0; i < list.length(); i++) {
            letters.computeIfAbsent(list.charAt(i), key -> new ArrayList<>()).add(tag);
          }
        });
    return letters;
  }
}
