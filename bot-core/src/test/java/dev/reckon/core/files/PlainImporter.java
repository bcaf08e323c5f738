package dev.reckon.core.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads plain text in this process, for tests of what is done with files: {@code .csv} is a table
 * with commas and a header, {@code .bomb} cannot be read, {@code .odd} comes with a notice, {@code
 * .xlsx} is called {@code .csv}.
 */
public final class PlainImporter implements FileImporter {
  private int asked;

  /** How many files it has read. */
  public synchronized int asked() {
    return asked;
  }

  @Override
  public synchronized Result read(Request request) {
    asked++;
    String name = AttachmentNames.clean(request.name());
    if (name.endsWith(".bomb")) {
      return new NotRead(name + " was not read: reading it took longer than 15 s.");
    }
    List<String> notices =
        name.endsWith(".odd") ? List.of(name + ": 3 bytes were replaced.") : List.of();
    if (name.endsWith(".xlsx")) {
      name = name.replace(".xlsx", ".csv");
    }
    FileProfile profile = profile(name, request.content());
    return new Read(List.of(new ImportedFile(name, "", request.content(), profile)), notices);
  }

  /** The profile of a file, as this importer finds it. */
  public static FileProfile profile(String name, byte[] content) {
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    if (!name.endsWith(".csv") || lines.isEmpty()) {
      return new FileProfile(
          name, content.length, "text", -1, List.of(lines.size() + " lines"), List.of(), lines);
    }
    List<FileProfile.Column> columns = new ArrayList<>();
    String[] header = lines.getFirst().split(",", -1);
    for (int i = 0; i < header.length; i++) {
      int at = i;
      List<String> samples =
          lines.stream()
              .skip(1)
              .map(line -> line.split(",", -1))
              .filter(row -> row.length > at)
              .map(row -> row[at])
              .distinct()
              .toList();
      FileProfile.Column.Kind kind = kind(samples);
      columns.add(
          new FileProfile.Column(
              header[i],
              true,
              kind,
              kind.name().toLowerCase(Locale.ROOT),
              0,
              samples.size(),
              samples.stream().limit(3).toList()));
    }
    return new FileProfile(
        name,
        content.length,
        "CSV table",
        lines.size() - 1,
        List.of(
            lines.size() == 2
                ? "1 row after the header"
                : lines.size() - 1 + " rows after the header"),
        columns,
        lines);
  }

  private static FileProfile.Column.Kind kind(List<String> samples) {
    if (samples.stream().allMatch(text -> text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"))) {
      return FileProfile.Column.Kind.DATE;
    }
    if (samples.stream().allMatch(text -> text.matches("[0-9]+"))) {
      return FileProfile.Column.Kind.INTEGER;
    }
    return samples.stream().allMatch(text -> text.matches("[0-9.]+"))
        ? FileProfile.Column.Kind.NUMBER
        : FileProfile.Column.Kind.TEXT;
  }
}
