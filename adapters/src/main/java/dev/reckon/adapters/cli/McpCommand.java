package dev.reckon.adapters.cli;

import dev.reckon.adapters.mcp.StdioTools;
import dev.reckon.adapters.mcp.ToolServer;
import dev.reckon.adapters.tools.ToolCaller;
import dev.reckon.core.message.Team;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tools for an agent that starts this program. */
@Command(
    name = "mcp",
    description =
        "Serve tools to an agent over standard input and output (Model Context Protocol).",
    footer = {
      "",
      "The tools are ask, run, saved_list, saved_run and files; they work for whoever started the",
      "agent, on this machine's store. Over HTTP they come with \"start\" and mcp.enabled."
    })
final class McpCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  McpCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    TerminalMessages messages = new TerminalMessages("mcp");
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      ToolCaller caller =
          new ToolCaller(
              TerminalMessages.SURFACE,
              messages.person(),
              new Team(TerminalMessages.SURFACE, "this machine"));
      ToolServer tools = program.tools(caller);
      new StdioTools(tools, console.in(), console.out()).serve();
      return 0;
    }
  }
}
