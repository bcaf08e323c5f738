package dev.reckon.adapters.cli;

import dev.reckon.core.delivery.Answer;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.sandbox.SandboxFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes one line after another of a conversation, and shows what comes of it. */
final class ChatSession {
  private static final String FILE = "/file";

  private final Program program;
  private final DirectClient client;
  private final TerminalMessages messages;
  private final Console console;
  private final @Nullable ChartFiles charts;
  private volatile boolean busy;

  ChatSession(Program program, TerminalMessages messages, Console console) {
    this.program = program;
    this.client = program.client();
    this.messages = messages;
    this.console = console;
    this.charts = console.outIsTerminal() ? ChartFiles.temporary(program.files()::read) : null;
  }

  /** Whether a message is being worked on. */
  boolean isBusy() {
    return busy;
  }

  /** Ends the running turn, from any thread. */
  void cancel() {
    client.cancel(messages.conversation(), messages.person());
  }

  /**
   * Does what the line says.
   *
   * @return whether the conversation goes on
   */
  boolean take(String line) throws InterruptedException {
    String text = line.strip();
    if (text.isEmpty()) {
      return true;
    }
    if (text.equals("/quit") || text.equals("/exit")) {
      return false;
    }
    try {
      Optional<String> file = file(text);
      if (file.isPresent()) {
        long most = program.turnSettings().limits().fileBytes();
        answer("", false, CommandLineFiles.read(List.of(file.get()), most));
      } else {
        Optional<String> tooLong = program.longestRequest().refusal(text);
        if (tooLong.isPresent()) {
          throw new UsageException(tooLong.get() + " Here: /file PATH.");
        }
        boolean command = text.startsWith("/");
        answer(command ? text.substring(1) : text, command, List.of());
      }
    } catch (UsageException e) {
      new ReplyRenderer(console).headline(Reply.Kind.REFUSED, String.valueOf(e.getMessage()));
    }
    return true;
  }

  private void answer(String text, boolean command, List<SandboxFile> files)
      throws InterruptedException {
    ProgressLine progress = new ProgressLine(console);
    busy = true;
    try {
      Optional<Answer> handled = client.handle(messages.words(text, command, files), progress);
      progress.clear();
      handled.ifPresent(answer -> show(answer.reply()));
    } finally {
      busy = false;
    }
  }

  /** A reply whose files are kept where the person can open them. */
  private void show(Reply reply) {
    new ReplyRenderer(console, charts).show(reply);
    if (reply.blocks().stream().anyMatch(Block.File.class::isInstance)) {
      console
          .out()
          .println(console.style().dim("  reckon ask --out DIR writes files; here: /files"));
    }
  }

  /** A path after {@code /file}, or a line that is nothing but the path of a file that is there. */
  private static Optional<String> file(String text) {
    if (text.equals(FILE) || text.startsWith(FILE + " ")) {
      return Optional.of(unquoted(text.substring(FILE.length()).strip()));
    }
    String path = unquoted(text);
    boolean looksLikeOne = path.startsWith("/") || path.startsWith("./") || path.startsWith("~/");
    return looksLikeOne && exists(path) ? Optional.of(expanded(path)) : Optional.empty();
  }

  private static boolean exists(String path) {
    try {
      return Files.isRegularFile(Path.of(expanded(path)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String expanded(String path) {
    return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
  }

  /** As terminals paste a dragged file: in quotes, with escaped spaces, or as an address. */
  private static String unquoted(String path) {
    String text = path;
    if (text.startsWith("file://")) {
      text = text.substring("file://".length()).replace("%20", " ");
    }
    for (String quote : List.of("'", "\"")) {
      if (text.length() > 1 && text.startsWith(quote) && text.endsWith(quote)) {
        return text.substring(1, text.length() - 1);
      }
    }
    return expanded(text.replace("\\ ", " "));
  }
}
