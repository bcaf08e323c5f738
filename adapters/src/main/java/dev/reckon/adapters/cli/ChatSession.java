package dev.reckon.adapters.cli;

import dev.reckon.core.delivery.Answer;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.sandbox.SandboxFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Processes the lines of a conversation one by one, and shows the replies. */
final class ChatSession {
  /** Terminals take no more than about 100,000 bytes of Base64. */
  private static final int MOST_COPIED = 74_000;

  /** Asks to delete everything, with or without a slash in front. */
  private static final Pattern FORGET = Pattern.compile("(?i)forget-me\\s++now");

  private final Program program;
  private final DirectClient client;
  private final TerminalMessages messages;
  private volatile Console console;
  private final ChatMemory memory;
  private final ChatWords words;
  private final @Nullable ChartFiles charts;
  private final Pages pages = new Pages();
  private volatile int rows;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean busy;
  private String lastOutput = "";
  private Runnable forgotten = () -> {};

  ChatSession(Program program, TerminalMessages messages, Console console) {
    this.program = program;
    this.client = program.client();
    this.messages = messages;
    this.console = console;
    this.memory = program.memory();
    this.words = new ChatWords(program.vocabulary(), memory::computations);
    this.charts = console.outIsTerminal() ? ChartFiles.temporary(program.files()::read) : null;
  }

  /** Whether a message is being worked on. */
  boolean isBusy() {
    return busy;
  }

  /** The words that can be typed here. */
  ChatWords words() {
    return words;
  }

  /** The window has that size from now on. */
  void resize(int columns, int newRows) {
    console = console.withColumns(columns);
    rows = newRows;
  }

  /** What to do once the person asked to be forgotten. */
  void onForgotten(Runnable action) {
    forgotten = action;
  }

  /** The names of saved computations. */
  List<String> saved() {
    return memory.computations();
  }

  /** The names of the conversation's files. */
  List<String> files() {
    return memory.files(messages.conversation()).stream().map(ChatMemory.Kept::name).toList();
  }

  /** Ends the running turn, from any thread. */
  void cancel() {
    client.cancel(messages.conversation(), messages.person());
  }

  /**
   * Does what the line says.
   *
   * @return whether the conversation continues
   */
  boolean take(String line) throws InterruptedException {
    try {
      switch (TypedLine.of(line)) {
        case TypedLine.Nothing _ -> {}
        case TypedLine.Text(String text) -> say(text);
        case TypedLine.File(String path, String question) -> attach(path, question);
        case TypedLine.Missing(String path) -> attach(path, "");
        case TypedLine.Word(String name, String rest) -> {
          return command(name, rest);
        }
      }
    } catch (UsageException e) {
      new ReplyRenderer(console).headline(Reply.Kind.REFUSED, String.valueOf(e.getMessage()));
    }
    return true;
  }

  /** Runs and shows what is scheduled in this conversation and due, unless something runs. */
  void runDue() throws InterruptedException {
    if (!turn.tryLock()) {
      return;
    }
    ProgressLine progress = new ProgressLine(console);
    busy = true;
    try {
      client
          .runDue(TerminalMessages.SURFACE, messages.conversation(), progress)
          .forEach(
              answer -> {
                progress.clear();
                console.out().println();
                show(answer);
              });
    } finally {
      busy = false;
      turn.unlock();
    }
  }

  private void say(String text) throws UsageException, InterruptedException {
    String[] parts = text.toLowerCase(Locale.ROOT).split("\\s+", 2);
    if (parts[0].equals("help") && (parts.length == 1 || words.has(parts[1].strip()))) {
      help(parts.length == 1 ? "" : parts[1].strip());
      return;
    }
    check(text);
    answer(text, false, List.of());
  }

  private void help(String word) {
    pages.show(console, rows, page -> new ReplyRenderer(page).show(words.help(word)));
  }

  private void check(String text) throws UsageException {
    Optional<String> tooLong = program.longestRequest().refusal(text);
    if (tooLong.isPresent()) {
      throw new UsageException(tooLong.get() + " Here: /file PATH.");
    }
  }

