package dev.reckon.sandbox.attacks;

import dev.reckon.sandbox.attacks.Attack.Ending;
import dev.reckon.sandbox.attacks.Attack.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the catalogue. A chapter's first line is its title after {@code # }; an attack begins with
 * {@code === NUMBER NAME}, goes on with lines {@code expect:}, {@code cpython:} where that engine
 * ends it otherwise, {@code prints:}, {@code layers:}, {@code often} or {@code not here:}, and ends
 * with its code.
 */
final class Catalogue {
  private static final String NATIVE = "8-native";
  private static final List<String> CHAPTERS =
      List.of(
          "1-time",
          "2-memory",
          "3-output",
          "4-processes",
          "5-files",
          "6-network",
          "7-language",
          NATIVE);

  private Catalogue() {}

  static List<Attack> all() {
    return CHAPTERS.stream().flatMap(chapter -> read(chapter).stream()).toList();
  }

  private static List<Attack> read(String chapter) {
    String name = "/attacks/" + chapter + ".txt";
    try (InputStream in =
        Optional.ofNullable(Catalogue.class.getResourceAsStream(name)).orElseThrow()) {
      String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ", -1);
      String title = parts[0].strip().replaceFirst("^# ", "");
      return Arrays.stream(parts)
          .skip(1)
          .map(part -> attack(title, part, chapter.equals(NATIVE)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Attack attack(String group, String text, boolean isNative) {
    List<String> lines = text.lines().toList();
    String[] head = lines.getFirst().split(" ", 2);
    List<Ending> expected = new ArrayList<>();
    List<Ending> onCPython = new ArrayList<>();
    Set<Layer> alone = EnumSet.noneOf(Layer.class);
    String prints = "";
    String notHere = "";
    boolean often = false;
    int next = 1;
    for (boolean header = true; header && next < lines.size(); next++) {
      String line = lines.get(next);
      if (line.startsWith("expect: ")) {
        for (String each : line.substring(8).split(" \\| ", -1)) {
          expected.add(constant(Ending.class, each));
        }
      } else if (line.startsWith("cpython: ")) {
        for (String each : line.substring(9).split(" \\| ", -1)) {
          onCPython.add(constant(Ending.class, each));
        }
      } else if (line.startsWith("prints: ")) {
        prints = line.substring(8);
      } else if (line.startsWith("layers: ")) {
        for (String each : line.substring(8).split(" ", -1)) {
          alone.add(constant(Layer.class, each));
        }
      } else if (line.startsWith("not here: ")) {
        notHere = line.substring(10);
      } else if (line.equals("often")) {
        often = true;
      } else {
        header = false;
        next--;
      }
    }
    String code = lines.stream().skip(next).collect(Collectors.joining("\n")).strip() + "\n";
    return new Attack(
        head[0],
        head[1],
        group,
        isNative,
        expected,
        onCPython.isEmpty() ? expected : onCPython,
        prints,
        alone,
        often,
        notHere,
        code);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String words) {
    return Enum.valueOf(type, words.strip().toUpperCase(Locale.ROOT).replace(' ', '_'));
  }
}
