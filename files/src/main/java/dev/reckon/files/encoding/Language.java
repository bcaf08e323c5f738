package dev.reckon.files.encoding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How likely each letter outside ASCII is in texts of a language, in log units, and the encodings
 * that its texts were stored in.
 */
record Language(String name, List<Charset> charsets, Map<Integer, Double> letters) {
  private static final int ROWS_OF_CJK = 120;

  static List<Language> all() {
    List<Language> all = new ArrayList<>();
    try (InputStream in =
            Objects.requireNonNull(Language.class.getResourceAsStream("languages.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          all.add(parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(all);
  }

  private static Language parse(String line) {
    String[] parts = line.split(" \\| ", -1);
    List<Charset> charsets = new ArrayList<>();
    for (String charset : parts[1].split(" ", -1)) {
      if (Charset.isSupported(charset)) {
        charsets.add(Charset.forName(charset));
      }
    }
    int[] letters = parts[2].codePoints().toArray();
    // Zipf's law with a flat head: near enough to the real frequencies to tell languages apart.
    double head = letters.length > ROWS_OF_CJK ? 20 : 4;
    double sum = 0;
    for (int i = 0; i < letters.length; i++) {
      sum += 1 / (i + head);
    }
    Map<Integer, Double> likely = new HashMap<>();
    for (int i = 0; i < letters.length; i++) {
      likely.putIfAbsent(letters[i], Math.log(1 / (i + head) / sum * 0.9));
    }
    return new Language(parts[0], charsets, likely);
  }
}
