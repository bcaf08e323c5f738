package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.mcp.ToolCaller;
import java.util.Optional;

/** Tools for agents over HTTP: the keys {@code mcp.*}. */
record McpSettings(Secret token, ToolCaller caller) {
  private static final int SHORTEST_TOKEN = 32;

  /** Empty unless they are switched on. */
  static Optional<McpSettings> from(Configuration configuration) {
    boolean enabled = configuration.flag("mcp.enabled", false);
    Secret token = configuration.secret("mcp.token", "RECKON_MCP_TOKEN");
    String agent = configuration.text("mcp.agent", "agent");
    String team = configuration.text("mcp.team", "mcp");
    if (!enabled) {
      return Optional.empty();
    }
    if (token.value().length() < SHORTEST_TOKEN) {
      configuration.problem(
          "mcp.token", "needs 32 characters or more; make one with: openssl rand -hex 32");
    }
    return Optional.of(new McpSettings(token, ToolCaller.agent(agent, team)));
  }
}
