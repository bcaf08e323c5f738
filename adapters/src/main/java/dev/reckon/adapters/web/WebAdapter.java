package dev.reckon.adapters.web;

import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.Endpoint.Method;
import dev.reckon.adapters.http.EventStream;
import dev.reckon.adapters.http.HeaderCheck;
import dev.reckon.adapters.http.Readiness;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.WebSessions.Identity;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.surface.Surface;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reckon in the browser, as the program wires it. Safe for use by any number of threads. */
public final class WebAdapter implements AutoCloseable {
  /** Forms and presses are small. */
  private static final int SMALL_BODY = 512 * 1024;

  private final WebSettings settings;
  private final BrowserSessions sessions;
  private final SessionCookie cookie;
  private final OpenPages pages;
  private final WebSurface surface;
  private final ChatActions actions;
  private final RequestGuard guard;
  private final ChatPages chats;
  private final SearchPage search;
  private final ComputationPages computations;
  private final SavedPages saved;
  private final SessionPages signing;
  private final TeamSignIn teams;
  private final SharedPages shared;
  private final OperationsPages operations;
  private final PolicyForm policy;
  private final FileDownloads files;
  private final LinkPreviews previews;
  private final Assets assets = new Assets();

  /**
   * An adapter.
   *
   * @param store whose instance lock the caller holds
   * @param contents of files that runs left
   * @param demonstration what can be tried out without a model
   * @param access how others than this machine's owner get in
   * @param operations what administrators see
   */
  public WebAdapter(
      WebSettings settings,
      Store store,
      FileContents contents,
      Demonstration demonstration,
      TeamAccess access,
      OperationsSources operations,
      InstantSource clock) {
    this.settings = settings;
    this.sessions = new BrowserSessions(store.webSessions(), settings.session(), clock);
    this.pages = new OpenPages(settings.streams(), settings.streamsPerSession());
    this.surface = new WebSurface(store.webMessages(), pages, WebDisplay::isPicture);
    PlatformMembers members =
        new PlatformMembers(store.turns(), access.readerships(), access.membership());
    this.cookie = new SessionCookie(settings, access);
    Visitors visitors =
        new Visitors(settings, sessions, access, cookie, operations.policy()::administers);
    this.guard =
        new RequestGuard(new RequestSource(settings, access), visitors, sessions, access, members);
    TurnReader turns = new TurnReader(store.turns(), members);
    RunAgainForm again = new RunAgainForm(store.files(), turns);
    this.actions =
        new ChatActions(
            store.webMessages(), pages, turns, again, store.computations(), demonstration, clock);
    this.chats =
        new ChatPages(
            store.webMessages(),
            new MessageView(turns),
            pages,
            guard,
            sessions,
            settings,
            demonstration);
    this.search = new SearchPage(store.webMessages(), chats);
    ShareLinks links = new ShareLinks(store.webShares(), access, clock);
    this.computations = new ComputationPages(turns, chats, contents, links, again);
    this.shared = new SharedPages(links, turns, chats);
    this.teams = new TeamSignIn(access, sessions, visitors, cookie, members, clock);
    this.policy = new PolicyForm(operations.policy());
    this.operations = new OperationsPages(operations, policy, chats, clock);
    this.saved = new SavedPages(store.computations(), chats);
    this.signing = new SessionPages(sessions, cookie, pages, chats, access);
    this.files = new FileDownloads(store.webMessages(), contents);
    this.previews =
        access
            .publicUrl()
            .<LinkPreviews>map(url -> new PagePreviews(url, turns, links))
            .orElse(LinkPreviews.NONE);
  }

  /** What the core sends replies to. */
  public Surface surface() {
    return surface;
  }

  /** What chats show below links to pages. */
  public LinkPreviews previews() {
    return previews;
  }

  /** From now on messages are received. */
  public void start(Inbox inbox) {
    actions.start(inbox);
  }

  /**
   * Asks for the pages that people see first, so that these are quick from the first visit on.
   * Returns when they were answered, or one was not.
   *
   * @param server where this machine reaches them
   */
  public void warm(URI server) throws InterruptedException {
    sessions.briefly(
        owner(), secret -> WarmUp.run(server, cookie.name(server.getAuthority()) + "=" + secret));
  }

  /** What readiness asks. */
  public Readiness readiness() {
    return new Readiness("web", actions::isStarted);
  }

  /** A link that signs one browser in, once. */
  public URI signInLink(String host, int port) {
    return URI.create(
        "http://%s:%d/sign-in?token=%s".formatted(host, port, sessions.link(owner())));
  }

  private Identity owner() {
    return new Identity(
        settings.person().id(),
        settings.person().name(),
        settings.team().id(),
        settings.team().name(),
        Identity.LINK);
  }

  /** What the HTTP server serves. */
  public List<Endpoint> endpoints() {
    HeaderCheck scripts = guard.scripts();
    HeaderCheck forms = guard.forms();
    List<Endpoint> all = new ArrayList<>();
    computations.parts().forEach((path, part) -> all.addAll(part(path, part)));
    all.addAll(
        List.of(
            get("/", chats::start),
            get("/chat/{key}", chats::chat),
            get("/search", search::show),
            get("/c/{id}", computations::show),
            get("/c/{id}/compare/{other}", computations::compare),
            get("/m/{message}/{position}/{name}", files::serve),
            get("/saved", saved::list),
            get("/saved/{name}", saved::form),
            get("/sessions", signing::list),
            new Endpoint(Method.GET, "/sign-in", guard.open(signing::signIn)),
            new Endpoint(Method.GET, "/sign-in/{provider}", guard.open(teams::begin)),
            new Endpoint(
                Method.GET, TeamSignIn.callback("{provider}"), guard.open(teams::complete)),
            new Endpoint(Method.GET, "/s/{token}", guard.open(shared::show)),
            get("/shared", shared::list),
            get("/operations", operations::show),
            new Endpoint(Method.GET, "/assets/{name}", guard.open(assets::serve)),
            post("/web/send", scripts, settings.messageBytes(), actions::send),
            post("/web/press", scripts, SMALL_BODY, actions::press),
            post("/web/demonstrate", scripts, SMALL_BODY, actions::demonstrate),
            post("/web/policy", forms, SMALL_BODY, policy::change),
            post("/web/share", forms, SMALL_BODY, shared::share),
            post("/web/unshare", forms, SMALL_BODY, shared::revoke),
            post("/web/sign-out", forms, SMALL_BODY, signing::signOut),
            post("/web/revoke", forms, SMALL_BODY, signing::revoke)));
    return all;
  }

  /** A part of a computation, for whoever may see it and for whoever has a link. */
  private List<Endpoint> part(String path, Computation.Part part) {
    return List.of(
        get(
            "/c/{id}" + path,
            (context, visitor) ->
                part.answer(
                    context, computations.find(context, visitor.person()), Optional.of(visitor))),
        new Endpoint(
            Method.GET, "/s/{token}" + path, guard.open(context -> shared.part(context, part))));
  }

  /** What tells open pages of changes. */
  public List<EventStream> streams() {
    return List.of(new EventStream("/stream/", chats::stream));
  }

  private Endpoint get(String path, RequestGuard.Signed handler) {
    return new Endpoint(Method.GET, path, guard.signed(handler));
  }

  private Endpoint post(
      String path, HeaderCheck check, int bodyBytes, RequestGuard.Signed handler) {
    return new Endpoint(Method.POST, path, check, guard.signed(handler), bodyBytes);
  }

  @Override
  public void close() {
    pages.close();
  }
}
