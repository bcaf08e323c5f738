package dev.reckon.files.child;

import dev.reckon.files.ReadFile;
import dev.reckon.files.ReadResult;
import dev.reckon.files.profile.Column;
import dev.reckon.files.profile.ContentProfile;
import dev.reckon.sandbox.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is told about an attachment, in bytes: notices, and for each file its names, whether its
 * content is the attachment's own, and its profile. The bot's side decodes them with a bound on
 * everything and stays apart on purpose: nothing of this module is on the bot's class path.
 */
final class ReadingEncoder {
  private ReadingEncoder() {}

  /**
   * @param given the attachment, which is not sent back where a file is the same
   */
  static byte[] encode(ReadResult result, byte[] given) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WireOutput out = new WireOutput(bytes);
    out.list(result.notices(), out::text);
    out.list(result.files(), file -> put(file, given, out));
    return bytes.toByteArray();
  }

  private static void put(ReadFile file, byte[] given, WireOutput out) throws IOException {
    out.text(file.name());
    out.text(file.part());
    out.flag(Arrays.equals(file.content(), given));
    ContentProfile profile = file.profile();
    out.text(profile.label());
    ContentProfile.Table table = profile.table();
    out.number(table == null ? -1 : table.rows());
    out.list(profile.facts(), out::text);
    out.list(profile.columns(), column -> put(column, out));
    out.list(profile.preview(), line -> out.text(line.text()));
  }

  private static void put(Column column, WireOutput out) throws IOException {
    out.text(column.name());
    out.flag(column.named());
    out.text(column.type().name());
    out.text(column.words());
    out.number(column.nulls());
    out.number(column.distinct());
    out.list(column.samples(), out::text);
  }
}
