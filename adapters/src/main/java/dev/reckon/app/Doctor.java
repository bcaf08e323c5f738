package dev.reckon.app;

import dev.reckon.adapters.cli.Finding;
import dev.reckon.adapters.files.ChildFileImporter;
import dev.reckon.adapters.llm.ModelProbe;
import dev.reckon.adapters.sql.JdbcSources;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.label.Amounts;
import dev.reckon.core.store.LargeFiles;
import dev.reckon.core.store.ObjectStore;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoredObjects;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.remote.RemoteSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Checks the program's parts, the quick ones first. */
final class Doctor {
  private static final long SANDBOX_SECONDS = 120;
  private static final byte[] SAMPLE = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

  private final Settings settings;
  private final Supplier<Sandbox> sandbox;
  private final Supplier<Sandbox> readers;
  private final Supplier<JdbcSources> sources;
  private final Supplier<JdbiStore> store;

  Doctor(
      Settings settings,
      Supplier<Sandbox> sandbox,
      Supplier<Sandbox> readers,
      Supplier<JdbcSources> sources,
      Supplier<JdbiStore> store) {
    this.sources = sources;
    this.settings = settings;
    this.sandbox = sandbox;
    this.readers = readers;
    this.store = store;
  }

  void examine(Consumer<Finding> found) {
    found.accept(
        Finding.good(
            "configuration",
            "every key is valid; model "
                + settings.model().name()
                + ", verify.mode "
                + settings.turn().verify().name().toLowerCase(Locale.ROOT)));
    found.accept(store());
    largeFiles().ifPresent(found);
    try {
      found.accept(model());
      databases(found);
      new SurfaceChecks(settings.surfaces(), store).run(found);
      sandbox(found);
      found.accept(reading());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void databases(Consumer<Finding> found) throws InterruptedException {
    JdbcSources all = sources.get();
    for (String name : all.names()) {
      try {
        found.accept(database(name, all.check(name)));
      } catch (JdbcSources.UnreachableException e) {
        found.accept(
            Finding.wrong(
                "source " + name,
                e.reason(),
                "Check sources."
                    + name
                    + ".url, user and password. A relative SQLite file is looked for in Reckon's"
                    + " own folder, and a driver's jar in query.drivers."));
      }
    }
  }

  private static Finding database(String name, JdbcSources.Checked checked) {
    String part = "source " + name;
    if (checked.tables() == 0) {
      return Finding.less(
          part,
          "it can be reached, but no table may be queried",
          "Look at sources."
              + name
              + ".schemas, tables and hidden, and at the rights of its user.");
    }
    String tables = checked.tables() + " tables may be queried, read-only";
    return checked.unmatched().isEmpty()
        ? Finding.good(part, tables)
        : Finding.less(
            part,
            tables + "; entries that match nothing: " + String.join(", ", checked.unmatched()),
            "Correct sources." + name + ": a misspelt entry of hidden hides nothing.");
  }

  private Finding store() {
    try {
      JdbiStore open = store.get();
      Optional<String> damage = open.damage();
      return damage
          .map(
              what ->
                  Finding.wrong(
                      "store",
                      open.place() + " is damaged: " + what,
                      "Stop Reckon and restore the latest backup beside it."))
          .orElseGet(
              () ->
                  open.closedToOthers()
                      ? Finding.good("store", sound(open))
                      : Finding.less(
                          "store",
                          open.place() + " may be readable by other users",
                          "Its file system does not support permissions; move it to one that"
                              + " does."));
    } catch (StoreException e) {
      return Finding.wrong("store", e.getMessage(), "store.url says where Reckon looks for it.");
    }
  }

  /** Stores, reads and deletes a few bytes where large files are kept. */
  private Optional<Finding> largeFiles() {
    String part = "large files";
    Optional<LargeFiles> large = settings.service().large().open();
    if (large.isEmpty()) {
      return unreadable(part);
    }
    try (ObjectStore objects = large.get().objects()) {
      String key = "doctor/" + UUID.randomUUID();
      objects.put(key, SAMPLE);
      boolean same = Arrays.equals(SAMPLE, objects.get(key).orElse(new byte[0]));
      objects.delete(key);
      return Optional.of(
          same
              ? Finding.good(
                  part,
                  "from %s on in %s"
                      .formatted(Amounts.size(large.get().fromBytes()), objects.place()))
              : Finding.wrong(
                  part,
                  objects.place() + " does not return what was stored",
                  "Check what answers at files.store_endpoint."));
    } catch (StoreException e) {
      return Optional.of(
          Finding.wrong(part, e.getMessage(), "docs/postgresql.md says what it needs."));
    }
  }

  /** Files in an object store that is not configured any more. */
  private Optional<Finding> unreadable(String part) {
    try {
      StoredObjects.Kept kept = store.get().objects().kept();
      return kept.objects() == 0
          ? Optional.empty()
          : Optional.of(
              Finding.wrong(
                  part,
                  kept.objects() + " are in an object store, and files.store names none",
                  "Set files.store to where they are; until they expire it is needed to read"
                      + " them."));
    } catch (StoreException e) {
      return Optional.empty(); // the finding about the store says so
    }
  }

  private static String sound(JdbiStore store) {
    return store.file().isPresent()
        ? store.place() + ", closed to other users"
        : store.place() + ", server version " + store.serverVersion();
  }

  private Finding model() throws InterruptedException {
    var model = settings.model();
    Optional<String> missing = model.missing();
    if (missing.isPresent()) {
      return Finding.less(
          "model", missing.get(), "Without one, demo, web, exec and run in chat work.");
    }
    String where = model.name() + " at " + model.server();
    return switch (ModelProbe.ask(model)) {
      case READY -> Finding.good("model", where + " answers");
      case KEY_REFUSED ->
          Finding.wrong(
              "model",
              model.server() + (model.apiKey().isSet() ? " refuses the key" : " wants a key"),
              "Check OPENAI_API_KEY, model.api_key, or what \"reckon keys set openai\" kept.");
      case ODD ->
          Finding.less(
              "model",
              model.server() + " answers, but does not list its models",
              "Some servers do not; otherwise check that model.base_url ends in /v1.");
      case UNREACHABLE ->
          Finding.wrong(
              "model",
              "nothing answers at " + model.server(),
              "Start the server, or set model.base_url (or OPENAI_BASE_URL).");
    };
  }

  private Finding workerJdk() {
    WorkerJdk jdk = settings.sandbox().workerJdk();
    return Finding.good(
        "workers' JDK", (jdk.maker() + " " + jdk.version()).strip() + " in " + jdk.home());
  }

  private Optional<Finding> packages(Environment environment) {
    return settings
        .sandbox()
        .packages()
        .map(
            folder ->
                environment.packages().isEmpty()
                    ? Finding.less(
                        "packages",
                        "nothing in " + folder + " imports",
                        "sandbox.packages names the folder that holds packages, as site-packages"
                            + " does.")
                    : Finding.good(
                        "packages", String.join(", ", environment.packages()) + " from " + folder));
  }

  /** Whether programs can use NumPy, pandas and charts, and what to install or change. */
  private Finding secondEngine(Environment environment) {
    SandboxSettings sandbox = settings.sandbox();
    String name = "CPython engine";
    if (sandbox.engine() == SandboxSettings.Engine.GRAALPY) {
      return Finding.less(
          name, "switched off", "sandbox.engine = \"auto\" uses it for NumPy, pandas and charts.");
    }
    Optional<Environment> used =
        sandbox.engine() == SandboxSettings.Engine.CPYTHON
            ? Optional.of(environment)
            : environment.second();
    if (used.isPresent()) {
      List<Environment.Layer> missing = used.get().missingLayers();
      String here =
          "Python "
              + used.get().pythonVersion()
              + " with "
              + String.join(", ", used.get().packages());
      return missing.isEmpty()
          ? Finding.good(name, here + "; all layers of protection are active")
          : Finding.less(
              name,
              here + "; without the layer of protection " + missing.getFirst().name(),
              missing.getFirst().detail());
    }
    Optional<Path> given = sandbox.python();
    Optional<PythonInstallation> python =
        given.isPresent() ? PythonInstallation.at(given.get()) : PythonInstallation.find();
    if (python.isEmpty() || !python.get().isUseful()) {
      return Finding.less(
          name,
          given.isPresent()
              ? given.get() + " is not Python 3.10 or newer with numpy, pandas or matplotlib"
              : "no Python 3.10 or newer with numpy, pandas or matplotlib was found",
          "For data frames and charts: apt install python3-pandas python3-matplotlib; or pip"
              + " install pandas matplotlib into a virtual environment and set sandbox.python to"
              + " its bin/python.");
    }
    return Finding.less(
        name,
        python.get().path()
            + " has "
            + String.join(", ", python.get().packages())
            + ", but the engine did not start or not all of its layers of protection are active",
        "It needs user namespaces, Landlock and seccomp; --set log.level=info shows which is"
            + " missing. Many containers forbid user namespaces; sandbox.engine = \"cpython\" uses"
            + " it without them, see SECURITY.md.");
  }

  private Finding reading() throws InterruptedException {
    try {
      Sandbox pool = readers.get();
      Environment environment = pool.environment().get(SANDBOX_SECONDS, TimeUnit.SECONDS);
      FileImporter.Result read =
          new ChildFileImporter(
                  pool, settings.service().files(), settings.service().reading().deadline())
              .read(new FileImporter.Request("terminal", "doctor", "a.csv", SAMPLE));
      if (!(read instanceof FileImporter.Read)) {
        return Finding.wrong("reading files", String.valueOf(read), "Build Reckon again.");
      }
      List<String> missing =
          environment.missingLayers().stream().map(Environment.Layer::name).toList();
      return missing.isEmpty()
          ? Finding.good(
              "reading files", "in a separate child process with all layers of protection")
          : Finding.less(
              "reading files",
              "in a separate child process, without " + String.join(", ", missing),
              "Its memory limit and its deadline still apply; SECURITY.md says what the layers of"
                  + " protection need.");
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return Finding.wrong(
          "reading files",
          "no child process became ready: " + e.getMessage(),
          "--set log.level=info shows what it says.");
    }
  }

  private void sandbox(Consumer<Finding> found) throws InterruptedException {
    Sandbox pool;
    try {
      pool = sandbox.get();
    } catch (RuntimeException e) {
      found.accept(notReady(e));
      return;
    }
    try {
      Environment environment = pool.environment().get(SANDBOX_SECONDS, TimeUnit.SECONDS);
      Script script =
          new Script("doctor", "terminal", "doctor", "print(6 * 7)", List.of(), Limits.DEFAULT);
      RunResult run = pool.submit(script).get(SANDBOX_SECONDS, TimeUnit.SECONDS);
      boolean right = run instanceof RunResult.Completed && run.produced().stdout().equals("42\n");
      found.accept(
          right
              ? Finding.good(
                  "sandbox",
                  "Python "
                      + environment.pythonVersion()
                      + ", "
                      + environment.modules().size()
                      + " modules import; a script ran in "
                      + run.timing().elapsed().toMillis()
                      + " ms")
              : Finding.wrong(
                  "sandbox",
                  "a test script ended as " + run,
                  "Run reckon prepare, then try again."));
      if (pool instanceof RemoteSandbox remote) {
        new WorkerHostChecks(remote, Assembly.VERSION).run(found);
      } else {
        found.accept(workerJdk());
        packages(environment).ifPresent(found);
        found.accept(secondEngine(environment));
      }
      for (Environment.Layer layer : environment.layers()) {
        found.accept(
            layer.active()
                ? Finding.good("layer: " + layer.name(), layer.detail())
                : Finding.less(
                    "layer: " + layer.name(),
                    layer.detail(),
                    "SECURITY.md says what it would confine, and what it needs."));
      }
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      if (pool instanceof RemoteSandbox remote) {
        new WorkerHostChecks(remote, Assembly.VERSION).run(found);
      }
      found.accept(notReady(e));
    }
  }

  private static Finding notReady(Exception e) {
    return Finding.wrong(
        "sandbox",
        "no worker became ready: " + e.getMessage(),
        "Run reckon prepare; --set log.level=info shows what the worker says.");
  }
}
