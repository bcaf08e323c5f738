package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.tools.ToolCaller;
import java.util.Optional;

/**
 * Tools for agents and the API for scripts, at the HTTP server: the keys {@code mcp.*}.
 *
 * @param mcp whether agents are served
 * @param api whether scripts are
 * @param token that both bear
 * @param caller who both are
 */
record ToolSettings(boolean mcp, boolean api, Secret token, ToolCaller caller) {
  private static final int SHORTEST_TOKEN = 32;

  /** Empty unless one of them is switched on. */
  static Optional<ToolSettings> from(Configuration configuration) {
    boolean mcp = configuration.flag("mcp.enabled", false);
    boolean api = configuration.flag("mcp.api", false);
    Secret token = configuration.secret("mcp.token", "RECKON_MCP_TOKEN");
    String agent = configuration.text("mcp.agent", "agent");
    String team = configuration.text("mcp.team", "mcp");
    if (!mcp && !api) {
      return Optional.empty();
    }
    if (token.value().length() < SHORTEST_TOKEN) {
      configuration.problem(
          "mcp.token", "needs 32 characters or more; make one with: openssl rand -hex 32");
    }
    return Optional.of(new ToolSettings(mcp, api, token, ToolCaller.agent(agent, team)));
  }
}
