package dev.reckon.adapters.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.app.StartedReckon;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelException.Kind;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.ModelRequest.Message;
import dev.reckon.core.model.ModelRequest.Purpose;
import dev.reckon.core.model.ModelRequest.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiModelTest {
  private static final String KEY = "sk-test-4711-secret";
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}";

  private FakeModelServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeModelServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksOverHttp11WithKeyModelAndMessages() throws Exception {
    server.say("print(1)");
    ModelReply reply = ask();
    assertEquals("print(1)", reply.text());
    assertEquals(new ModelReply.Tokens(100, 20), reply.tokens());
    var call = server.calls().getFirst();
    assertEquals("HTTP/1.1", call.protocol());
    assertEquals("Bearer " + KEY, call.header("Authorization"));
    assertNull(call.header("Upgrade"));
    assertEquals("m", call.body().path("model").asText());
    assertEquals("rules", call.last("system"));
    assertEquals("what is 1?", call.last("user"));
    assertEquals(512, call.body().path("max_tokens").asInt());
    assertTrue(call.body().path("temperature").isMissingNode());
  }

  @Test
  void asksTheJudgeByItsOwnName() throws Exception {
    server.say("YES", "code");
    try (OpenAiModel model = model("verify.model=judge", "model.temperature=0.2")) {
      assertEquals("judge", model.complete(request(Purpose.JUDGE, null)).model());
      assertEquals("m", model.complete(request(Purpose.REPAIR, null)).model());
    }
    assertEquals("judge", server.calls().getFirst().body().path("model").asText());
    assertEquals(0.2, server.calls().getFirst().body().path("temperature").asDouble());
  }

  @Test
  void aServerThatCountsNoTokensIsFine() throws Exception {
    server.answer(
        Answer.json(
            200, "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"hi\"}}]}"));
    assertNull(ask().tokens());
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    server.answer(Answer.error(429, "slow down").with("Retry-After", "0"));
    server.answer(Answer.error(503, "overloaded").with("Retry-After", "0.01"));
    server.say("ok");
    assertEquals("ok", ask().text());
    assertEquals(3, server.calls().size());
  }

  @Test
  void doesNotWaitLongerThanConfigured() {
    server.answer(Answer.error(429, "slow down").with("Retry-After", "3600"));
    ModelException e = assertThrows(ModelException.class, this::ask);
    assertEquals(Kind.RATE_LIMITED, e.kind());
    assertEquals(1, server.calls().size());
  }

  @Test
  void othersMayCallWhileOnePausesBeforeItsNextTry() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch refused = new CountDownLatch(1);
    server.answerBy(
        call -> {
          if (call.last("user").equals("what is 1?") && tries.getAndIncrement() == 0) {
            refused.countDown();
            return Answer.error(503, "overloaded").with("Retry-After", "30");
          }
          return Answer.text("ok");
        });
    try (OpenAiModel model = model("model.concurrent_calls=1");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> pausing = threads.submit(() -> model.complete(request(Purpose.GENERATE, null)));
      refused.await();
      ModelRequest other =
          new ModelRequest(Purpose.GENERATE, List.of(new Message(Role.USER, "other")), null, 512);
      Future<ModelReply> answered = threads.submit(() -> model.complete(other));
      assertEquals("ok", answered.get(10, TimeUnit.SECONDS).text());
      assertFalse(pausing.isDone());
      pausing.cancel(true);
    }
  }

  @Test
  void givesUpAfterTheConfiguredRetries() {
    server.answerBy(call -> Answer.error(500, "boom").with("Retry-After", "0"));
    ModelException e = assertThrows(ModelException.class, this::ask);
    assertEquals(Kind.SERVER_ERROR, e.kind());
    assertTrue(words(e).contains("boom"), words(e));
    assertEquals(3, server.calls().size());
  }

  @ParameterizedTest
  @CsvSource({
    "401, WRONG_KEY, OPENAI_API_KEY",
    "403, WRONG_KEY, OPENAI_API_KEY",
    "402, RATE_LIMITED, credit",
    "404, UNKNOWN_MODEL, model.name",
    "400, REFUSED, context length exceeded",
    "413, REFUSED, context length exceeded"
  })
  void saysWhatWentWrongAndAsksOnce(int status, Kind kind, String words) {
    server.answer(Answer.error(status, "context length exceeded for key " + KEY));
    ModelException e = assertThrows(ModelException.class, this::ask);
    assertEquals(kind, e.kind());
    assertTrue(words(e).contains(words), words(e));
    assertFalse(words(e).contains(KEY), words(e));
    assertEquals(1, server.calls().size());
  }

  @Test
  void anAccountWithoutQuotaIsNotAskedAgain() {
    server.answer(
        Answer.json(429, "{\"error\":{\"message\":\"no quota\",\"code\":\"insufficient_quota\"}}"));
    assertEquals(Kind.RATE_LIMITED, assertThrows(ModelException.class, this::ask).kind());
    assertEquals(1, server.calls().size());
  }

  @Test
  void anUnreachableServerIsNamed() throws Exception {
    int port = StartedReckon.freePort();
    try (OpenAiModel model = model("model.base_url=http://user:pass@127.0.0.1:" + port + "/v1")) {
      ModelException e =
          assertThrows(ModelException.class, () -> model.complete(request(Purpose.GENERATE, null)));
      assertEquals(Kind.UNREACHABLE, e.kind());
      assertTrue(words(e).contains("http://127.0.0.1:" + port), words(e));
      assertFalse(words(e).contains("pass"), words(e));
    }
  }

  @Test
  void aServerThatCannotBeReachedIsGivenUpAsConfigured() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fill(full, waiting);
      String url = "model.base_url=http://127.0.0.1:" + full.getLocalPort() + "/v1";
      try (OpenAiModel hasty = model(url, "model.retries=0", "model.connect_timeout_seconds=1");
          OpenAiModel patient = model(url, "model.connect_timeout_seconds=600")) {
        Future<?> waits = threads.submit(() -> patient.complete(request(Purpose.GENERATE, null)));
        ModelException e =
            assertThrows(
                ModelException.class, () -> hasty.complete(request(Purpose.GENERATE, null)));
        assertTrue(words(e).contains("127.0.0.1"), words(e));
        assertFalse(waits.isDone());
        waits.cancel(true);
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Connects until nobody else can: the server accepts none, and few may wait. */
  private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
    while (waiting.size() < 100) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IllegalStateException("the server takes any number of connections");
  }

  @Test
  void aPageInsteadOfACompletionPointsAtTheAddress() {
    server.answer(Answer.json(200, "<html>welcome</html>"));
    ModelException e = assertThrows(ModelException.class, this::ask);
    assertEquals(Kind.SERVER_ERROR, e.kind());
    assertTrue(words(e).contains("model.base_url"), words(e));
  }

  @Test
  void anEmptyReplyIsToldApart() {
    server.say("  ");
    assertEquals(Kind.EMPTY_REPLY, assertThrows(ModelException.class, this::ask).kind());
  }

  @Test
  void aReplyThatCameToItsCeilingIsCutOff() throws Exception {
    for (String content : List.of("", "```python\\nprint(1)")) {
      server.answer(
          Answer.json(
              200,
              "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"role\":\"assistant\","
                  + "\"content\":\""
                  + content
                  + "\"}}]}"));
      assertTrue(ask().isCutOff(), content);
    }
    server.say("whole");
    assertFalse(ask().isCutOff());
  }

  @Test
  void contentInPartsIsOneText() throws Exception {
    server.answer(
        Answer.json(
            200,
            "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"print\"},{\"type\":\"text\",\"text\":\"(1)\"}]}}]}"));
    assertEquals("print(1)", ask().text());
  }

  @Test
  void theCallOfAToolThatNobodyOfferedIsItsText() throws Exception {
    server.answer(
        Answer.json(
            200,
            "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":{\"role\":\"assistant\","
                + "\"content\":null,\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"python\",\"arguments\":\"{}\"}}]}}]}"));
    assertEquals("{}", ask().text());
  }

  @Test
  void aRefusalIsShown() {
    server.answer(
        Answer.json(
            200,
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"refusal\":\"I will not\"}}]}"));
    ModelException e = assertThrows(ModelException.class, this::ask);
    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(words(e).contains("I will not"), words(e));
  }

  @Test
  void withoutKeyForOpenAiNothingIsSent() throws Exception {
    ModelSettings settings =
        ModelSettings.from(Configuration.read(Optional.empty(), List.of(), name -> null));
    try (OpenAiModel model = new OpenAiModel(settings)) {
      ModelException e =
          assertThrows(ModelException.class, () -> model.complete(request(Purpose.GENERATE, null)));
      assertEquals(Kind.NOT_CONFIGURED, e.kind());
    }
  }

  @Test
  void aLocalServerNeedsNoKey() throws Exception {
    server.say("ok");
    try (OpenAiModel model = model("model.api_key=")) {
      assertEquals("ok", model.complete(request(Purpose.GENERATE, null)).text());
    }
    assertNull(server.calls().getFirst().header("Authorization"));
  }

  @Test
  void sendsTheSchemaUntilTheServerRefusesIt() throws Exception {
    server.answer(Answer.error(400, "response_format is not supported"));
    server.say("{}", "{}");
    try (OpenAiModel model = model()) {
      model.complete(request(Purpose.JUDGE, SCHEMA));
      model.complete(request(Purpose.JUDGE, SCHEMA));
    }
    var calls = server.calls();
    assertEquals(3, calls.size());
    assertEquals(
        "json_schema", calls.getFirst().body().path("response_format").path("type").asText());
    assertTrue(calls.get(1).body().path("response_format").isMissingNode());
    assertTrue(calls.get(2).body().path("response_format").isMissingNode());
  }

  @Test
  void theSchemaCanBeSwitchedOff() throws Exception {
    server.say("{}");
    try (OpenAiModel model = model("model.structured_output=off")) {
      model.complete(request(Purpose.JUDGE, SCHEMA));
    }
    assertTrue(server.calls().getFirst().body().path("response_format").isMissingNode());
  }

  @Test
  void triesTheOtherNameOfTheOutputCeiling() throws Exception {
    server.answer(
        Answer.error(400, "'max_tokens' is not supported, use 'max_completion_tokens' instead"));
    server.say("ok");
    assertEquals("ok", ask().text());
    assertEquals(512, server.calls().get(1).body().path("max_completion_tokens").asInt());
    assertTrue(server.calls().get(1).body().path("max_tokens").isMissingNode());
  }

  @Test
  void aSilentServerTimesOut() throws Exception {
    server.fallSilent();
    try (OpenAiModel model = model("model.timeout_seconds=1")) {
      ModelException e =
          assertThrows(ModelException.class, () -> model.complete(request(Purpose.GENERATE, null)));
      assertEquals(Kind.TIMEOUT, e.kind());
      assertTrue(words(e).contains("model.timeout_seconds"), words(e));
    }
  }

  @Test
  void interruptingTheCallerEndsTheCall() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    server.answerBy(
        call -> {
          arrived.countDown();
          await(held);
          return Answer.text("too late");
        });
    try (OpenAiModel model = model();
        var threads = Executors.newSingleThreadExecutor()) {
      Future<ModelReply> call =
          threads.submit(() -> model.complete(request(Purpose.GENERATE, null)));
      arrived.await();
      threads.shutdownNow();
      Throwable e = assertThrows(ExecutionException.class, call::get).getCause();
      assertInstanceOf(InterruptedException.class, e);
    } finally {
      held.countDown();
    }
  }

  @Test
  void noMoreCallsRunAtOnceThanConfigured() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    server.answerBy(
        call -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          two.countDown();
          await(two);
          running.decrementAndGet();
          return Answer.text("ok");
        });
    try (OpenAiModel model = model("model.concurrent_calls=2");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ModelReply>> replies = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        replies.add(threads.submit(() -> model.complete(request(Purpose.GENERATE, null))));
      }
      for (Future<ModelReply> reply : replies) {
        assertNotNull(reply.get());
      }
    }
    assertEquals(2, most.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ModelReply ask() throws Exception {
    try (OpenAiModel model = model()) {
      return model.complete(request(Purpose.GENERATE, null));
    }
  }

  private OpenAiModel model(String... set) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "model.base_url=" + server.url(),
                "model.name=m",
                "model.api_key=" + KEY,
                "model.retries=2"));
    words.addAll(List.of(set));
    return new OpenAiModel(
        ModelSettings.from(Configuration.read(Optional.empty(), words, name -> null)));
  }

  private static ModelRequest request(Purpose purpose, @Nullable String schema) {
    return new ModelRequest(
        purpose,
        List.of(new Message(Role.SYSTEM, "rules"), new Message(Role.USER, "what is 1?")),
        schema,
        512);
  }

  private static String words(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
