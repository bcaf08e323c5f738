package dev.reckon.files.fuzz;

import dev.reckon.files.Zip;
import dev.reckon.files.workbook.Xlsx;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Each class is a target by itself: Jazzer calls {@code fuzzerTestOneInput}. */
public final class FuzzTargets {
  /** Stands between the parts of an input that is made of several. */
  private static final String NEXT_PART = "\n====\n";

  private FuzzTargets() {}

  private static String[] parts(byte[] data, int most) {
    return new String(data, StandardCharsets.UTF_8).split(NEXT_PART, most);
  }

  /** A file of any kind: archives, workbooks, encodings. The first byte chooses its name. */
  public static final class Attachments {
    private static final List<String> NAMES =
        List.of("a.csv", "a.xlsx", "a.xls", "a.ods", "a.zip", "a.gz", "a.json", "a.txt", "a");

    private Attachments() {}

    public static void fuzzerTestOneInput(byte[] data) {
      if (data.length > 0) {
        byte[] content = new byte[data.length - 1];
        System.arraycopy(data, 1, content, 0, content.length);
        ReadingProperties.check(NAMES.get((data[0] & 0xff) % NAMES.size()), content);
      }
    }
  }

  /** A table in UTF-8. */
  public static final class Tables {
    private Tables() {}

    public static void fuzzerTestOneInput(byte[] data) {
      ReadingProperties.check("a.csv", data);
    }
  }

  /** JSON and JSON Lines. */
  public static final class JsonFiles {
    private JsonFiles() {}

    public static void fuzzerTestOneInput(byte[] data) {
      ReadingProperties.check("a.json", data);
    }
  }

  /** XLSX: a sheet's rows, shared strings, a number format and a sheet's name. */
  public static final class Workbooks {
    private Workbooks() {}

    public static void fuzzerTestOneInput(byte[] data) {
      String[] parts = parts(data, 4);
      Xlsx book = new Xlsx();
      for (int format : List.of(9, 14, 20, 22, 46)) {
        book.builtIn(format);
      }
      if (parts.length > 1) {
        book.strings(parts[1]);
      }
      if (parts.length > 2) {
        book.format(164, parts[2].replace("<", "&lt;"));
      }
      book.sheet(parts.length > 3 ? parts[3] : "S", parts[0]);
      ReadingProperties.check("a.xlsx", book.bytes());
    }
  }

  /** ODS: the whole of its content. */
  public static final class OpenDocuments {
    private OpenDocuments() {}

    public static void fuzzerTestOneInput(byte[] data) {
      byte[] file =
          new Zip()
              .with("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
              .with("content.xml", data)
              .bytes();
      ReadingProperties.check("a.ods", file);
    }
  }

  /** An archive: name and content of each entry in turn. */
  public static final class Archives {
    private Archives() {}

    public static void fuzzerTestOneInput(byte[] data) {
      String[] parts = parts(data, 40);
      Zip zip = new Zip();
      for (int i = 0; i < parts.length; i += 2) {
        if (parts[i].length() < 10_000) {
          zip.with(parts[i], i + 1 < parts.length ? parts[i + 1] : "");
        }
      }
      ReadingProperties.check("a.zip", zip.bytes());
    }
  }
}
