package dev.reckon.sandbox.worker.files;

import com.google.common.base.Splitter;
import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The files that a script was given, and which of them it has opened. */
final class InputFiles {
  private final Path home;
  private final Set<Path> given = new HashSet<>();
  private final Set<Path> read = new LinkedHashSet<>();

  InputFiles(Path home) {
    this.home = home;
  }

  /** Writes files below the working directory, each with its folders. */
  void lay(List<SandboxFile> files, Quota quota) throws IOException {
    // Any write by the script gives another time, so that a rewritten file is known.
    FileTime laid = FileTime.from(Instant.now().minusSeconds(60));
    for (SandboxFile file : files) {
      Path path = home;
      for (String part : Splitter.on('/').split(file.name())) {
        path = path.resolve(part);
        if (!Files.exists(path)) {
          quota.created();
        }
      }
      Files.createDirectories(Tree.folder(path));
      Files.write(path, file.content());
      Files.setLastModifiedTime(path, laid);
      given.add(path);
    }
  }

  /** Notes that a file is opened to be read. */
  void opened(Path absolute) {
    if (given.contains(absolute)) {
      read.add(absolute);
    }
  }

  /** The names of the files that were opened, in that order. */
  List<String> read() {
    return read.stream().map(path -> home.relativize(path).toString()).toList();
  }
}
