package dev.reckon.adapters.files;

import dev.reckon.core.files.FileImporter.ImportedFile;
import dev.reckon.core.files.FileImporter.Read;
import dev.reckon.core.files.FileProfile;
import dev.reckon.sandbox.FileNames;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.wire.WireException;
import dev.reckon.sandbox.wire.WireInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decodes a child's report about an attachment. The bytes are hostile: they give a result within
 * these bounds, or a {@link WireException}.
 */
final class ReadingDecoder {
  /** The file that holds what is told about the others, which are called by their numbers. */
  static final String READING = "reading";

  private static final int MOST_BYTES = 32 * 1024 * 1024;
  private static final int MOST_NOTICES = 100;
  private static final int MOST_FILES = 10_000;
  private static final int MOST_FACTS = 64;
  private static final int MOST_COLUMNS = 16_384;
  private static final int MOST_SAMPLES = 32;
  private static final int MOST_LINES = 64;
  private static final int NAME_BYTES = 1_024;
  private static final int TEXT_BYTES = 4_096;

  /** A column's name may be a whole cell, which a sheet bounds at 32,767 characters. */
  private static final int CELL_BYTES = 128 * 1024;

  private ReadingDecoder() {}

  /**
   * Decodes a result.
   *
   * @param produced what the child sent: what is told, and contents under their numbers
   * @param given the attachment's own content, for files that are just that
   * @throws IOException if it is no result
   */
  static Read decode(List<SandboxFile> produced, byte[] given) throws IOException {
    Map<String, byte[]> contents =
        produced.stream().collect(Collectors.toMap(SandboxFile::name, SandboxFile::content));
    byte[] told = contents.get(READING);
    if (told == null || told.length > MOST_BYTES) {
      throw new WireException("nothing is told about the files, or too much");
    }
    WireInput in = new WireInput(told);
    List<String> notices = in.list(MOST_NOTICES, () -> in.text(TEXT_BYTES));
    List<Named> files = in.list(MOST_FILES, () -> named(in));
    in.end();
    List<ImportedFile> imported = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < files.size(); i++) {
      Named file = files.get(i);
      byte[] content = file.isGiven() ? given : contents.get(String.valueOf(i));
      Optional<String> problem = FileNames.problem(file.name());
      if (content == null || problem.isPresent() || !names.add(file.name())) {
        throw new WireException("a file without content or with an unusable name");
      }
      imported.add(
          new ImportedFile(
              file.name(), file.part(), content, file.profile().apply(content.length)));
    }
    return new Read(imported, notices);
  }

  private record Named(
      String name, String part, boolean isGiven, Function<Integer, FileProfile> profile) {}

  private static Named named(WireInput in) throws IOException {
    String name = in.text(NAME_BYTES);
    String part = in.text(NAME_BYTES);
    boolean given = in.flag();
    String kind = in.text(TEXT_BYTES);
    long rows = in.number();
    List<String> facts = in.list(MOST_FACTS, () -> in.text(TEXT_BYTES));
    List<FileProfile.Column> columns = in.list(MOST_COLUMNS, () -> column(in));
    List<String> preview = in.list(MOST_LINES, () -> in.text(TEXT_BYTES));
    return new Named(
        name,
        part,
        given,
        length -> new FileProfile(name, length, kind, rows, facts, columns, preview));
  }

  private static FileProfile.Column column(WireInput in) throws IOException {
    String name = in.text(CELL_BYTES);
    boolean named = in.flag();
    FileProfile.Column.Kind kind = in.one(FileProfile.Column.Kind.class);
    String type = in.text(TEXT_BYTES);
    long nulls = in.count();
    int distinct = Math.toIntExact(Math.min(in.count(), Integer.MAX_VALUE));
    List<String> samples = in.list(MOST_SAMPLES, () -> in.text(TEXT_BYTES));
    return new FileProfile.Column(name, named, kind, type, nulls, distinct, samples);
  }
}
