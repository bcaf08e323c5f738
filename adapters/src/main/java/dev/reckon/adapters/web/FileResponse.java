package dev.reckon.adapters.web;

import dev.reckon.core.surface.render.Sanitizer;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/**
 * Answers with files. Whatever a file holds, a browser runs none of it: a picture is shown,
 * anything else is saved, and both come with a policy that forbids everything.
 */
final class FileResponse {
  private static final String FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";
  private static final int LONGEST_NAME = 100;

  private FileResponse() {}

  /** A file of a run: shown where it is a picture and not asked for to be saved. */
  static void file(Context context, String name, byte[] content) {
    boolean shown = WebDisplay.isPicture(content) && context.queryParam("save") == null;
    if (shown) {
      context
          .header("Content-Security-Policy", FILE_POLICY)
          .header("Cache-Control", "private, max-age=86400, immutable")
          .contentType("image/png")
          .result(content);
    } else {
      attachment(context, name, content);
    }
  }

  /** A text of ours, to be saved. */
  static void text(Context context, String name, String text) {
    attachment(context, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void attachment(Context context, String name, byte[] content) {
    String clean = Sanitizer.fileName(name, LONGEST_NAME);
    String ascii = clean.replaceAll("[^A-Za-z0-9._ -]", "_");
    context
        .header("Content-Security-Policy", FILE_POLICY)
        .header(
            "Content-Disposition",
            "attachment; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted(ascii, Addresses.segment(clean).replace("*", "%2A")))
        .contentType("application/octet-stream")
        .result(content);
  }
}
