package dev.reckon.app;

import dev.reckon.core.delivery.Answer;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.delivery.StoreFiles;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A few questions put to the engine as settings assemble it, with a model and a sandbox that note
 * what they are asked. Two settings that behave alike give the same text.
 */
final class ObservedTurns implements LanguageModel, Sandbox {
  private static final String JUDGED =
      """
      {"requirements":[{"requirement":"it prints","kind":"other","quote":"print","mismatch":""}]}\
      """;

  private final List<String> seen = new ArrayList<>();
  private final DirectClient client;
  private final String team = "fake/" + UUID.randomUUID();
  private int calls;
  private int deliveries;
  private final StepwiseDriver driver;

  private ObservedTurns(Settings settings, JdbiStore store) {
    DeliveryFactory factory =
        new DeliveryFactory(
            settings,
            store,
            new StoreFiles(store.files(), store.turns()),
            new PlainImporter(),
            DataSources.NONE);
    this.driver = factory.driver(this, this);
    this.client =
        new DirectClient(
            factory.parts(
                driver,
                Admission.open(),
                person -> true,
                settings.schedules(),
                incoming -> List.of(),
                List.of()));
  }

  static String under(Settings settings, JdbiStore store) throws Exception {
    ObservedTurns turns = new ObservedTurns(settings, store);
    try (StepwiseDriver _ = turns.driver) {
      String pay = "dept,pay\n" + "a,10\n".repeat(5);
      turns.said(turns.ask("c1", "average pay in pay.csv", file("pay.csv", pay)));
      turns.said(turns.ask("c1", "and the total of it"));
      turns.said(turns.ask("c2", "work in steps"));
      turns.said(turns.ask("c3", "a broken one"));
      String large = "x".repeat((1 << 20) + 1);
      turns.said(turns.write("c4", "look at the large file", file("large.txt", large)));
      turns.said(turns.write("c5", "average of " + "1, ".repeat(50)));
    }
    return String.join("\n", turns.seen);
  }

  private void said(Answer answer) {
    seen.add("reply " + answer.reply().kind() + " " + answer.reply().headline());
    seen.add("notices " + answer.notices());
    if (answer.result() != null) {
      seen.add("cost " + answer.result().usage().costUsd());
    }
  }

  private Answer ask(String conversation, String text, Attachment... files) throws Exception {
    return client.ask(incoming(conversation, text, files), event -> {});
  }

  private Answer write(String conversation, String text, Attachment... files) throws Exception {
    return client.handle(incoming(conversation, text, files), event -> {}).orElseThrow();
  }

  private Incoming incoming(String conversation, String text, Attachment... files) {
    return new Incoming(
        team + ++deliveries,
        new ConversationId(team + "/" + conversation),
        new Team(team, "Acme"),
        new Person("fake/ada", "Ada", Person.Role.MEMBER),
        new Address("fake", conversation, conversation, false),
        new Content.Text(text, false),
        List.of(files),
        Instant.EPOCH);
  }

  private static Attachment file(String name, String content) {
    return new Attachment.Inline(name, content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public ModelReply complete(ModelRequest request) {
    seen.add("model " + request);
    String text = request.messages().getLast().text();
    return new ModelReply(
        request.purpose() == ModelRequest.Purpose.JUDGE ? JUDGED : program(text),
        modelFor(request.purpose()),
        new ModelReply.Tokens(1_000, 100));
  }

  private String program(String text) {
    calls++;
    if (text.endsWith("work in steps")) {
      return "PLAN\n1. clean\n2. average\n3. print";
    }
    String first = text.contains("broken") ? "raise ValueError" : "print";
    return "```python\n" + first + "(open('pay.csv').read(), " + calls + ")\nx = 1\n```";
  }

  @Override
  public String modelFor(ModelRequest.Purpose purpose) {
    return "gpt-4.1-mini";
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script) {
    seen.add("limits " + script.limits());
    RunResult result =
        script.source().startsWith("raise")
            ? new RunResult.TimeLimit(Duration.ofSeconds(1), false, Produced.NOTHING, Timing.NONE)
            : new RunResult.Completed(
                new Produced("average pay: 10\n", "", 0, List.of(), 0, Set.of("pay.csv")),
                Timing.NONE);
    return CompletableFuture.completedFuture(result);
  }

  @Override
  public void stop(Script script) {}

  @Override
  public CompletableFuture<Inspection> inspect(String source) {
    SourceReport report =
        new SourceReport(
            null,
            2,
            List.of(new SourceReport.Import("json", 1, true)),
            List.of(
                new SourceReport.Use("os.getcwd", 1, true),
                new SourceReport.Use("x.__doc__", 2, false)),
            Set.of());
    return CompletableFuture.completedFuture(new Inspection.Read(report));
  }

  @Override
  public CompletableFuture<Environment> environment() {
    return CompletableFuture.completedFuture(
        new Environment("3.12.8", List.of("json"), List.of(), List.of(), List.of()));
  }

  @Override
  public PoolStatus status() {
    return new PoolStatus(1, 1, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
