package dev.reckon.files;

import dev.reckon.files.archive.ZipContent;
import dev.reckon.files.encoding.BinaryKind;
import dev.reckon.files.encoding.TextDecoder;
import dev.reckon.files.encoding.TextDecoder.DecodedText;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.limit.UnreadableFileException;
import dev.reckon.files.profile.ContentProfile;
import dev.reckon.files.profile.Profiler;
import dev.reckon.files.workbook.OdsReader;
import dev.reckon.files.workbook.SheetTable;
import dev.reckon.files.workbook.WorkbookTables;
import dev.reckon.files.workbook.XlsReader;
import dev.reckon.files.workbook.XlsxReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLStreamException;

/**
 * The unfolding of one attachment: what it is is decided by its bytes, and everything that comes
 * out is counted. A part that cannot be read is a notice, and the others are read all the same. Not
 * thread-safe.
 */
final class AttachmentReader {
  private static final List<String> WORKBOOKS =
      List.of(".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".ods", ".ots");

  private final ReadLimits limits;
  private final TextDecoder decoder;
  private final Profiler profiler;
  private final String attached;
  private final FileNaming names = new FileNaming();
  private final List<ReadFile> files = new ArrayList<>();
  private final Notices notices;
  private long left;

  AttachmentReader(ReadLimits limits, TextDecoder decoder, Profiler profiler, String attached) {
    this.limits = limits;
    this.decoder = decoder;
    this.profiler = profiler;
    this.attached = attached;
    this.left = limits.totalBytes();
    this.notices = new Notices(limits.notices());
  }

  ReadResult run(byte[] content) {
    String name = FileNaming.clean(attached);
    guarded(name, () -> unfold(name, "", content, 0));
    if (files.isEmpty() && notices.isEmpty()) {
      notices.add(name + " holds nothing that can be read.");
    }
    return new ReadResult(files, notices.about(name));
  }

  private interface Step {
    void run() throws IOException, UnreadableFileException, XMLStreamException;
  }

  /** Reads a part; whatever goes wrong with it is said, and ends nothing else. */
  private void guarded(String name, Step step) {
    try {
      step.run();
    } catch (UnreadableFileException e) {
      notices.add(String.valueOf(e.getMessage()));
    } catch (IOException | XMLStreamException | RuntimeException e) {
      notices.add(
          name
              + " is damaged or written in a way that cannot be read here. Save it again, or as"
              + " CSV, and send that.");
    } catch (OutOfMemoryError e) {
      notices.add(
          name
              + " needs more memory than reading a file may take. Send a part of it, or save it as"
              + " CSV.");
    } catch (StackOverflowError e) {
      notices.add(name + " is nested too deeply to be read. Save it as CSV, and send that.");
    } catch (LinkageError e) {
      notices.add(
          name
              + " needs a reader that is missing in this installation. Save it as CSV, and send"
              + " that.");
    }
  }

  /**
   * Reads bytes by what they are.
   *
   * @param name clean; files are called after it
   * @param part which part of the attachment it is
   * @param depth archives around it
   */
  private void unfold(String name, String part, byte[] content, int depth)
      throws IOException, UnreadableFileException, XMLStreamException {
    if (content.length > limits.fileBytes()) {
      throw tooLarge(name);
    }
    if (BinaryKind.begins(content, 0x1f, 0x8b)) {
      gzip(name, part, content, depth);
    } else if (BinaryKind.begins(content, 0xd0, 0xcf, 0x11, 0xe0)) {
      tables(name, part, new XlsReader(limits, name).read(content));
    } else if (BinaryKind.begins(content, 'P', 'K', 3, 4)
        || BinaryKind.begins(content, 'P', 'K', 5, 6)) {
      zip(name, part, content, depth);
    } else {
      keep(name, part, content);
    }
  }

  private void gzip(String name, String part, byte[] content, int depth)
      throws IOException, UnreadableFileException, XMLStreamException {
    byte[] inflated;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      inflated = ZipContent.read(in, Math.min(limits.fileBytes(), left));
    } catch (IOException e) {
      throw new UnreadableFileException(
          name + " is damaged: it cannot be unpacked. Pack it again, and send that.");
    }
    left -= inflated.length;
    if (inflated.length > limits.fileBytes() || left < 0) {
      throw tooLarge(name);
    }
    String inner = FileNaming.without(name, List.of(".gz", ".gzip"));
    if (depth > 0 && BinaryKind.begins(inflated, 0x1f, 0x8b)) {
      throw innerArchive(name);
    }
    unfold(inner, part, inflated, depth + 1);
  }

