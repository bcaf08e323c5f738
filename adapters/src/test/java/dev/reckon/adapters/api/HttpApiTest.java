package dev.reckon.adapters.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.tools.BearerCheck;
import dev.reckon.adapters.tools.ReckonTools;
import dev.reckon.adapters.tools.ToolCaller;
import dev.reckon.app.TestCore;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.message.Language;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.store.RecordedAdmission;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import dev.reckon.core.turn.effect.TurnDriver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over real HTTP and a real store; what drives turns answers at once. */
class HttpApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private JdbiStore store;
  private PolicyInForce policy;
  private HttpServer server;
  private List<Endpoint> endpoints;

  /** Ends each turn as verified, with all that an answer can have. */
  private static final class AnsweringDriver implements TurnDriver {
    @Override
    public TurnResult drive(long turn, TurnState from, Consumer<TurnEvent> listener) {
      TurnResult.Verification verdict =
          new TurnResult.Verification(true, "the total.", List.of(), "The total is 12");
      return new TurnResult(
          turn,
          TurnStatus.VERIFIED,
          "Checked: the total.",
          "total: 12\n",
          "print('total:', 12)",
          List.of(new TurnResult.Step("total", "verified", "total: 12\n")),
          List.of(
              new TurnResult.Attempt(1, 1, "x", "failed", "", "NameError: x", null),
              new TurnResult.Attempt(
                  2, 1, "print('total:', 12)", "completed", "total: 12\n", null, verdict)),
          verdict,
          List.of(new TurnResult.ProducedFile("f1", "out.csv", 3)),
          new Usage(2, 10, 20, 0.01),
          Duration.ofSeconds(1),
          Language.ENGLISH,
          List.of(
              new QueriedData(
                  new DataQuery("shop", "orders.csv", "SELECT 1 AS x", List.of()),
                  "d1",
                  1,
                  4,
                  Instant.EPOCH)));
    }

    @Override
    public void suspend() {}
  }

  @BeforeEach
  void open() throws Exception {
    Clock clock = Clock.systemUTC();
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    TestCore core = new TestCore(store, clock);
    policy = new PolicyInForce(Policy.STANDARD, store.policyChanges(), clock, "admin"::equals);
    DirectClient client =
        new DirectClient(
            core.deliveries(
                new AnsweringDriver(),
                new RecordedAdmission(
                    new Gatekeeper(policy, store.ledger(), new LocalAdmissionState(clock), clock),
                    store.audit()),
                core.commands(person -> false)));
    ReckonTools tools =
        new ReckonTools(
            client, store.computations(), store.files(), ToolCaller.agent("clerk", "acme"), clock);
    endpoints = new HttpApi(tools, new BearerCheck(TOKEN), "1.2.3").endpoints();
    server = HttpServer.start(new HttpSettings("127.0.0.1", 0), endpoints, List.of());
    assertEquals(200, asked("POST", "/api/v1/run", "{\"code\":\"print(12)\"}").statusCode());
    store
        .computations()
        .save(
            "acme",
            new SavedComputation(
                "burn",
                1,
                1,
                "burn rate",
                "print(12)",
                List.of(
                    new SavedComputation.Parameter("month", SavedComputation.Type.INTEGER, "3")),
                List.of(),
                List.of(),
                "verified",
                "slack/T1/U1",
                "Ada",
                Instant.EPOCH,
                null));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
    http.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> asked(String method, String path, String body) throws Exception {
    return send(method, path, body, "Authorization", "Bearer " + TOKEN);
  }

  private JsonNode description() throws Exception {
    return JSON.readTree(send("GET", "/openapi.json", "").body());
  }

  /** What is wrong with an answer by the description's schema for it. */
  private static List<String> mistakes(
      JsonNode description, String method, String path, HttpResponse<String> answer)
      throws Exception {
    JsonNode response =
        description
            .path("paths")
            .path(path)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(String.valueOf(answer.statusCode()));
    assertTrue(!response.isMissingNode(), path + " does not describe " + answer.statusCode());
    JsonNode described = response.path("content").path("application/json").path("schema");
    if (described.isMissingNode()) {
      return List.of();
    }
    ObjectNode schema = (ObjectNode) described.deepCopy();
    schema.set("components", description.path("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema)
        .validate(JSON.readTree(answer.body()))
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void everyRouteIsDescribedAndAnswersAsDescribed() throws Exception {
    JsonNode description = description();
    assertEquals("3.1.0", description.path("openapi").asText());
    assertEquals("1.2.3", description.path("info").path("version").asText());
    Set<String> described = new TreeSet<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            described.add(
                                verb.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> served = new TreeSet<>();
    endpoints.forEach(each -> served.add(each.method() + " " + each.path()));
    assertEquals(served, described);

    List<String> wrong = new ArrayList<>();
    for (String route : served) {
      String method = route.substring(0, route.indexOf(' '));
      String path = route.substring(route.indexOf(' ') + 1);
      JsonNode example =
          description
              .path("paths")
              .path(path)
              .path(method.toLowerCase(Locale.ROOT))
              .path("requestBody")
              .path("content")
              .path("application/json")
              .path("example");
      HttpResponse<String> answer =
          asked(method, path, example.isMissingNode() ? "" : example.toString());
      assertEquals(200, answer.statusCode(), route + ": " + answer.body());
      mistakes(description, method, path, answer).forEach(m -> wrong.add(route + ": " + m));
    }
    HttpResponse<String> content =
        asked("GET", "/api/v1/files?name=sales.csv&conversation=default", "");
    assertEquals("month,revenue\n1,120\n", JSON.readTree(content.body()).path("text").asText());
    wrong.addAll(mistakes(description, "GET", "/api/v1/files", content));
    assertEquals(List.of(), wrong);
  }

  @Test
  void theDescriptionItselfIsHeldAgainstWrongAnswers() throws Exception {
    HttpResponse<String> files = asked("GET", "/api/v1/files", "");
    assertTrue(!mistakes(description(), "GET", "/api/v1/saved_list", files).isEmpty());
  }

  @Test
  void nobodyComesInWithoutTheTokenAndNoPageOfABrowser() throws Exception {
    JsonNode description = description();
    String endless = "{\"code\":\"" + "1".repeat(2_000_000) + "\"}";
    for (HttpResponse<String> refused :
        List.of(
            send("GET", "/api/v1/saved_list", ""),
            send("POST", "/api/v1/run", "{\"code\":\"1\"}"))) {
      assertEquals(401, refused.statusCode());
      assertEquals("Bearer", refused.headers().firstValue("WWW-Authenticate").orElse(""));
      assertEquals(
          "a bearer token is needed", JSON.readTree(refused.body()).path("error").asText());
    }
    HttpResponse<String> tooLong = asked("POST", "/api/v1/run", endless);
    assertEquals(413, tooLong.statusCode());
    assertTrue(JSON.readTree(tooLong.body()).path("error").asText().contains("too large"));
    assertEquals(List.of(), mistakes(description, "POST", "/api/v1/run", tooLong));
    assertEquals(
        401,
        send("POST", "/api/v1/run", "{\"code\":\"1\"}", "Authorization", "Bearer wrong")
            .statusCode());
    assertEquals(
        401,
        send(
                "GET",
                "/api/v1/saved_list",
                "",
                "Authorization",
                "Bearer " + TOKEN,
                "Origin",
                "https://evil.example")
            .statusCode());
  }

  @Test
  void whatComputesNothingSaysWhy() throws Exception {
    JsonNode description = description();
    HttpResponse<String> empty = asked("POST", "/api/v1/ask", "{}");
    assertEquals(422, empty.statusCode());
    assertEquals(List.of(), mistakes(description, "POST", "/api/v1/ask", empty));
    for (String body : List.of("not json", "[1]", "null")) {
      HttpResponse<String> wrong = asked("POST", "/api/v1/run", body);
      assertEquals(400, wrong.statusCode(), body);
      assertEquals(List.of(), mistakes(description, "POST", "/api/v1/run", wrong));
    }
    assertEquals(422, asked("GET", "/api/v1/files?name=none.csv", "").statusCode());
    policy.change("admin", PolicyKey.BLOCKED, "mcp/clerk");
    HttpResponse<String> refused = asked("POST", "/api/v1/run", "{\"code\":\"print(1)\"}");
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("may not use Reckon"), refused.body());
  }
}
