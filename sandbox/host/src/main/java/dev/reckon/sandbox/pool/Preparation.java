package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lays out what makes workers start quickly: GraalPy's language home with the standard library
 * compiled to bytecode, the list of modules that import, and an AOT cache of the worker for this
 * JDK. All of it is kept in one directory under names that change with what it was made from, so
 * that a stale one is never found; it appears there under that name only when it is whole. Takes
 * one to two minutes on two processors, and nothing when it is there already.
 *
 * <p>Thread-safe; several processes may prepare one directory at once.
 */
public final class Preparation {
  /** Told how far things are: a sentence, and a share from 0 to 1. */
  @FunctionalInterface
  public interface Progress {
    void at(String step, double share);
  }

  private final Path directory;
  private final WorkerJvm jvm;

  /**
   * @param directory where to keep it, see {@link #defaultDirectory}
   * @param jvm the workers': class path, JDK, heap and flags count; what was prepared before does
   *     not
   */
  public Preparation(Path directory, WorkerJvm jvm) {
    this.directory = directory;
    this.jvm = jvm;
  }

  /** {@code $XDG_CACHE_HOME/reckon}, by default {@code ~/.cache/reckon}. */
  public static Path defaultDirectory() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("reckon");
  }

  /** Whether everything is there, and whole. */
  public boolean isDone() throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    CacheDirectory cache;
    try {
      cache =
          Files.isWritable(directory)
              ? CacheDirectory.open(directory)
              : CacheDirectory.sealed(directory);
    } catch (IOException unusable) {
      return false;
    }
    return Manifest.holds(home(cache))
        && (aotRefusal().isPresent() || Manifest.holds(cache.resolve(workerName())));
  }

  /**
   * Makes what is missing or broken. A directory that cannot be written is used as it is.
   *
   * @throws IOException if the directory cannot be used or a step fails; {@link #makeshift} is the
   *     way out then
   */
  public Prepared prepare(Progress progress) throws IOException {
    if (Files.isDirectory(directory) && !Files.isWritable(directory)) {
      return found(CacheDirectory.sealed(directory));
    }
    CacheDirectory cache = CacheDirectory.open(directory);
    FileLock held = cache.lock();
    try {
      cache.removeUnfinished();
      Path home = home(cache);
      if (!Manifest.holds(home)) {
        build(home, part -> PreparationSteps.home(jvm, part, true, progress));
      }
      List<String> notes = new ArrayList<>();
      Optional<String> refusal = aotRefusal();
      refusal.ifPresent(notes::add);
      Path worker = cache.resolve(workerName());
      if (refusal.isEmpty() && !Manifest.holds(worker)) {
        build(
            worker,
            part -> {
              PreparationSteps.survey(jvm, home, part, progress);
              PreparationSteps.train(jvm, home, part, progress);
            });
      }
      progress.at("ready", 1);
      return refusal.isPresent()
          ? new Prepared(home, Optional.empty(), Optional.empty(), notes)
          : trained(home, worker);
    } finally {
      held.acquiredBy().close();
    }
  }

  private Prepared found(CacheDirectory cache) throws IOException {
    Path home = home(cache);
    Path worker = cache.resolve(workerName());
    if (!Manifest.holds(home) || !Manifest.holds(worker)) {
      throw new IOException(
          directory + " cannot be written, and its content is not for this program and JDK");
    }
    return trained(home, worker);
  }

  private static Prepared trained(Path home, Path worker) {
    return new Prepared(
        home,
        Optional.of(worker.resolve(PreparationSteps.MODULES)),
        Optional.of(worker.resolve(PreparationSteps.AOT_CACHE)),
        List.of());
  }

  /**
   * Prepares, and where that fails lays out the least that workers need in a temporary directory:
   * they start slowly then, and the notes say why.
   *
   * @throws IOException if not even that can be prepared; no worker will start
   */
  public Prepared prepareOrMakeDo(Progress progress) throws IOException {
    try {
      return prepare(progress);
    } catch (IOException e) {
      return makeshift(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  /**
   * The least that workers need, laid out in a new temporary directory: where the cache directory
   * cannot be used. Takes a few seconds; workers then start slowly and need more memory.
   *
   * @param why a sentence that tells why it had to be this
   */
  Prepared makeshift(String why) throws IOException {
    Path temporary = TemporaryHome.create();
    PreparationSteps.home(jvm, temporary, false, (step, share) -> {});
    return new Prepared(
        temporary, Optional.empty(), Optional.empty(), List.of("nothing is prepared: " + why));
  }

  private interface Step {
    void into(Path part) throws IOException;
  }

  private static void build(Path target, Step step) throws IOException {
    Path part = CacheDirectory.begin(target);
    try {
      step.into(part);
      Manifest.write(part);
      DirectoryDeleter.remove(target);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryDeleter.remove(part);
    }
  }

  /** The language home depends on GraalPy alone, so that a change of ours does not rebuild it. */
  private Path home(CacheDirectory cache) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    for (Path entry : jvm.classPath()) {
      if (entry.toString().endsWith(".jar")
          && !entry.getFileName().toString().startsWith("reckon")) {
        fingerprint.text(entry.getFileName().toString()).text("" + Files.size(entry));
      }
    }
    return cache.resolve("home-" + fingerprint.value());
  }

  private String workerName() throws IOException {
    Fingerprint fingerprint =
        new Fingerprint()
            .text(System.getProperty("os.arch"))
            .text(Files.readString(jvm.home().resolve("release")))
            .text(String.join(" ", WorkerCommand.jvmFlags(jvm)));
    for (Path entry : jvm.classPath()) {
      fingerprint.text(entry.toString()).path(entry);
    }
    for (String argument : WorkerSettings.withResources(Path.of("/")).arguments()) {
      fingerprint.text(argument);
    }
    return "worker-" + fingerprint.value();
  }

  private Optional<String> aotRefusal() {
    return jvm.classPath().stream()
        .filter(Files::isDirectory)
        .findFirst()
        .map(folder -> "no AOT cache: the worker's class path has a directory in it, " + folder);
  }
}
