package dev.reckon.core.turn.effect;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.prompt.JudgeCase;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.sandbox.Chart;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.SandboxFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a turn's programs find: the attached ones, and what earlier steps left. */
final class WorkingFiles {
  private static final int HEAD_LINES = 6;
  private static final int MOST_HEADS = 5;

  private final TurnFiles files;
  private final FileProfiles profiles;

  WorkingFiles(TurnFiles files, FileProfiles profiles) {
    this.files = files;
    this.profiles = profiles;
  }

  /** The files that a program finds, with their content; of data only what it queried itself. */
  List<SandboxFile> contents(TurnProgress work, String code) {
    List<SandboxFile> contents = new ArrayList<>();
    names(work, work.dataOf(code))
        .forEach((name, id) -> contents.add(new SandboxFile(name, read(id, name))));
    return contents;
  }

  /** What is known about them, with as many values as the turn's settings let a model see. */
  List<FileProfile> profiles(TurnProgress work) throws InterruptedException {
    int rows = work.request().settings().sampleRows();
    String tenant = work.request().tenant();
    String queue = work.request().conversation();
    List<FileProfile> found = new ArrayList<>();
    Map<String, String> attached = attachedNames(work);
    for (Map.Entry<String, String> file : names(work, work.data()).entrySet()) {
      String name = file.getKey();
      String id = file.getValue();
      FileProfile profile =
          profiles.of(id, name, tenant, queue, () -> read(id, name)).showing(rows);
      String known = attached.get(id);
      found.add(known == null ? profile : profile.attachedAs(known));
    }
    return found;
  }

  /** The first lines of the files that a run left; none where a model may see no values. */
  List<JudgeCase.Produced> heads(TurnProgress work, RunSummary run) {
    boolean shown = work.request().settings().sampleRows() > 0;
    return run.files().stream()
        .filter(file -> file.picture() == null)
        .limit(MOST_HEADS)
        .map(
            file ->
                new JudgeCase.Produced(
                    file.name(),
                    file.bytes(),
                    shown
                        ? FileProfiles.head(read(file.id(), file.name()), HEAD_LINES)
                        : List.of()))
        .toList();
  }

  /** Keeps what a run left. */
  List<TurnResult.ProducedFile> keep(long turn, Produced left) {
    return left.files().stream()
        .map(
            file ->
                new TurnResult.ProducedFile(
                    files.keep(turn, file.name(), file.content()),
                    file.name(),
                    file.content().length,
                    picture(file, left.charts())))
        .toList();
  }

  /**
   * What the program says of a file, if it does and the file really is a picture of bounded size.
   */
  private static TurnResult.@Nullable Picture picture(SandboxFile file, List<Chart> charts) {
    return charts.stream()
        .filter(chart -> chart.file().equals(file.name()))
        .findFirst()
        .flatMap(
            chart ->
                PngHeader.of(file.content())
                    .map(png -> new TurnResult.Picture(png.width(), png.height(), chart)))
        .orElse(null);
  }

  /** What persons call the files that have another name here, by id. */
  private static Map<String, String> attachedNames(TurnProgress work) {
    Map<String, String> known = new HashMap<>();
    for (AttachedFile file : work.request().files()) {
      if (file.attached() != null) {
        known.put(file.id(), file.attached());
      }
    }
    return known;
  }

  /** Ids by name; a step's file replaces an attached one of the same name. */
  private static Map<String, String> names(TurnProgress work, List<QueriedData> data) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (AttachedFile file : work.request().files()) {
      ids.put(file.name(), file.id());
    }
    data.forEach(one -> ids.put(one.query().file(), one.id()));
    work.leftFiles().forEach(file -> ids.put(file.name(), file.id()));
    return ids;
  }

  private byte[] read(String id, String name) {
    return files.read(id).orElseThrow(() -> new FileGoneException(name));
  }
}