  private void zip(String name, String part, byte[] content, int depth)
      throws IOException, UnreadableFileException, XMLStreamException {
    try (ZipContent zip = ZipContent.open(name, content, limits.entries())) {
      if (zip.has("xl/workbook.bin")) {
        throw new UnreadableFileException(
            name + " is a binary workbook (.xlsb). Save it as .xlsx or CSV, and send that.");
      }
      if (zip.has("xl/workbook.xml")
          || (zip.has("[Content_Types].xml") && zip.hasEnding("/workbook.xml"))) {
        tables(name, part, new XlsxReader(limits, zip::open, name).read());
      } else if (zip.has("Index/Document.iwa") || zip.has("Index.zip")) {
        throw new UnreadableFileException(
            name
                + " is a document of Apple's Numbers, Pages or Keynote. Export it as .xlsx or CSV,"
                + " and send that.");
      } else if (zip.has("mimetype") && zip.has("content.xml")) {
        openDocument(name, part, content, zip);
      } else if (zip.has("word/document.xml") || zip.has("ppt/presentation.xml")) {
        keep(name, part, content);
      } else if (depth > 0) {
        throw innerArchive(name);
      } else {
        archive(name, zip);
      }
    }
  }

  private void openDocument(String name, String part, byte[] content, ZipContent zip)
      throws IOException, UnreadableFileException, XMLStreamException {
    String type = start(zip, "mimetype", 200);
    if (!type.contains("spreadsheet")) {
      keep(name, part, content);
      return;
    }
    if (start(zip, "META-INF/manifest.xml", 1 << 20).contains("encryption-data")) {
      throw new UnreadableFileException(
          name
              + " is protected by a password. Remove the password, or save it as CSV, and send"
              + " that.");
    }
    InputStream in = zip.open("content.xml");
    if (in != null) {
      tables(name, part, new OdsReader(limits, name).read(in));
    }
  }

  private static String start(ZipContent zip, String path, int most) throws IOException {
    InputStream in = zip.open(path);
    return in == null ? "" : new String(ZipContent.read(in, most), StandardCharsets.ISO_8859_1);
  }

  private void archive(String name, ZipContent zip) throws IOException {
    int leadingOut = 0;
    int encrypted = 0;
    int tooMany = 0;
    for (Iterator<ZipContent.Entry> each = zip.entries(); each.hasNext(); ) {
      ZipContent.Entry entry = each.next();
      if (entry.folder() || FileNaming.isHidden(entry.path())) {
        continue;
      }
      if (FileNaming.leadsOut(entry.path())) {
        leadingOut++;
      } else if (!zip.canRead(entry)) {
        encrypted++;
      } else if (files.size() >= limits.files()) {
        tooMany++;
      } else {
        guarded(FileNaming.flat(entry.path()), () -> entry(zip, entry));
      }
    }
    if (leadingOut > 0) {
      notices.add(
          "%s in %s %s left out: %s out of the archive."
              .formatted(
                  Notices.count(leadingOut, "file"),
                  name,
                  Notices.were(leadingOut),
                  leadingOut == 1 ? "its name leads" : "their names lead"));
    }
    if (encrypted > 0) {
      notices.add(
          "%s in %s %s left out: protected by a password, or packed in a way that cannot be read here. Pack again without a password."
              .formatted(Notices.count(encrypted, "file"), name, Notices.were(encrypted)));
    }
    if (tooMany > 0) {
      notices.add(
          "%s holds more than %s (files.unpacked); %d %s left out."
              .formatted(
                  name, Notices.count(limits.files(), "file"), tooMany, Notices.were(tooMany)));
    }
    if (files.isEmpty() && notices.isEmpty()) {
      notices.add(name + " is an empty archive.");
    }
  }

