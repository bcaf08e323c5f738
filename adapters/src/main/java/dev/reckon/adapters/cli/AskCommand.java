package dev.reckon.adapters.cli;

import dev.reckon.adapters.answer.AnswerJson;
import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.delivery.Answer;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.sandbox.SandboxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers one request. */
@Command(
    name = "ask",
    description = "Answer a request in plain words, with code, output and a check.",
    footer = {
      "",
      "Exit code: 0 when answered, asked back or declined, 1 when not, 2 for wrong usage,",
      "3 when --require-verified was given and the answer is not verified.",
      "",
      "  reckon ask \"average salary by department\" --file employees.csv",
      "  cat sales.csv | reckon ask \"total by month\" --file - --format csv"
    })
final class AskCommand implements Callable<Integer> {
  private static final int NOT_VERIFIED = 3;

  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "REQUEST",
      description = "What to find out, in plain words.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description =
          "A file that the request is about, - for standard input; may be given several times.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description = "Continues the conversation of that name, its files and its history.")
  private String conversation = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write the files that the program leaves.")
  private @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "What to print: ${COMPLETION-CANDIDATES}. text is the output alone.")
  private AnswerText.@Nullable Format format;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "The model to ask instead of model.name.")
  private String model = "";

  @Option(
      names = "--require-verified",
      description = "Exit with code 3 unless the answer is verified.")
  private boolean requireVerified;

  @Option(names = "--json", description = "Print one JSON object, as --format json does.")
  private boolean json;

  @Option(names = "--events", description = "Print each step as a JSON line on standard error.")
  private boolean events;

  AskCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    String request = String.join(" ", words).strip();
    json = json || format == AnswerText.Format.JSON;
    List<String> set = new ArrayList<>(configuration.set());
    if (!model.isBlank()) {
      set.add("model.name=" + model);
    }
    try (Program program = factory.open(configuration.config(), set)) {
      check(request, program.longestRequest());
      List<SandboxFile> given =
          CommandLineFiles.read(files, console.in(), program.turnSettings().limits().fileBytes());
      Optional<String> missing = program.modelMissing();
      if (missing.isPresent()) {
        if (json) {
          console.out().println(AnswerJson.withoutModel(missing.get()));
        }
        throw new UsageException(
            missing.get()
                + " Without a model these work: demo, web, exec, doctor, and run in chat.");
      }
      return answer(program, request, given);
    }
  }

  private static void check(String request, RequestLimit most) throws UsageException {
    if (request.isEmpty()) {
      throw new UsageException("The request is empty. Say what to find out, in quotes.");
    }
    Optional<String> tooLong = most.refusal(request);
    if (tooLong.isPresent()) {
      throw new UsageException(tooLong.get() + " Here: --file PATH.");
    }
  }

  private int answer(Program program, String request, List<SandboxFile> given)
      throws UsageException, InterruptedException {
    TerminalMessages messages = new TerminalMessages(conversation);
    ProgressLine progress = new ProgressLine(console);
    Consumer<TurnEvent> listener = events ? ProgressLine.asJson(console.err()) : progress;
    program.sandbox(OptionalInt.of(1));
    DirectClient client = program.client();
    Answer answer;
    try (CancelOnExit _ = CancelOnExit.cancels(client, messages)) {
      answer = client.ask(messages.words(request, false, given), listener);
      progress.clear();
      if (answer.result() == null) {
        console.err().println(Sanitizer.visible(answer.reply().headline()));
        return requireVerified ? NOT_VERIFIED : 1;
      }
      show(program, answer);
    }
    TurnStatus status = answer.turn().status();
    if (requireVerified && status != TurnStatus.VERIFIED) {
      return NOT_VERIFIED;
    }
    return status.isReplied() ? 0 : 1;
  }

  private void show(Program program, Answer answer) throws UsageException {
    TurnResult result = answer.turn();
    if (out != null) {
      List<SandboxFile> left = new ArrayList<>();
      for (TurnResult.ProducedFile file : result.files()) {
        program
            .files()
            .read(file.id())
            .ifPresent(content -> left.add(new SandboxFile(file.name(), content)));
      }
      CommandLineFiles.write(out, left);
    }
    if (json) {
      console.out().println(AnswerJson.of(result, answer.notices()));
      return;
    }
    Reply reply = AnswerReplies.of(result, CodeDisplay.INLINE, answer.notices());
    if (format != null) {
      print(format, result, reply);
      return;
    }
    new ReplyRenderer(console, charts(program)).show(reply);
    if (out == null && !result.files().isEmpty()) {
      console
          .err()
          .println(console.errorStyle().dim("Files are written to the folder given by --out DIR."));
    }
  }

  /** Only what was asked for goes to standard output; what else there is to say goes beside it. */
  private void print(AnswerText.Format chosen, TurnResult result, Reply reply) {
    if (chosen == AnswerText.Format.MARKDOWN) {
      console.out().println(AnswerText.markdown(reply));
      return;
    }
    Optional<String> csv =
        chosen == AnswerText.Format.CSV ? AnswerText.csv(reply) : Optional.empty();
    if (chosen == AnswerText.Format.CSV && csv.isEmpty() && !result.output().isBlank()) {
      console.err().println("The output has no table; it is printed as it is.");
    }
    console.out().print(console.shown(csv.orElse(result.output())));
    console.out().flush();
    console.err().println(Sanitizer.visible(result.message()));
  }

  private @Nullable ChartFiles charts(Program program) {
    if (out != null) {
      return ChartFiles.in(out, program.files()::read);
    }
    return console.outIsTerminal() ? ChartFiles.temporary(program.files()::read) : null;
  }
}
