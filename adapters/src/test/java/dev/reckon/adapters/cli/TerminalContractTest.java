package dev.reckon.adapters.cli;

import dev.reckon.adapters.surface.RenderContract;
import dev.reckon.core.message.Reply;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class TerminalContractTest extends RenderContract {
  @Override
  protected String shown(Reply reply) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Console console =
        new Console(InputStream.nullInputStream(), out, out, false, true, true, 60, false);
    new ReplyRenderer(console).show(reply);
    return shown.toString(StandardCharsets.UTF_8);
  }
}
