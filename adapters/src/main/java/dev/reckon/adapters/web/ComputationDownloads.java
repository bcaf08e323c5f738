package dev.reckon.adapters.web;

import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.turn.TurnResult;
import io.javalin.http.Context;
import java.util.Optional;

/** What a computation can be downloaded as, and the files that it left. */
final class ComputationDownloads {
  private final FileContents contents;

  ComputationDownloads(FileContents contents) {
    this.contents = contents;
  }

  /** The program. */
  static void python(Context context, Computation it) {
    FileResponse.text(context, "computation-%d.py".formatted(it.turn().id()), it.result().code());
  }

  /** What it printed. */
  static void output(Context context, Computation it) {
    FileResponse.text(
        context, "computation-%d.txt".formatted(it.turn().id()), it.result().output());
  }

  /** Everything in one document. */
  static void markdown(Context context, Computation it) {
    FileResponse.text(
        context,
        "computation-%d.md".formatted(it.turn().id()),
        Markdown.of(it.turn(), it.result()));
  }

  /** A file that the computation left. */
  void file(Context context, Computation it) {
    long position = Addresses.number(context.pathParam("position"));
    Optional<TurnResult.ProducedFile> file =
        position >= 0 && position < it.result().files().size()
            ? Optional.of(it.result().files().get((int) position))
            : Optional.empty();
    byte[] content =
        file.flatMap(one -> contents.read(one.id()))
            .orElseThrow(() -> RefusedRequest.notFound("This file is no longer kept."));
    FileResponse.file(context, file.map(TurnResult.ProducedFile::name).orElse(""), content);
  }
}
