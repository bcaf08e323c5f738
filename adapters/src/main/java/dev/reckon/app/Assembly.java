package dev.reckon.app;

import dev.reckon.adapters.cli.ChatMemory;
import dev.reckon.adapters.cli.ChatWord;
import dev.reckon.adapters.cli.Console;
import dev.reckon.adapters.cli.Finding;
import dev.reckon.adapters.cli.Program;
import dev.reckon.adapters.cli.RunningService;
import dev.reckon.adapters.cli.StoreAdmin;
import dev.reckon.adapters.cli.TerminalMessages;
import dev.reckon.adapters.cli.UsageException;
import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.files.ChildFileImporter;
import dev.reckon.adapters.llm.OpenAiModel;
import dev.reckon.adapters.mcp.ToolServer;
import dev.reckon.adapters.setup.Guide;
import dev.reckon.adapters.sql.JdbcSources;
import dev.reckon.adapters.sql.SourcesCommand;
import dev.reckon.adapters.tools.ReckonTools;
import dev.reckon.adapters.tools.ToolCaller;
import dev.reckon.core.command.AdminCommands;
import dev.reckon.core.command.CommandExtension;
import dev.reckon.core.command.CommandSpec;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.delivery.StoreFiles;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.message.Language;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.core.turn.effect.TurnFiles;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.Prepared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Assembles the program by hand, each part when it is first requested. For use by one thread. */
final class Assembly implements Program {
  /** Of the program's own jar; classes that were not packed have none. */
  static final String VERSION =
      Objects.requireNonNullElse(Assembly.class.getPackage().getImplementationVersion(), "0");

  private static final String AT_TERMINAL =
      "At a terminal it runs only while this conversation is open there (\"reckon chat\"); a time"
          + " that was missed runs once when it is opened again.";

  private final Settings settings;
  private final Path settingsFile;
  private final Console console;

  private final OpenParts open = new OpenParts();

  private @Nullable Sandbox sandbox;
  private @Nullable FileImporter importer;
  private @Nullable JdbiStore store;
  private @Nullable StoreFiles files;
  private @Nullable JdbcSources sources;
  private @Nullable FutureTask<ReckonTools> opening;

  private Assembly(Settings settings, Path settingsFile, Console console) {
    this.settings = settings;
    this.settingsFile = settingsFile;
    this.console = console;
  }

  /** Reads and checks the configuration; starts nothing yet. */
  static Assembly open(
      Path home,
      Optional<Path> config,
      List<String> set,
      Function<String, @Nullable String> environment,
      Console console)
      throws ConfigurationException {
    Path usual = home.resolve("config/reckon.toml");
    Optional<Path> file = config.isPresent() || !Files.exists(usual) ? config : Optional.of(usual);
    Configuration configuration = Configuration.read(file, set, environment);
    Settings settings = Settings.from(configuration, home);
    Logging.apply(settings.log(), configuration.secrets());
    return new Assembly(settings, config.orElse(usual), console);
  }

  @Override
  public TurnSettings turnSettings() {
    return settings.turn();
  }

  @Override
  public RequestLimit longestRequest() {
    return settings.longestRequest();
  }

  @Override
  public Optional<String> modelMissing() {
    return settings.model().missing();
  }

  @Override
  public Sandbox sandbox(OptionalInt workers) {
    Sandbox pool = sandbox;
    if (pool == null) {
      pool = opened(new SandboxFactory(settings, console).open(workers));
      sandbox = pool;
    }
    return pool;
  }

  @Override
  public FileImporter importer() {
    FileImporter opened = importer;
    if (opened == null) {
      FileReadSettings reading = settings.service().reading();
      Sandbox children = opened(FileReaderFactory.open(settings, reading.children()));
      opened = new ChildFileImporter(children, settings.service().files(), reading.deadline());
      importer = opened;
    }
    return opened;
  }

  @Override
  public DirectClient client() {
    return client(opened(new OpenAiModel(settings.model())));
  }

  @Override
  public DirectClient client(LanguageModel model) {
    DeliveryFactory factory =
        new DeliveryFactory(settings, store(), storeFiles(), importer(), sources());
    StepwiseDriver driver = opened(factory.driver(model, sandbox(OptionalInt.empty())));
    return new DirectClient(
        factory.parts(
            driver,
            Admission.open(),
            person -> true,
            settings.schedules().with(AT_TERMINAL),
            incoming -> sources().names(),
            words()));
  }

  /** Who sits at this machine's store may query all of its databases. */
  private List<CommandExtension> words() {
    List<CommandExtension> words = new ArrayList<>(AdminWords.of(adminCommands(store())));
    words.add(new SourcesCommand(sources(), incoming -> sources().names()));
    return words;
  }

  private JdbcSources sources() {
    JdbcSources opened = sources;
    if (opened == null) {
      opened = opened(new JdbcSources(settings.sources()));
      sources = opened;
    }
    return opened;
  }

