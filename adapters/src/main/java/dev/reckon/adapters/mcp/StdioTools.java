package dev.reckon.adapters.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages over a pair of streams, one JSON text in each line. Calls run side by side; what
 * was asked for before the input ended is answered before it returns.
 */
public final class StdioTools {
  private static final Logger LOG = LoggerFactory.getLogger(StdioTools.class);

  /** Longer lines end the conversation: files belong on disk, not into a message of that size. */
  private static final int LONGEST_LINE = 64 * 1024 * 1024;

  private final ToolServer server;
  private final InputStream in;
  private final OutputStream out;

  public StdioTools(ToolServer server, InputStream in, OutputStream out) {
    this.server = server;
    this.in = in;
    this.out = out;
  }

  /** Serves until the input ends. */
  public void serve() throws IOException {
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        String message = line.get();
        if (!message.isBlank()) {
          calls.execute(() -> answer(message));
        }
      }
    }
  }

  private void answer(String message) {
    try {
      Optional<String> answer = server.answer(message);
      if (answer.isPresent()) {
        write(answer.get());
      }
    } catch (IOException e) {
      LOG.warn("an answer could not be written", e);
    } catch (RuntimeException e) {
      LOG.error("a message could not be answered", e);
    }
  }

  private synchronized void write(String answer) throws IOException {
    out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Empty at the end of the input. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
      if (line.size() >= LONGEST_LINE) {
        throw new IOException("a message is longer than " + LONGEST_LINE + " bytes");
      }
      line.write(b);
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
  }
}
