package dev.reckon.adapters.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The given values, read by dotted key. Reading a key registers it with its default; when
 * everything was read, {@link #check} finds what was given and never asked for. A value that cannot
 * be used is remembered as a problem and its default used meanwhile, so that one start reports
 * every mistake.
 *
 * <p>What {@code --set} gave wins over the environment, that over the file, and that over the
 * default. In texts, {@code ${NAME}} stands for a variable of the environment, and {@code
 * ${NAME:-words}} names what to use where it is not set. For use by one thread.
 */
public final class Configuration {
  private final String fileName;
  private final Map<String, JsonNode> file;
  private final Map<String, JsonNode> words;
  private final Function<String, @Nullable String> environment;
  private final SortedMap<String, String> known = new TreeMap<>();
  private final SortedMap<String, String> inForce = new TreeMap<>();
  private final Set<String> tables = new TreeSet<>();
  private final SecretValues secrets = new SecretValues();
  private final List<String> problems = new ArrayList<>();

  private Configuration(
      String fileName,
      Map<String, JsonNode> file,
      Map<String, JsonNode> words,
      Function<String, @Nullable String> environment) {
    this.fileName = fileName;
    this.file = file;
    this.words = words;
    this.environment = environment;
  }

  /**
   * Reads what is given.
   *
   * @param file a TOML file, or empty for defaults only
   * @param words each {@code key=value}, from the command line
   * @param environment gives a variable's value, or null
   */
  public static Configuration read(
      Optional<Path> file, List<String> words, Function<String, @Nullable String> environment)
      throws ConfigurationException {
    return new Configuration(
        file.map(Path::toString).orElse(""),
        file.isPresent() ? ConfigurationSources.ofFile(file.get()) : Map.of(),
        ConfigurationSources.ofWords(words),
        environment);
  }

  /** A text; what is blank counts as the default. */
  public String text(String key, String otherwise) {
    return text(key, "", otherwise);
  }

  /** A text that a variable of the environment sets too, wherever it is not empty. */
  public String text(String key, String variable, String otherwise) {
    know(key, '"' + otherwise + '"');
    Optional<JsonNode> given = given(key, variable);
    if (given.filter(JsonNode::isContainerNode).isPresent()) {
      problem(key, "one text is needed, not a list");
      return otherwise;
    }
    String value = given.map(JsonNode::asText).filter(t -> !t.isBlank()).orElse(otherwise);
    inForce.put(key, value);
    return value;
  }

  /** A key or token that a variable of the environment sets too, wherever it is not empty. */
  public Secret secret(String key, String variable) {
    Secret secret = new Secret(text(key, variable, ""));
    hide(secret);
    inForce.put(key, secret.isSet() ? "(set)" : "(not set)");
    return secret;
  }

  /** A key or token that was found elsewhere. */
  public void hide(Secret secret) {
    secrets.add(secret);
  }

  /** Every key and token that was read until now: what must be in no log. */
  public Set<String> secrets() {
    return secrets.values();
  }

  /** Yes or no. */
  public boolean flag(String key, boolean otherwise) {
    know(key, Boolean.toString(otherwise));
    return read(
        key, "true or false is needed", otherwise, node -> ConfigurationValues.flag(node.asText()));
  }

  /** A whole number within bounds. */
  public int number(String key, int otherwise, int least, int most) {
    know(key, Integer.toString(otherwise));
    return read(
        key,
        "a whole number from " + least + " to " + most + " is needed",
        otherwise,
        node -> {
          int value = Integer.parseInt(ConfigurationValues.digits(node));
          return value >= least && value <= most ? Optional.of(value) : Optional.empty();
        });
  }

  /** A number that is not negative. */
  public double amount(String key, double otherwise) {
    know(key, Double.toString(otherwise));
    return read(key, "a number of 0 or more is needed", otherwise, ConfigurationValues::amount);
  }

  /** A number that is not negative, or none. */
  public OptionalDouble optionalAmount(String key) {
    know(key, "");
    double value = read(key, "a number of 0 or more is needed", -1.0, ConfigurationValues::amount);
    if (value < 0) {
      inForce.put(key, "");
    }
    return value < 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** One of an enumeration's names, in lower case with hyphens or underscores. */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    E[] all = otherwise.getDeclaringClass().getEnumConstants();
    know(key, '"' + ConfigurationValues.word(otherwise) + '"');
    String names =
        Arrays.stream(all)
            .map(e -> '"' + ConfigurationValues.word(e) + '"')
            .collect(Collectors.joining(" or "));
    return read(
        key,
        names + " is needed",
        otherwise,
        node ->
            Arrays.stream(all)
                .filter(
                    e ->
                        ConfigurationValues.word(e).equals(ConfigurationValues.word(node.asText())))
                .findFirst());
  }

  /** Texts; one text with commas in it counts as several. */
  public List<String> texts(String key, List<String> otherwise) {
    know(
        key,
        otherwise.stream().map(t -> '"' + t + '"').collect(Collectors.joining(", ", "[", "]")));
    Optional<JsonNode> given = given(key, "");
    if (given.filter(ConfigurationValues::isNested).isPresent()) {
      problem(key, "texts are needed, such as [\"a\", \"b\"]");
      return otherwise;
    }
    List<String> texts = given.map(ConfigurationValues::texts).orElse(otherwise);
    inForce.put(key, String.join(", ", texts));
    return texts;
  }

  /**
   * The names that stand directly below a table whose keys are free, such as models with prices.
   */
  public Set<String> names(String table) {
    tables.add(table);
    Set<String> names = new TreeSet<>();
    for (String key : given()) {
      if (key.startsWith(table + ".")) {
        Matcher part = Pattern.compile("\"([^\"]*)\"|[^.]+").matcher(key);
        part.region(table.length() + 1, key.length());
        if (part.lookingAt()) {
          names.add(part.group(1) == null ? part.group() : part.group(1));
        }
      }
    }
    return names;
  }

  /** A name as a part of a key below such a table. */
  public static String part(String name) {
    return ConfigurationSources.part(name);
  }

  /** Adds a problem that only the reader of several keys can see. */
  public void problem(String key, String words) {
    problems.add(origin(key) + ": " + words + ".");
  }

  /**
   * Says what cannot be used, once everything was read.
   *
   * @throws ConfigurationException naming every problem at once
   */
  public void check() throws ConfigurationException {
    List<String> all = new ArrayList<>(problems);
    for (String key : given()) {
      if (!known.containsKey(key)) {
        String nearest =
            ClosestMatch.to(key, known.keySet())
                .map(near -> "Did you mean " + near + "?")
                .orElse("config/reckon.toml names every key.");
        all.add(origin(key) + ": there is no such key. " + nearest);
      }
    }
    if (!all.isEmpty()) {
      throw new ConfigurationException(all);
    }
  }

  /** Every key that was asked for with its default as TOML, empty where it has none. */
  public SortedMap<String, String> known() {
    return Collections.unmodifiableSortedMap(known);
  }

  /**
   * Every key that was read with its value, for people who look after the program. Of a key or
   * token it says only whether it is set, and none is left in another value.
   */
  public SortedMap<String, String> inForce() {
    SortedMap<String, String> shown = new TreeMap<>();
    inForce.forEach((key, value) -> shown.put(key, secrets.shown(key, value)));
    return Collections.unmodifiableSortedMap(shown);
  }

  /** The tables whose keys are free. */
  public Set<String> tables() {
    return Collections.unmodifiableSet(tables);
  }

  private Set<String> given() {
    Set<String> keys = new TreeSet<>(file.keySet());
    keys.addAll(words.keySet());
    return keys;
  }

  private void know(String key, String otherwise) {
    known.put(key, otherwise);
  }

  private String origin(String key) {
    if (words.containsKey(key)) {
      return "--set " + key;
    }
    return file.containsKey(key) ? fileName + ": " + key : key;
  }

  private Optional<JsonNode> given(String key, String variable) {
    JsonNode word = words.get(key);
    if (word != null) {
      return Optional.of(expanded(key, word));
    }
    String value = variable.isEmpty() ? null : environment.apply(variable);
    if (value != null && !value.isBlank()) {
      return Optional.of(TextNode.valueOf(value));
    }
    return Optional.ofNullable(file.get(key)).map(node -> expanded(key, node));
  }

  private JsonNode expanded(String key, JsonNode node) {
    return Variables.expanded(node, environment, problem -> problem(key, problem));
  }

  private <T> T read(
      String key, String needed, T otherwise, Function<JsonNode, Optional<T>> parse) {
    Optional<JsonNode> node =
        given(key, "").filter(n -> n.isContainerNode() || !n.asText("-").isBlank());
    inForce.put(key, String.valueOf(otherwise));
    if (node.isEmpty()) {
      return otherwise;
    }
    Optional<T> value;
    try {
      value = parse.apply(node.get());
    } catch (NumberFormatException e) {
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      problem(key, needed);
      return otherwise;
    }
    inForce.put(key, String.valueOf(value.get()));
    return value.get();
  }
}