  @Override
  public ToolServer tools(ToolCaller caller) {
    // A client gives up on a server that does not introduce itself in time: all that takes time is
    // opened meanwhile.
    FutureTask<ReckonTools> opens =
        new FutureTask<>(
            () -> {
              sandbox(OptionalInt.of(1));
              return new ReckonTools(
                  client(), store().computations(), store().files(), caller, Clock.systemUTC());
            });
    ToolServer server = opened(new ToolServer(() -> done(opens), VERSION));
    opening = opens;
    Thread.ofPlatform().daemon().name("open-tools").start(opens);
    return server;
  }

  private static <T> T done(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the engine opened", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine cannot be opened", e.getCause());
    }
  }

  /** For the person at the terminal, who administers the store of this machine. */
  private AdminCommands adminCommands(JdbiStore opened) {
    PolicyInForce policy =
        new PolicyInForce(
            settings.policy(),
            opened.policyChanges(),
            Clock.systemUTC(),
            TerminalMessages::isAtTerminal);
    Gatekeeper gatekeeper =
        new Gatekeeper(
            policy, opened.ledger(), new LocalAdmissionState(Clock.systemUTC()), Clock.systemUTC());
    return new AdminCommands(
        opened.statistics(),
        opened.privacy(),
        opened.audit(),
        gatekeeper,
        policy,
        Clock.systemUTC());
  }

  @Override
  public Path history() {
    return settings.store().history(settings.home());
  }

  @Override
  public List<ChatWord> vocabulary() {
    return Stream.concat(
            Arrays.stream(CommandSpec.values())
                .map(
                    word ->
                        new ChatWord(word.typed(), word.example(), word.meaning(Language.ENGLISH))),
            words().stream().map(word -> new ChatWord(word.word(), word.word(), word.meaning())))
        .toList();
  }

  @Override
  public ChatMemory memory() {
    return new StoreChatMemory(store(), TerminalMessages.SURFACE);
  }

  @Override
  public String prepare() {
    Prepared prepared = new SandboxFactory(settings, console).prepare();
    return "The sandbox is prepared in " + prepared.resources().getParent() + ".";
  }

  @Override
  public List<String> surfaces() throws ConfigurationException {
    settings.surfaces().check();
    List<String> names = new ArrayList<>();
    settings.surfaces().slack().ifPresent(slack -> names.add("Slack"));
    settings.surfaces().telegram().ifPresent(telegram -> names.add("Telegram"));
    if (settings.surfaces().web().enabled()) {
      names.add("the browser");
    }
    settings
        .tools()
        .ifPresent(
            found -> {
              if (found.mcp()) {
                names.add("tools for agents");
              }
              if (found.api()) {
                names.add("the API");
              }
            });
    return names;
  }

  @Override
  public RunningService serve(Consumer<String> say) {
    return opened(
        ServiceRuntime.start(
            settings,
            store(),
            storeFiles(),
            importer(),
            sources(),
            sandbox(OptionalInt.empty()),
            say));
  }

  @Override
  public RunningService serveWorkers(Optional<String> listen) throws UsageException {
    return opened(
        WorkerService.start(
            settings,
            workerAddress(listen),
            new SandboxFactory(settings, console).openHere(OptionalInt.empty()),
            FileReaderFactory.openHere(settings, settings.service().reading().children())));
  }

  @Override
  public String workerAddress(Optional<String> listen) {
    return listen.orElse(settings.workers().listen());
  }

  @Override
  public TurnFiles files() {
    return storeFiles();
  }

  @Override
  public void examine(Consumer<Finding> found) {
    new Doctor(
            settings,
            () -> sandbox(OptionalInt.of(1)),
            () -> opened(FileReaderFactory.open(settings, 1)),
            this::sources,
            this::store)
        .examine(found);
  }

  @Override
  public Guide guide(String platform) {
    return settings.surfaces().given().guide(platform, settings.home());
  }

  @Override
  public Path settingsFile() {
    return settingsFile;
  }

  private JdbiStore store() {
    JdbiStore opened = store;
    if (opened == null) {
      opened =
          opened(
              JdbiStore.open(
                  settings.store().access(), settings.service().large().open(), Clock.systemUTC()));
      store = opened;
    }
    return opened;
  }

  private StoreFiles storeFiles() {
    StoreFiles kept = files;
    if (kept == null) {
      kept = new StoreFiles(store().files(), store().turns());
      files = kept;
    }
    return kept;
  }

  private <T extends AutoCloseable> T opened(T part) {
    return open.add(part);
  }

  @Override
  public StoreAdmin storeAdmin() {
    return new JdbiStoreAdmin(
        settings.store().access(), settings.service().large(), settings.home(), Clock.systemUTC());
  }

  @Override
  public void close() {
    FutureTask<ReckonTools> opens = opening;
    if (opens != null) {
      try {
        done(opens); // nothing is opened behind what is closed here
      } catch (IllegalStateException e) {
        LoggerFactory.getLogger(Assembly.class).warn("the engine did not open", e);
      }
    }
    open.close();
  }
}
