package dev.reckon.app;

import dev.reckon.adapters.api.HttpApi;
import dev.reckon.adapters.cli.RunningService;
import dev.reckon.adapters.demo.DemoScene;
import dev.reckon.adapters.demo.SceneModel;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.EventStream;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.Readiness;
import dev.reckon.adapters.llm.OpenAiModel;
import dev.reckon.adapters.mcp.HttpTools;
import dev.reckon.adapters.mcp.ToolServer;
import dev.reckon.adapters.slack.SlackAdapter;
import dev.reckon.adapters.sql.JdbcSources;
import dev.reckon.adapters.sql.SourcesCommand;
import dev.reckon.adapters.telegram.MenuCommand;
import dev.reckon.adapters.telegram.TelegramAdapter;
import dev.reckon.adapters.telegram.TelegramSettings;
import dev.reckon.adapters.telegram.UnjoinedChats;
import dev.reckon.adapters.tools.BearerCheck;
import dev.reckon.adapters.tools.ReckonTools;
import dev.reckon.adapters.web.Demonstration;
import dev.reckon.adapters.web.PageLinks;
import dev.reckon.adapters.web.WebAdapter;
import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.command.CommandExtension;
import dev.reckon.core.delivery.DeliveryDependencies;
import dev.reckon.core.delivery.DeliveryService;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.StoreFiles;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.SourceAccess;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.surface.Surface;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.sandbox.Sandbox;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: surfaces, deliveries, the HTTP server, and what controls them. */
final class ServiceRuntime implements RunningService {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceRuntime.class);

  /** People wait for an expression's value while they type. */
  private static final Duration LONGEST_EXPRESSION = Duration.ofSeconds(2);

  private final Settings settings;
  private final Sandbox sandbox;
  private final OpenParts open = new OpenParts();
  private final List<Surface> surfaces = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<EventStream> streams = new ArrayList<>();
  private final List<Readiness> readiness = new ArrayList<>();
  private final ServiceControls controls;
  private @Nullable WebAdapter webPages;
  private @Nullable HttpServer server;

  private ServiceRuntime(
      Settings settings, JdbiStore store, Sandbox sandbox, Consumer<String> say) {
    this.settings = settings;
    this.sandbox = sandbox;
    opened(store.shareInstance(() -> end(say)));
    this.controls = opened(new ServiceControls(settings, store, Clock.systemUTC()));
  }

  /**
   * Starts everything that is switched on.
   *
   * @param say hears what closing waits for
   * @throws dev.reckon.core.store.StoreException when another instance has the store alone
   */
  static ServiceRuntime start(
      Settings settings,
      JdbiStore store,
      StoreFiles files,
      FileImporter importer,
      JdbcSources sources,
      Sandbox sandbox,
      Consumer<String> say) {
    ServiceRuntime runtime = new ServiceRuntime(settings, store, sandbox, say);
    try {
      runtime.run(store, files, importer, sources, say);
      return runtime;
    } catch (RuntimeException e) {
      runtime.close();
      throw e;
    }
  }

  /** Another instance has this one's place: two must not answer the same people. */
  private static void end(Consumer<String> say) {
    say.accept("Another instance uses the store now; this one ends.");
    // Not on the caller's thread, which closing waits for.
    Thread.ofPlatform().name("exit").start(() -> System.exit(1));
  }

  private void run(
      JdbiStore store,
      StoreFiles files,
      FileImporter importer,
      JdbcSources sources,
      Consumer<String> say) {
    Predicate<Person> administrator = this::administers;
    DeliveryFactory factory = new DeliveryFactory(settings, store, files, importer, sources);
    Function<Incoming, List<String>> mayQuery = incoming -> mayQuery(sources, incoming);
    List<CommandExtension> words = new ArrayList<>(AdminWords.of(controls.words()));
    words.add(new SourcesCommand(sources, mayQuery));
    LanguageModel model = model();
    StepwiseDriver driver = opened(factory.driver(controls.metrics().measured(model), sandbox));
    DeliveryDependencies parts =
        factory.parts(
            controls.metrics().measured(driver),
            settings.surfaces().web().enabled()
                ? new LocalAdmission(controls.admission())
                : controls.admission(),
            administrator,
            settings.schedules(),
            mayQuery,
            words);
    Optional<SlackAdapter> slack =
        settings
            .surfaces()
            .slack()
            .map(found -> opened(new SlackAdapter(found, store.installations())));
    Optional<TelegramAdapter> telegram =
        settings
            .surfaces()
            .telegram()
            .map(
                found ->
                    opened(
                        TelegramAdapter.create(
                            found,
                            MenuCommand.all(words),
                            unjoined(),
                            new StoreRichChats(
                                store.preferences(), found.rich() == TelegramSettings.Rich.ON))));
    slack.ifPresent(it -> add(linked(it.surface()), it.endpoints(), it.readiness()));
    telegram.ifPresent(it -> add(linked(it.surface()), it.endpoints(), it.readiness()));
    List<Readership> readerships =
        Stream.concat(
                slack.stream().map(SlackAdapter::readership),
                telegram.stream().map(TelegramAdapter::readership))
            .toList();
    Optional<WebAdapter> web = web(store, files, readerships);
    web.ifPresent(it -> add(it.surface(), it.endpoints(), it.readiness()));
    web.ifPresent(it -> streams.addAll(it.streams()));
    DeliveryService service =
        opened(new DeliveryService(parts, settings.service().scheduler(), say));
    service.start(surfaces);
    readiness.addAll(controls.watch(service.loops()));
    settings.tools().ifPresent(found -> endpoints.addAll(tools(found, parts)));
    listen();
    web.ifPresent(this::opened); // closed before the server, which would wait for open pages
    Inbox inbox = controls.metrics().measured(service.inbox());
    web.ifPresent(it -> it.start(inbox));
    web.ifPresent(this::warm);
    List<SupervisedLoop> intakes = new ArrayList<>();
    LinkPreviews previews = web.map(WebAdapter::previews).orElse(LinkPreviews.NONE);
    slack.ifPresent(it -> intakes.add(it.start(inbox, service.queries(), previews)));
    telegram.ifPresent(
        it -> intakes.add(it.start(inbox, service.queries(), () -> service.leads("telegram"))));
    // Before the service is closed, which waits for turns: another process fetches meanwhile, and
    // not a moment before this one has stopped.
    telegram.ifPresent(it -> opened(() -> handOver(it, service)));
    controls.metrics().watchLoops(intakes);
  }

  private static void handOver(TelegramAdapter telegram, DeliveryService service) {
    telegram.stopFetching();
    service.release("telegram");
  }

  /**
   * Agents and scripts wait for answers; what they ask for is admitted and recorded as people's is.
   */
  private List<Endpoint> tools(ToolSettings found, DeliveryDependencies parts) {
    ReckonTools tools =
        new ReckonTools(
            new DirectClient(parts),
            parts.store().computations(),
            parts.store().files(),
            found.caller(),
            Clock.systemUTC());
    BearerCheck bearer = new BearerCheck(found.token().value());
    List<Endpoint> addresses = new ArrayList<>();
    if (found.mcp()) {
      ToolServer server = opened(new ToolServer(() -> tools, Assembly.VERSION));
      addresses.addAll(new HttpTools(server, bearer).endpoints());
    }
    if (found.api()) {
      addresses.addAll(new HttpApi(tools, bearer, Assembly.VERSION).endpoints());
    }
    return addresses;
  }

  /** Answers link to their pages where there are pages that people reach. */
  private Surface linked(Surface surface) {
    Optional<URI> pages = settings.surfaces().team().publicUrl();
    return settings.surfaces().web().enabled() && pages.isPresent()
        ? new PageLinks(surface, pages.get())
        : surface;
  }

  private void add(Surface surface, List<Endpoint> addresses, Readiness ready) {
    surfaces.add(controls.metrics().measured(surface));
    endpoints.addAll(addresses);
    readiness.add(ready);
  }

  private void listen() {
    boolean needed = !endpoints.isEmpty();
    endpoints.addAll(controls.endpoints());
    readiness.addAll(controls.readiness(sandbox));
    settings
        .http()
        .settings(needed)
        .ifPresent(
            where -> server = opened(HttpServer.start(where, endpoints, streams, readiness)));
  }

  /** The configured model; where there is none, the demonstration's, if pages offer it. */
  private LanguageModel model() {
    Optional<String> missing = settings.model().missing();
    return settings.surfaces().web().enabled() && missing.isPresent()
        ? new SceneModel(DemoScene.all(true), missing.get())
        : opened(new OpenAiModel(settings.model()));
  }

  private Optional<WebAdapter> web(
      JdbiStore store, StoreFiles files, List<Readership> readerships) {
    if (!settings.surfaces().web().enabled()) {
      return Optional.empty();
    }
    String missing = settings.model().missing().orElse("");
    WebAdapter adapter =
        new WebAdapter(
            settings.surfaces().web().settings(missing),
            store,
            files,
            missing.isEmpty() ? Demonstration.NONE : new WebDemonstration(sandbox),
            settings.surfaces().team().access(readerships, controls.admission(), controls.policy()),
            controls.operations(sandbox),
            Clock.systemUTC());
    webPages = adapter;
    return Optional.of(adapter);
  }

  private void warm(WebAdapter pages) {
    HttpServer listening = server;
    if (listening != null) {
      URI address = URI.create("http://%s:%d/".formatted(reachable(), listening.port()));
      Thread.ofVirtual()
          .name("warm-pages")
          .start(
              () -> {
                try {
                  pages.warm(address);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                  // The store, say, is not reachable: people's own visits tell them so.
                  LOG.warn("The first pages could not be prepared", e);
                }
              });
    }
  }

  /** The name under which this machine reaches its own server. */
  private String reachable() {
    String host = settings.http().host();
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }

  @Override
  public Optional<URI> signInLink() {
    WebAdapter pages = webPages;
    HttpServer listening = server;
    return pages == null || listening == null
        ? Optional.empty()
        : Optional.of(pages.signInLink(reachable(), listening.port()));
  }

  /**
   * What the policy says; those whom it names as administrators may query all databases. Who is an
   * administrator of a chat only is none: anybody can make a group.
   */
  private List<String> mayQuery(JdbcSources sources, Incoming incoming) {
    return controls.policy().administers(incoming.person().id())
        ? sources.names()
        : SourceAccess.allowed(controls.policy().get(), sources.names(), incoming);
  }

  private UnjoinedChats unjoined() {
    return new UnjoinedChats(
        new InlineGate(controls.policy(), Clock.systemUTC()),
        new Calculator(sandbox, LONGEST_EXPRESSION)::compute,
        () -> controls.policy().get().allowsGuestChats());
  }

  private boolean administers(Person person) {
    return person.role() == Person.Role.ADMINISTRATOR || controls.policy().administers(person.id());
  }

  private <T extends AutoCloseable> T opened(T part) {
    return open.add(part);
  }

  @Override
  public void close() {
    open.close();
  }
}