  private void attach(String path, String question) throws UsageException, InterruptedException {
    check(question);
    long most = program.turnSettings().limits().fileBytes();
    answer(question, false, CommandLineFiles.read(List.of(path), most));
  }

  private boolean command(String name, String rest) throws UsageException, InterruptedException {
    switch (name) {
      case "quit", "exit" -> {
        return false;
      }
      case "help" -> help(rest.toLowerCase(Locale.ROOT));
      case "file" -> {
        if (rest.isEmpty()) {
          throw new UsageException("/file needs a path, such as /file sales.csv.");
        }
        attach(TypedLine.unquoted(rest), "");
      }
      case "get" -> get(rest);
      case "copy" -> copy();
      case "more" -> {
        if (!pages.more(console, rows)) {
          throw new UsageException("There is nothing more to show.");
        }
      }
      default -> {
        if (!words.has(name)) {
          throw new UsageException(words.unknown(name));
        }
        check(rest);
        answer((name + " " + rest).strip(), true, List.of());
      }
    }
    return true;
  }

  /** Saves what a run made, or any file of the conversation by its name. */
  private void get(String rest) throws UsageException {
    String[] parts = rest.split("\\s+", 2);
    if (parts[0].isEmpty()) {
      throw new UsageException(
          "/get needs a name, such as /get report.csv, or /get all; a folder may follow.");
    }
    Path folder = folder(parts.length > 1 ? TypedLine.unquoted(parts[1]) : ".");
    boolean all = parts[0].equals("all");
    List<SandboxFile> files = new ArrayList<>();
    for (ChatMemory.Kept kept : memory.files(messages.conversation())) {
      if (all ? kept.computed() : kept.name().equals(parts[0])) {
        memory
            .read(kept.id())
            .ifPresent(content -> files.add(new SandboxFile(kept.name(), content)));
      }
    }
    if (files.isEmpty()) {
      throw new UsageException(
          all
              ? "No run has made a file here."
              : "There is no file " + parts[0] + " here; /files lists what is.");
    }
    CommandLineFiles.writeNew(folder, files);
    for (SandboxFile file : files) {
      new ReplyRenderer(console).text("Saved " + folder.resolve(file.name()));
    }
  }

  private static Path folder(String name) throws UsageException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(name + " is no folder: " + e.getReason() + ".");
    }
  }

  /** By the sequence OSC 52, which most terminals obey and none confirms. */
  private void copy() throws UsageException {
    byte[] bytes = lastOutput.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      throw new UsageException("There is no result to copy yet.");
    }
    if (!console.outIsTerminal()) {
      throw new UsageException("/copy needs a terminal; here the output is not one.");
    }
    if (bytes.length > MOST_COPIED) {
      throw new UsageException("The result is too long for the clipboard of a terminal.");
    }
    console.out().print("\u001b]52;c;" + Base64.getEncoder().encodeToString(bytes) + "\u0007");
    console.out().flush();
    new ReplyRenderer(console).text("Copied, if this terminal lets programs use the clipboard.");
  }

  private void answer(String text, boolean command, List<SandboxFile> files)
      throws InterruptedException {
    ProgressLine progress = new ProgressLine(console);
    turn.lockInterruptibly();
    try {
      busy = true;
      Optional<Answer> handled = client.handle(messages.words(text, command, files), progress);
      progress.clear();
      handled.ifPresent(this::show);
      if (FORGET.matcher(text).matches()) {
        forgotten.run();
      }
    } finally {
      busy = false;
      turn.unlock();
    }
  }

  /** A reply whose files are kept where the person can open them. */
  private void show(Answer answer) {
    if (answer.result() != null && !answer.result().output().isBlank()) {
      lastOutput = answer.result().output();
    }
    pages.show(
        console,
        rows,
        page -> {
          new ReplyRenderer(page, charts).show(answer.reply());
          if (answer.reply().blocks().stream().anyMatch(Block.File.class::isInstance)) {
            page.out().println(page.style().dim("/get all saves files here."));
          }
        });
  }
}
