package dev.reckon.adapters.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.web.PageLinks;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.store.Backlog;
import dev.reckon.core.surface.Surface;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.sandbox.PoolStatus;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
  private static final Incoming INCOMING =
      new Incoming(
          "d1",
          new ConversationId("slack/T1/C1/secret-thread"),
          new Team("slack/T1", "Secret Team"),
          new Person("slack/T1/U1", "Secret Person", Person.Role.MEMBER),
          new Address("slack", "C1", "C1", false),
          new Content.Text("what does the secret project cost?", false),
          List.of(),
          Instant.EPOCH);

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void aHundredTurnsAreCountedByTheirEnd() throws Exception {
    TurnDriver driver =
        metrics.measured(
            new Ending(
                turn ->
                    turn % 10 == 0
                        ? TurnStatus.FAILED
                        : turn % 4 == 1 ? TurnStatus.UNVERIFIED : TurnStatus.VERIFIED));
    for (long turn = 1; turn <= 100; turn++) {
      driver.drive(turn, begin(), event -> {});
    }
    String scraped = scrape();
    assertEquals("10", figure(scraped, "reckon_turns_seconds_count{status=\"failed\"}"));
    assertEquals("25", figure(scraped, "reckon_turns_seconds_count{status=\"unverified\"}"));
    assertEquals("65", figure(scraped, "reckon_turns_seconds_count{status=\"verified\"}"));
    assertEquals("100", figure(scraped, "reckon_turn_attempts_count"));
    assertEquals("0.0", figure(scraped, "reckon_turns_running"));
    assertEquals("130.0", figure(scraped, "reckon_turns_seconds_sum{status=\"verified\"}"));
  }

  @Test
  void aTurnThatBreaksIsCountedAndRunsNoMore() throws Exception {
    TurnDriver driver =
        metrics.measured(
            new Ending(
                turn -> {
                  throw new IllegalStateException("the disk is gone");
                }));
    assertThrows(IllegalStateException.class, () -> driver.drive(1, begin(), event -> {}));
    String scraped = scrape();
    assertEquals("1.0", figure(scraped, "reckon_turns_interrupted_total{why=\"fault\"}"));
    assertEquals("0.0", figure(scraped, "reckon_turns_running"));
  }

  @Test
  void modelCallsAreTimedByOutcomeAndTheirTokensSummed() throws Exception {
    Deque<Object> script =
        new ArrayDeque<>(
            List.of(
                new ModelReply("print(1)", "m", new ModelReply.Tokens(100, 7)),
                new ModelReply("print(2)", "m", new ModelReply.Tokens(50, 3)),
                new ModelException(ModelException.Kind.TIMEOUT, "too slow")));
    LanguageModel model = metrics.measured(new Scripted(script));
    model.complete(request(ModelRequest.Purpose.GENERATE));
    model.complete(request(ModelRequest.Purpose.GENERATE));
    assertThrows(ModelException.class, () -> model.complete(request(ModelRequest.Purpose.JUDGE)));
    String scraped = scrape();
    assertEquals(
        "2",
        figure(scraped, "reckon_model_calls_seconds_count{outcome=\"ok\",purpose=\"generate\"}"));
    assertEquals(
        "1",
        figure(scraped, "reckon_model_calls_seconds_count{outcome=\"timeout\",purpose=\"judge\"}"));
    assertEquals(
        "150.0",
        figure(scraped, "reckon_model_tokens_total{direction=\"input\",purpose=\"generate\"}"));
    assertEquals(
        "10.0",
        figure(scraped, "reckon_model_tokens_total{direction=\"output\",purpose=\"generate\"}"));
  }

  @Test
  void deliveriesAndDecisionsAreCountedWithoutANameOrAWord() throws Exception {
    Deque<Boolean> isNew = new ArrayDeque<>(List.of(true, false));
    Inbox inbox = metrics.measured((Inbox) incoming -> isNew.remove());
    inbox.receive(INCOMING);
    inbox.receive(INCOMING);
    Admission admission = metrics.measured(new Refusing());
    admission.admit(AdmissionRequest.of(INCOMING, AdmissionRequest.Kind.REQUEST));
    String scraped = scrape();
    assertEquals(
        "1.0", figure(scraped, "reckon_deliveries_total{outcome=\"new\",surface=\"slack\"}"));
    assertEquals(
        "1.0", figure(scraped, "reckon_deliveries_total{outcome=\"repeated\",surface=\"slack\"}"));
    assertEquals("1.0", figure(scraped, "reckon_admissions_total{decision=\"refused_rate\"}"));
    assertFalse(scraped.toLowerCase(Locale.ROOT).contains("secret"), scraped);
  }

  @Test
  void thePoolAndTheBacklogAreReadWhenAsked() throws Exception {
    PoolStatus[] pool = {new PoolStatus(2, 2, 0, 0, 0, 5, 1, 0)};
    metrics.watchPool(() -> pool[0]);
    metrics.watchBacklog(() -> new Backlog(3, Duration.ofMillis(1500), 1, Duration.ofSeconds(90)));
    System.gc();
    assertEquals("0.0", figure(scrape(), "reckon_sandbox_workers{state=\"busy\"}"));
    pool[0] = new PoolStatus(2, 0, 2, 0, 4, 9, 1, 0);
    String scraped = scrape();
    assertEquals("2.0", figure(scraped, "reckon_sandbox_workers{state=\"busy\"}"));
    assertEquals("4.0", figure(scraped, "reckon_sandbox_queued"));
    assertEquals("9.0", figure(scraped, "reckon_sandbox_runs_total"));
    assertEquals("1.5", figure(scraped, "reckon_waiting_oldest_seconds{what=\"deliveries\"}"));
    assertEquals("90.0", figure(scraped, "reckon_waiting_oldest_seconds{what=\"replies\"}"));
  }

  @Test
  void aLoopThatHangsShowsWhenItLastCameRound() throws Exception {
    Instant[] now = {Instant.EPOCH};
    SupervisedLoop loop =
        new SupervisedLoop(
            new SupervisedLoop.Schedule(
                "test", Duration.ZERO, Duration.ofMinutes(1), Backoff.DEFAULT),
            () -> Duration.ZERO,
            () -> now[0]);
    metrics.watchLoops(List.of(loop));
    System.gc();
    now[0] = now[0].plusSeconds(90);
    assertEquals("90.0", figure(scrape(), "reckon_loop_since_success_seconds{loop=\"test\"}"));
    assertEquals("0.0", figure(scrape(), "reckon_loop_failures_total{loop=\"test\"}"));
    assertEquals("0.0", figure(scrape(), "reckon_loop_restarts_total{loop=\"test\"}"));
  }

  /** A default method that the wrapper forgot would silently replace the platform's own. */
  @ParameterizedTest
  @MethodSource("wrapped")
  void everyMethodOfAPortIsHandedOn(Class<?> port, Class<?> wrapper) throws Exception {
    for (Method method : port.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        Class<?> by =
            wrapper.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass();
        assertFalse(by.isAssignableFrom(port), () -> wrapper + " does not hand on " + method);
      }
    }
  }

  static Stream<Arguments> wrapped() {
    return Stream.of(
        Arguments.of(Surface.class, MeasuredSurface.class),
        Arguments.of(Surface.class, PageLinks.class),
        Arguments.of(Admission.class, MeasuredAdmission.class),
        Arguments.of(TurnDriver.class, MeasuredDriver.class),
        Arguments.of(LanguageModel.class, MeasuredModel.class));
  }

  private String scrape() throws Exception {
    try (HttpServer server =
            HttpServer.start(
                new HttpSettings("127.0.0.1", 0), List.of(metrics.endpoint()), List.of());
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
      return response.body();
    }
  }

  private static String figure(String scraped, String name) {
    Optional<String> line = scraped.lines().filter(l -> l.startsWith(name + " ")).findFirst();
    assertTrue(line.isPresent(), () -> name + " is not in:\n" + scraped);
    return line.get().substring(name.length() + 1);
  }

  private static TurnState begin() {
    return TurnState.begin(
        TurnRequest.of("secret", List.of(), List.of(), "t", "c", TurnSettings.DEFAULT));
  }

  private static ModelRequest request(ModelRequest.Purpose purpose) {
    return new ModelRequest(purpose, List.of(), null, 100);
  }

  private record Ending(LongFunction<TurnStatus> end) implements TurnDriver {
    @Override
    public TurnResult drive(long turn, TurnState from, Consumer<TurnEvent> listener) {
      return new TurnResult(
          turn,
          end.apply(turn),
          "",
          "",
          "",
          List.of(),
          List.of(new TurnResult.Attempt(1, 1, "", "completed", "", null, null)),
          null,
          List.of(),
          Usage.NONE,
          Duration.ofSeconds(2));
    }

    @Override
    public void suspend() {}
  }

  private record Scripted(Deque<Object> script) implements LanguageModel {
    @Override
    public ModelReply complete(ModelRequest request) throws ModelException {
      return switch (script.remove()) {
        case ModelReply reply -> reply;
        case ModelException problem -> throw problem;
        case Object other -> throw new IllegalStateException("not in a script: " + other);
      };
    }

    @Override
    public String modelFor(ModelRequest.Purpose purpose) {
      return "m";
    }
  }

  private static final class Refusing implements Admission {
    @Override
    public Decision admit(AdmissionRequest asking) {
      return new Decision.Refused(Decision.Reason.RATE, "no");
    }

    @Override
    public Optional<Decision.Refused> shutsOut(AdmissionRequest asking) {
      return Optional.empty();
    }

    @Override
    public void resumed(AdmissionRequest asking) {}

    @Override
    public List<ConversationId> finished(String delivery) {
      return List.of();
    }

    @Override
    public List<String> left(Person person, Team team, Language language) {
      return List.of();
    }
  }
}
