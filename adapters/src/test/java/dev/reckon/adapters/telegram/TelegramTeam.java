package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.app.StartedReckon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * People in private chats with the started program: {@code reckon start} as a process of its own, a
 * stand-in Bot API, and the HTTP server that an operator looks at. For tests of what only a whole
 * program shows.
 */
public final class TelegramTeam implements AutoCloseable {
  public static final String TOKEN = FakeTelegram.TOKEN;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final FakeTelegram telegram = new FakeTelegram();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("TELEGRAM_BOT_TOKEN", TOKEN));
  private final List<String> set = new ArrayList<>();
  private final List<StartedProgram> started = new ArrayList<>();
  private final int port;
  private List<String> configuration = List.of();

  /**
   * Nobody has written and nothing runs yet.
   *
   * @param folder for the store and the log
   * @param model the address of the model's server
   * @param settings what {@code --set} gives each start, besides the addresses
   */
  public TelegramTeam(Path folder, String model, List<String> settings) throws IOException {
    this.folder = folder;
    telegram.takesDrafts = false;
    port = StartedReckon.freePort();
    set.addAll(
        List.of(
            "telegram.enabled=true",
            "telegram.api_url=" + telegram.url(),
            "policy.listed_only=",
            "model.base_url=" + model,
            "model.name=m",
            "http.port=" + port,
            "store.url=jdbc:sqlite:" + store()));
    set.addAll(settings);
  }

  /** Gives each later start another variable of the environment. */
  public TelegramTeam with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Gives each later command a configuration of its own. */
  public TelegramTeam configuredBy(Path file) {
    configuration = List.of("--config", file.toString());
    return this;
  }

  /** Starts the program, and waits until it is ready. */
  public void start() throws Exception {
    started.add(StartedProgram.start(folder, environment, options()));
    until("ready", () -> status("/health/ready") == 200);
  }

  /** Runs another command of the program beside it, on the same store, to its end. */
  public String command(String... words) throws IOException, InterruptedException {
    return StartedProgram.run(folder, environment, List.of(words), options());
  }

  private List<String> options() {
    return Stream.concat(
            configuration.stream(), set.stream().flatMap(one -> Stream.of("--set", one)))
        .toList();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    started.getLast().kill();
  }

  /** SIGTERM; whether the program ended by itself in time. */
  public boolean stop() throws InterruptedException {
    return started.getLast().stop();
  }

  public Path store() {
    return folder.resolve("reckon.db");
  }

  /** What all starts have said until now. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /** Somebody writes in their private chat; messages of one person are numbered by the caller. */
  public void write(long person, int number, String words) {
    telegram.chat(person);
    telegram.queue(People.text(person, person, number, words));
  }

  /** Somebody sends a file, and writes under it. */
  public void attach(long person, int number, String name, String content, String words) {
    attach(person, number, name, content.getBytes(StandardCharsets.UTF_8), words);
  }

  /** The same with a file of any bytes. */
  public void attach(long person, int number, String name, byte[] bytes, String words) {
    telegram.chat(person);
    telegram.queue(
        People.document(person, person, number, telegram.file(bytes), name, bytes.length, words));
  }

  /** Somebody changes the words of an earlier message. */
  public void edit(long person, int number, String words) {
    telegram.queue(
        People.update(
            "edited_message",
            People.message(
                person, person, number, it -> it.put("text", words).put("edit_date", 1))));
  }

  /** Somebody presses a button under what shows these words; whether there is one. */
  public boolean press(long person, String words, String verb) {
    for (FakeChat.Shown shown : telegram.chat(person).shown()) {
      Optional<String> button =
          shown.buttons().stream().filter(data -> data.startsWith(verb)).findFirst();
      if (shown.text().contains(words) && button.isPresent()) {
        telegram.queue(
            People.press(
                person, person, "q" + person + "-" + shown.id(), shown.id(), button.get()));
        return true;
      }
    }
    return false;
  }

  /** Whether a chat shows a button for that. */
  public boolean offers(long person, String verb) {
    return telegram.chat(person).shown().stream()
        .flatMap(shown -> shown.buttons().stream())
        .anyMatch(data -> data.startsWith(verb));
  }

  /** Telegram hands out an update that cannot be read, with these words in it. */
  public void garble(String words) {
    ObjectNode message = People.message(1, 1, 1, it -> it.put("text", words));
    message.put("date", words).putObject("chat").put("id", words);
    telegram.queue(People.update("message", message));
  }

  /** What goes wrong with the next call of a method: a status, or 0 and -1 for a cut line. */
  public void fail(String method, int code, String words) {
    telegram.fail(method, code, words);
  }

  /** The same, with the pause that Telegram asks for. */
  public void slowDown(String method, int seconds) {
    telegram.fail(
        method,
        429,
        "Too Many Requests: retry after " + seconds,
        TelegramJson.object().put("retry_after", seconds));
  }

  /** Whether every connection to Telegram is cut without an answer. */
  public void down(boolean down) {
    telegram.down(down);
  }

  /** How often a method was called and answered with that status. */
  public long calls(String method, int code) {
    return telegram.log().stream()
        .filter(sent -> sent.method().equals(method) && sent.code() == code)
        .count();
  }

  /** The most memory that the last start's JVM has held, in MiB. */
  public long peakMib() throws IOException {
    return started.getLast().peakMib();
  }

  /** What a chat shows. */
  public List<String> texts(long person) {
    return telegram.chat(person).texts();
  }

  /** Whether a chat shows these words once, and nothing of them twice. */
  public boolean shows(long person, String words) {
    return texts(person).stream().filter(text -> text.contains(words)).count() == 1;
  }

  /**
   * Waits for something, as long as the program lives. The first start ever prepares the sandbox.
   */
  public void until(String what, BooleanSupplier condition) throws Exception {
    until(what, condition, 20);
  }

  /** The same, looking again after that many milliseconds. */
  public void until(String what, BooleanSupplier condition, int millis) throws Exception {
    StartedProgram program = started.getLast();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (!program.runs() || System.nanoTime() > end) {
        throw new AssertionError(
            (program.runs() ? "in vain: " : "it ended by itself before: ") + what + "\n" + log());
      }
      Thread.sleep(millis);
    }
  }

  /** What the program's HTTP server has at a path. */
  public String get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request(path), BodyHandlers.ofString()).body();
    }
  }

  /** The status at a path, or 0 while nobody listens. */
  public int status(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Void> response = client.send(request(path), BodyHandlers.discarding());
      return response.statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  @Override
  public void close() {
    started.forEach(StartedProgram::close);
    telegram.close();
  }
}