  private void entry(ZipContent zip, ZipContent.Entry entry)
      throws IOException, UnreadableFileException, XMLStreamException {
    String name = FileNaming.flat(entry.path());
    if (left <= 0) {
      throw new UnreadableFileException(
          "%s was left out: %s has more than %d MiB unpacked (files.conversation_mib)."
              .formatted(name, FileNaming.clean(attached), limits.totalBytes() >> 20));
    }
    byte[] bytes = zip.read(entry, Math.min(limits.fileBytes(), left));
    left -= bytes.length;
    if (bytes.length > limits.fileBytes() || left < 0) {
      throw tooLarge(name);
    }
    unfold(name, FileNaming.shown(entry.path()), bytes, 1);
  }

  private void tables(String name, String part, WorkbookTables workbook)
      throws UnreadableFileException {
    String stem = FileNaming.without(name, WORKBOOKS);
    for (SheetTable table : workbook.tables()) {
      if (files.size() >= limits.files()) {
        notices.add(
            "%s was read only in part: %s of one attachment at most (files.unpacked)."
                .formatted(name, Notices.count(limits.files(), "file")));
        break;
      }
      String sheet = FileNaming.flat(table.sheet());
      boolean only = workbook.tables().size() == 1;
      keepText(
          (only ? stem : stem + "-" + sheet) + ".csv",
          (part.isEmpty() ? "" : part + ", ") + "sheet " + FileNaming.shown(table.sheet()),
          new DecodedText(table.csv(), "utf-8", false, 0, 0));
    }
    workbook.notices().forEach(notices::add);
    if (workbook.tables().isEmpty()) {
      notices.add(name + " has no sheet with content.");
    }
  }

  private void keep(String name, String part, byte[] content) throws UnreadableFileException {
    Optional<DecodedText> text = decoder.decode(content);
    if (text.isPresent() && isSpreadsheetXml(text.get().text())) {
      throw new UnreadableFileException(
          name
              + " is a workbook in XML, as Excel 2003 wrote it. Save it as .xlsx or CSV, and send"
              + " that.");
    }
    if (text.isPresent()) {
      keepText(name, part, text.get());
      DecodedText decoded = text.get();
      if (decoded.replaced() > 0) {
        notices.add(
            "%s of %s %s no text in %s and became \uFFFD."
                .formatted(
                    Notices.count(decoded.replaced(), "byte"),
                    name,
                    decoded.replaced() == 1 ? "is" : "are",
                    decoded.encoding()));
      }
      if (decoded.nuls() > 0) {
        notices.add(
            "%s %s taken out of %s."
                .formatted(
                    Notices.count(decoded.nuls(), "NUL character"),
                    Notices.were(decoded.nuls()),
                    name));
      }
    } else {
      add(name, part, content, profiler.binary(content));
    }
  }

  private static boolean isSpreadsheetXml(String text) {
    String start = text.substring(0, Math.min(text.length(), 1_000));
    return start.startsWith("<")
        && (start.contains("progid=\"Excel.Sheet\"")
            || start.contains("urn:schemas-microsoft-com:office:spreadsheet"));
  }

  private void keepText(String name, String part, DecodedText text) throws UnreadableFileException {
    byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > limits.fileBytes()) {
      throw tooLarge(name);
    }
    add(name, part, bytes, profiler.text(name, text, bytes.length));
  }

  private void add(String name, String part, byte[] content, ContentProfile profile) {
    files.add(
        new ReadFile(names.unique(FileNaming.shorten(name)), attached, part, content, profile));
  }

  private UnreadableFileException tooLarge(String name) {
    return new UnreadableFileException(
        "%s is too large: a file may have %d MiB when it is unpacked (files.file_mib). Send a part of it."
            .formatted(name, limits.fileBytes() >> 20));
  }

  private static UnreadableFileException innerArchive(String name) {
    return new UnreadableFileException(
        name + " was left out: an archive inside an archive. Unpack it, and send what is in it.");
  }
}
