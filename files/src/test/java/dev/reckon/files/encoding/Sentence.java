package dev.reckon.files.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A text in a language, and an encoding that such texts were stored in. */
public record Sentence(String language, Charset charset, String text) {
  public byte[] bytes() {
    return text.getBytes(charset);
  }

  /** All of {@code sentences.txt}: language | encodings | text. */
  public static List<Sentence> all() throws IOException {
    List<Sentence> all = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(Sentence.class.getResourceAsStream("sentences.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" \\| ", -1);
          for (String charset : parts[1].split(" ", -1)) {
            all.add(new Sentence(parts[0], Charset.forName(charset), parts[2].strip()));
          }
        }
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return language + " in " + charset.name();
  }
}
