package dev.reckon.adapters.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.tools.BearerCheck;
import dev.reckon.adapters.tools.ReckonTools;
import dev.reckon.adapters.tools.ToolCaller;
import dev.reckon.app.BuiltSandbox;
import dev.reckon.app.StartedReckon;
import dev.reckon.app.TestCore;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.ModelRequest.Purpose;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.RecordedAdmission;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.sandbox.pool.WarmPool;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools, driven by the library's own client and by plain JSON-RPC. Needs a worker. */
class McpIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static WarmPool sandbox;

  @TempDir Path folder;
  private JdbiStore store;
  private StepwiseDriver driver;
  private ToolServer tools;
  private HttpServer http;
  private PolicyInForce policy;

  @BeforeAll
  static void openSandbox() throws IOException {
    sandbox = BuiltSandbox.open(1);
  }

  @AfterAll
  static void closeSandbox() {
    sandbox.close();
  }

  /** Writes one program, and finds its first line verified. */
  private static ModelReply played(Purpose purpose) {
    return new ModelReply(
        purpose == Purpose.JUDGE
            ? """
            {"requirements":[{"requirement":"the total","kind":"measure","quote":"total: 200","mismatch":""}]}\
            """
            : """
            ```python
            import csv
            print("total:", sum(int(row["revenue"]) for row in csv.DictReader(open("sales.csv"))))
            ```\
            """,
        "played",
        null);
  }

  @BeforeEach
  void open() {
    Clock clock = Clock.systemUTC();
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    TestCore core = new TestCore(store, clock);
    LanguageModel model =
        new LanguageModel() {
          @Override
          public ModelReply complete(ModelRequest request) {
            return played(request.purpose());
          }

          @Override
          public String modelFor(Purpose purpose) {
            return "played";
          }
        };
    driver = core.driver(model, sandbox);
    policy = new PolicyInForce(Policy.STANDARD, store.policyChanges(), clock, "root"::equals);
    DirectClient client =
        new DirectClient(
            core.deliveries(
                driver,
                new RecordedAdmission(
                    new Gatekeeper(policy, store.ledger(), new LocalAdmissionState(clock), clock),
                    store.audit()),
                core.commands(person -> false)));
    tools =
        new ToolServer(
            () ->
                new ReckonTools(
                    client,
                    store.computations(),
                    store.files(),
                    ToolCaller.agent("helper", "acme"),
                    clock),
            "test");
    http =
        HttpServer.start(
            new HttpSettings("127.0.0.1", 0),
            new HttpTools(tools, new BearerCheck(TOKEN)).endpoints(),
            List.of());
  }

  @AfterEach
  void close() {
    http.close();
    tools.close();
    driver.close();
    store.close();
  }

  private static McpSyncClient client(McpClientTransport transport) {
    return McpClient.sync(transport)
        .requestTimeout(Duration.ofMinutes(2))
        .initializationTimeout(Duration.ofMinutes(2))
        .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid(""))
        .build();
  }

  private McpSyncClient overHttp() {
    return overHttp(http.port());
  }

  private static McpSyncClient overHttp(int port) {
    return client(
        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
            .endpoint(HttpTools.PATH)
            .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
            .httpRequestCustomizer(
                (request, method, uri, body, context) ->
                    request.header("Authorization", "Bearer " + TOKEN))
            .build());
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  private static JsonNode data(CallToolResult result) {
    return JSON.valueToTree(result.structuredContent());
  }

  private static Map<String, Object> sales() {
    return Map.of("name", "sales.csv", "text", "month,revenue\n2024-01,120\n2024-02,80\n");
  }

  @Test
  void theLibrarysClientAsksRunsSavesAndReadsOverHttp() {
    try (McpSyncClient agent = overHttp()) {
      assertEquals("reckon", agent.initialize().serverInfo().name());
      assertEquals(
          List.of("ask", "files", "run", "saved_list", "saved_run"),
          agent.listTools().tools().stream().map(Tool::name).sorted().toList());
      CallToolResult answer =
          agent.callTool(
              new CallToolRequest(
                  "ask", Map.of("request", "total revenue", "files", List.of(sales()))));
      assertFalse(answer.isError(), text(answer));
      assertTrue(text(answer).contains("total: 200"), text(answer));
      assertEquals("verified", data(answer).path("status").asText());
      assertTrue(data(answer).path("code").asText().contains("csv.DictReader"));
      assertTrue(data(answer).path("verification").path("answers").asBoolean());

      CallToolResult ran =
          agent.callTool(new CallToolRequest("run", Map.of("code", "print(6 * 7)")));
      assertEquals("42", data(ran).path("output").asText().strip());

      CallToolResult files = agent.callTool(new CallToolRequest("files", Map.of()));
      assertEquals("sales.csv", data(files).path("files").path(0).path("name").asText());
      CallToolResult file =
          agent.callTool(new CallToolRequest("files", Map.of("name", "sales.csv")));
      assertTrue(data(file).path("text").asText().startsWith("month,revenue"));
    }
  }

  @Test
  void savedComputationsOfTheTeamAreListedAndRun() {
    try (McpSyncClient agent = overHttp()) {
      agent.initialize();
      agent.callTool(new CallToolRequest("run", Map.of("code", "n = 21\nprint(2 * n)")));
      store
          .computations()
          .save(
              "acme",
              new SavedComputation(
                  "double",
                  1,
                  1,
                  "twice a number",
                  "n = 21\nprint(2 * n)",
                  List.of(new SavedComputation.Parameter("n", SavedComputation.Type.INTEGER, "21")),
                  List.of(),
                  List.of(),
                  "verified",
                  "acme/ada",
                  "Ada",
                  Instant.now(),
                  null));
      JsonNode listed =
          data(agent.callTool(new CallToolRequest("saved_list", Map.of())))
              .path("computations")
              .path(0);
      assertEquals("double", listed.path("name").asText());
      assertEquals("n", listed.path("parameters").path(0).path("name").asText());
      CallToolResult run =
          agent.callTool(
              new CallToolRequest(
                  "saved_run", Map.of("name", "double", "values", Map.of("n", 50))));
      assertEquals("100", data(run).path("output").asText().strip(), text(run));
      CallToolResult unknown =
          agent.callTool(new CallToolRequest("saved_run", Map.of("name", "nothing")));
      assertTrue(unknown.isError());
      assertTrue(text(unknown).contains("Nothing is saved as \"nothing\""), text(unknown));
    }
  }

  @Test
  void thePolicyHoldsAndRefusalsAreOnTheRecord() {
    policy.change("root", PolicyKey.BLOCKED, "mcp/helper");
    try (McpSyncClient agent = overHttp()) {
      agent.initialize();
      CallToolResult refused =
          agent.callTool(new CallToolRequest("run", Map.of("code", "print(1)")));
      assertTrue(refused.isError());
      assertTrue(text(refused).contains("You may not use Reckon"), text(refused));
    }
    assertEquals("refused", store.audit().since(Instant.EPOCH, 10).getFirst().event());
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/mcp"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void nobodyComesInWithoutTheToken() throws Exception {
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    assertEquals(401, post(ping).statusCode());
    assertEquals("Bearer", post(ping).headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(
        401, post(ping, "Authorization", "Bearer " + TOKEN.toUpperCase(Locale.ROOT)).statusCode());
    assertEquals(
        401,
        post(ping, "Authorization", "Bearer " + TOKEN, "Origin", "http://evil.example")
            .statusCode());
    HttpResponse<String> answer = post(ping, "Authorization", "Bearer " + TOKEN);
    assertEquals(200, answer.statusCode());
    assertEquals(1, JSON.readTree(answer.body()).path("id").asInt());
    assertThrows(IllegalArgumentException.class, () -> new BearerCheck("short"));
  }

  @Test
  void plainJsonRpcOverStreamsIsAnsweredLineByLine() throws Exception {
    String script =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"script","version":"1"}}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","id":2,"method":"tools/list"}
        {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"run","arguments":{"code":"print('ja')"}}}
        {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"nothing","arguments":{}}}
        {"jsonrpc":"2.0","id":5,"method":"resources/list"}
        {"jsonrpc":"2.0","id":6,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"script","version":"1"}}}
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"run","arguments":{"program":"print(1)"}}}
        not JSON
        """;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StdioTools(tools, new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), out)
        .serve();
    ObjectNode answers = JSON.createObjectNode();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode answer = JSON.readTree(line);
      answers.set(answer.path("id").asText(), answer);
    }
    assertEquals("reckon", answers.path("1").at("/result/serverInfo/name").asText());
    assertEquals(5, answers.path("2").at("/result/tools").size());
    assertEquals("ja", answers.path("3").at("/result/structuredContent/output").asText().strip());
    assertEquals(-32602, answers.path("4").at("/error/code").asInt());
    assertEquals(-32601, answers.path("5").at("/error/code").asInt());
    assertEquals("2024-11-05", answers.path("6").at("/result/protocolVersion").asText());
    assertTrue(answers.path("7").at("/result/isError").asBoolean());
    assertEquals(8, answers.size());
    assertEquals(-32700, answers.path("null").at("/error/code").asInt());
  }

  @Test
  void theServiceServesToolsWhereTheyAreSwitchedOn() throws Exception {
    int port = StartedReckon.freePort();
    try (StartedReckon started =
        StartedReckon.service(
            folder,
            Map.of("RECKON_MCP_TOKEN", TOKEN),
            List.of(
                "store.url=jdbc:sqlite:" + folder.resolve("service.db"),
                "sandbox.workers=1",
                "mcp.enabled=true",
                "http.port=" + port))) {
      started.awaitWords("Running: tools for agents");
      try (McpSyncClient agent = overHttp(port)) {
        agent.initialize();
        CallToolResult ran =
            agent.callTool(new CallToolRequest("run", Map.of("code", "print(2 ** 5)")));
        assertEquals("32", data(ran).path("output").asText().strip(), text(ran));
      }
    }
  }

  @Test
  void theStartedProgramServesTheLibrarysClientOverItsStreams() {
    ServerParameters reckon =
        ServerParameters.builder(StartedReckon.HOME.resolve("reckon").toString())
            .args(
                "mcp",
                "--set",
                "store.url=jdbc:sqlite:" + folder.resolve("own.db"),
                "--set",
                "sandbox.workers=1")
            .build();
    try (McpSyncClient agent =
        client(new StdioClientTransport(reckon, new JacksonMcpJsonMapper(new ObjectMapper())))) {
      assertEquals("reckon", agent.initialize().serverInfo().name());
      CallToolResult ran =
          agent.callTool(new CallToolRequest("run", Map.of("code", "print(2 ** 10)")));
      assertEquals("1024", data(ran).path("output").asText().strip(), text(ran));
    }
  }
}
