package dev.reckon.adapters.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.tools.ReckonTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Answers messages of the Model Context Protocol, one at a time, whatever carries them. It keeps no
 * sessions. Safe for use by any number of threads; a call of a tool occupies its thread until the
 * answer is there.
 */
public final class ToolServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ToolServer.class);
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static final String FILES =
      """
      "files": {"type": "array", "description": "files that come with the call, and stay in the conversation",
        "items": {"type": "object", "properties": {"name": {"type": "string"},
          "text": {"type": "string"}, "base64": {"type": "string"}}, "required": ["name"]}},
      "conversation": {"type": "string", "description": "a name; files and context stay with it"}\
      """;

  private final McpJsonMapper json = new JacksonMcpJsonMapper(new ObjectMapper());
  private final Messages messages = new Messages();
  private final McpStatelessSyncServer server;

  /** A tool's work. */
  private interface Call {
    ReckonTools.Outcome with(Map<String, Object> arguments) throws InterruptedException;
  }

  /**
   * A server.
   *
   * @param tools what calls are made on; asked for when the first call comes, so that a server
   *     introduces itself before a sandbox is open
   */
  public ToolServer(Supplier<ReckonTools> tools, String version) {
    server =
        McpServer.sync(messages)
            .serverInfo("reckon", version)
            .instructions(
                "Computes answers with Python in a locked sandbox and checks them. \"status\" says"
                    + " whether an answer was verified; \"verification\" has the evidence.")
            .jsonMapper(json)
            .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid(""))
            .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
            .immediateExecution(true)
            .toolCall(
                tool(
                    "ask",
                    "Answers a question by writing, running and checking a Python program; give"
                        + " data as files.",
                    "\"request\": {\"type\": \"string\"}," + FILES,
                    "\"request\"",
                    false),
                handler(arguments -> tools.get().ask(arguments)))
            .toolCall(
                tool(
                    "run",
                    "Runs a Python program as it is in the sandbox; what it prints is the answer.",
                    "\"code\": {\"type\": \"string\"}," + FILES,
                    "\"code\"",
                    false),
                handler(arguments -> tools.get().run(arguments)))
            .toolCall(
                tool("saved_list", "Lists the team's saved computations.", "", "", true),
                handler(arguments -> tools.get().savedList()))
            .toolCall(
                tool(
                    "saved_run",
                    "Runs a saved computation, with other values of its parameters if given.",
                    "\"name\": {\"type\": \"string\"}, \"values\": {\"type\": \"object\"}," + FILES,
                    "\"name\"",
                    false),
                handler(arguments -> tools.get().savedRun(arguments)))
            .toolCall(
                tool(
                    "files",
                    "Lists the files of a conversation, or reads the one that is named.",
                    "\"name\": {\"type\": \"string\"}, \"conversation\": {\"type\": \"string\"}",
                    "",
                    true),
                handler(arguments -> tools.get().files(arguments)))
            .build();
  }

  private Tool tool(
      String name, String description, String properties, String required, boolean reads) {
    return Tool.builder()
        .name(name)
        .description(description)
        .inputSchema(
            json,
            "{\"type\": \"object\", \"properties\": {%s}, \"required\": [%s]}"
                .formatted(properties, required))
        .annotations(new ToolAnnotations(name, reads, false, reads, false, null))
        .build();
  }

  private static BiFunction<McpTransportContext, CallToolRequest, CallToolResult> handler(
      Call call) {
    return (context, request) -> {
      try {
        Map<String, Object> given = request.arguments() == null ? Map.of() : request.arguments();
        ReckonTools.Outcome outcome = call.with(given);
        return CallToolResult.builder()
            .addTextContent(outcome.text())
            .structuredContent(TREES.convertValue(outcome.data(), OBJECT))
            .isError(outcome.error())
            .build();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed("The call was interrupted.");
      } catch (RuntimeException e) {
        LOG.error("the tool {} failed", request.name(), e);
        return failed(
            "Something went wrong here; whoever runs Reckon finds the reason in its log.");
      }
    };
  }

  private static CallToolResult failed(String reason) {
    return CallToolResult.builder().addTextContent(reason).isError(true).build();
  }

  /**
   * Answers a message.
   *
   * @return the answer's JSON; empty for notifications and whatever else asks for nothing
   */
  public Optional<String> answer(String message) {
    McpSchema.JSONRPCMessage parsed;
    try {
      parsed = McpSchema.deserializeJsonRpcMessage(json, message);
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("not a message", e);
      return Optional.of(
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"not a JSON-RPC"
              + " 2.0 message\"}}");
    }
    if (!(parsed instanceof McpSchema.JSONRPCRequest request)) {
      return Optional.empty(); // nothing is kept that a notification could change
    }
    return Optional.ofNullable(
            messages.handler().handleRequest(McpTransportContext.EMPTY, request).block())
        .map(this::written);
  }

  private String written(McpSchema.JSONRPCResponse response) {
    try {
      return json.writeValueAsString(response);
    } catch (IOException e) {
      throw new IllegalStateException("an answer could not be written", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** Takes the library's handler, which answers one message at a time. */
  private static final class Messages implements McpStatelessServerTransport {
    private @Nullable McpStatelessServerHandler handler;

    @Override
    public void setMcpHandler(McpStatelessServerHandler given) {
      handler = given;
    }

    /** The library's, and the first one, which its own client still speaks over streams. */
    @Override
    public List<String> protocolVersions() {
      List<String> versions = new ArrayList<>();
      versions.add(ProtocolVersions.MCP_2024_11_05);
      versions.addAll(McpStatelessServerTransport.super.protocolVersions());
      return versions;
    }

    McpStatelessServerHandler handler() {
      McpStatelessServerHandler given = handler;
      if (given == null) {
        throw new IllegalStateException("the server is not built yet");
      }
      return given;
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }
}
