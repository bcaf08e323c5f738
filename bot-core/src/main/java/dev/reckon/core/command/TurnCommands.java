package dev.reckon.core.command;

import dev.reckon.core.files.FileQuota;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.Feedback;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.SavedRun;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Commands for earlier answers. */
final class TurnCommands {
  private static final int MOST_LINES = 30;
  private static final int MOST_CHARACTERS = 80;
  private static final int QUOTED = 6000;

  private final Turns turns;
  private final Outbox outbox;
  private final Files files;
  private final UsedFiles used;
  private final Feedback feedback;
  private final InstantSource clock;

  TurnCommands(
      Turns turns, Outbox outbox, FileQuota quota, Feedback feedback, InstantSource clock) {
    this.turns = turns;
    this.outbox = outbox;
    this.files = quota.files();
    this.used = new UsedFiles(quota);
    this.feedback = feedback;
    this.clock = clock;
  }

  Optional<TurnRecord> last(ConversationId conversation) {
    return turns.lastWithCode(conversation);
  }

  /**
   * Runs a turn's program once more. Where people run a program of theirs from another
   * conversation, the files that it used there are copied, unless there are newer ones of the same
   * name.
   *
   * @param values other values for variables of the program, by their names
   * @param attached names of the files that came with the request; a single one takes the place of
   *     the single file that the program opens
   */
  Interpretation again(
      Incoming incoming,
      Optional<TurnRecord> turn,
      Map<String, String> values,
      List<String> attached) {
    return turn.map(record -> again(incoming, record, values, attached))
        .orElse(Interpretation.refuse(incoming, Label.REPLY_NOTHING));
  }

  private Interpretation again(
      Incoming incoming, TurnRecord record, Map<String, String> values, List<String> attached) {
    ConversationId here = incoming.conversation();
    String code = result(record).code();
    // Whoever asked has the files that the program opened, and nothing else of that conversation.
    if (!record.conversation().equals(here) && record.person().equals(incoming.person().id())) {
      Optional<String> refusal = used.copy(record, code, here, incoming.language());
      if (refusal.isPresent()) {
        return Interpretation.refuse(incoming, Label.REPLY_NOT_AGAIN, refusal.get());
      }
    }
    FileBinding binding = new FileBinding(files.list(here), attached);
    ProgramInputs inputs =
        ProgramInputs.of(code, binding.all().stream().map(StoredFile::name).toList());
    List<String> unplaced =
        attached.stream().filter(name -> !inputs.files().contains(name)).toList();
    if (inputs.files().size() > 1 && !unplaced.isEmpty()) {
      return Interpretation.refuse(
          incoming,
          Label.REPLY_SEVERAL_FILES,
          String.join(", ", inputs.files()),
          String.join(", ", unplaced));
    }
    try {
      String changed = inputs.with(values);
      List<AttachedFile> layout = binding.standIn(inputs.files());
      return new Interpretation.Compute(
          TurnKind.AGAIN,
          record.request(),
          record.request(),
          changed,
          layout,
          result(record).status() == TurnStatus.FAILED && values.isEmpty()
              ? null
              : new SavedRun("", SoughtTexts.of(Parameters.find(code), values)));
    } catch (IllegalArgumentException problem) {
      return FormText.refuse(
          Label.REPLY_NOT_AGAIN.in(incoming.language(), String.valueOf(problem.getMessage())),
          ValueForms.of(inputs));
    }
  }

  Interpretation edit(Incoming incoming, Optional<TurnRecord> turn, Optional<String> code) {
    if (code.isPresent()) {
      // The request stays what it was; a program that somebody typed is its own request.
      String request =
          turn.filter(record -> !record.request().equals(result(record).code()))
              .map(TurnRecord::request)
              .orElse(code.get());
      return Interpretation.Compute.program(TurnKind.EDIT, request, code.get());
    }
    return turn.map(
            record ->
                (Interpretation)
                    new Interpretation.Say(
                        new Reply(
                            0,
                            Reply.Kind.NOTICE,
                            Label.REPLY_EDIT.in(incoming.language()),
                            List.of(new Block.Code(result(record).code())),
                            List.of())))
        .orElse(Interpretation.refuse(incoming, Label.REPLY_NOTHING));
  }

  Interpretation wrong(Incoming incoming, Optional<TurnRecord> turn, String complaint) {
    if (turn.isEmpty()) {
      return Interpretation.refuse(incoming, Label.REPLY_NOTHING);
    }
    TurnRecord record = turn.get();
    Person person = incoming.person();
    turns.dispute(record.id(), person.id(), complaint);
    feedback.put(new Feedback.Opinion(record.id(), person.id(), false, complaint));
    markDisputed(incoming, record, complaint);
    TurnResult result = result(record);
    String prompt =
        """
        %s

        An earlier answer to this was found wrong%s. Its program was:
        ```python
        %s
        ```
        It printed:
        ```text
        %s
        ```
        Answer the request again, correctly.\
        """
            .formatted(
                record.request(),
                complaint.isBlank() ? "" : ": " + complaint,
                Truncation.cut(result.code(), QUOTED),
                Truncation.cut(result.output().replace("```", "'''"), QUOTED));
    return new Interpretation.Compute(TurnKind.WRONG, record.request(), prompt, null, null, null);
  }

  /** The old answer says so where it was posted. */
  private void markDisputed(Incoming incoming, TurnRecord record, String complaint) {
    if (outbox.anchor(record.id()).isEmpty()) {
      return;
    }
    Reply old = AnswerReplies.of(result(record), CodeDisplay.INLINE, List.of());
    String name = incoming.person().name();
    outbox.add(
        new Draft(
            incoming.conversation(),
            incoming.address(),
            new Reply(
                record.id(),
                Reply.Kind.UNVERIFIED,
                complaint.isBlank()
                    ? Label.REPLY_DISPUTED.in(old.language(), name, old.headline())
                    : Label.REPLY_DISPUTED_WHY.in(old.language(), name, complaint, old.headline()),
                old.blocks(),
                old.actions(),
                old.language()),
            null,
            clock.instant()));
  }

  Interpretation code(Incoming incoming, Optional<TurnRecord> turn) {
    return turn.map(
            record ->
                (Interpretation)
                    new Interpretation.Say(
                        new Reply(
                            0,
                            Reply.Kind.NOTICE,
                            Label.REPLY_CODE.in(
                                incoming.language(),
                                record.number(),
                                Truncation.cut(record.request().strip(), MOST_CHARACTERS)),
                            List.of(new Block.Code(result(record).code())),
                            List.of())))
        .orElse(Interpretation.refuse(incoming, Label.REPLY_NOTHING));
  }

  Interpretation evidence(Incoming incoming, TurnRecord record) {
    TurnResult result = result(record);
    TurnResult.Verification verification = result.verification();
    if (verification == null) {
      return Interpretation.notice(incoming, Label.REPLY_UNCHECKED);
    }
    Language language = incoming.language();
    List<List<String>> rows =
        verification.requirements().stream()
            .map(
                one ->
                    List.of(
                        (one.met() ? Label.EVIDENCE_YES : Label.EVIDENCE_NO).in(language),
                        one.text(),
                        one.evidence()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            Stream.of(Label.EVIDENCE_MET, Label.EVIDENCE_REQUIREMENT, Label.EVIDENCE_QUOTE)
                .map(label -> label.in(language))
                .toList(),
            rows));
    if (!result.engine().isEmpty()) {
      blocks.add(new Block.Footer(Label.RUN_BY.in(result.language(), result.engine())));
    }
    return new Interpretation.Say(
        new Reply(0, Reply.Kind.NOTICE, verification.reason(), blocks, List.of()));
  }

  /** The first tables that a turn printed, as charts. */
  Interpretation chart(Incoming incoming, TurnRecord record) {
    List<Block> charts =
        AnswerReplies.of(result(record), CodeDisplay.OFF, List.of()).blocks().stream()
            .filter(Block.Table.class::isInstance)
            .map(Block.Table.class::cast)
            .limit(Block.TableChart.MOST)
            .<Block>map(Block.TableChart::new)
            .toList();
    if (charts.isEmpty()) {
      return Interpretation.whisper(incoming, Label.REPLY_NO_TABLE);
    }
    String headline =
        Label.REPLY_CHART.in(
            incoming.language(),
            record.number(),
            Truncation.cut(record.request().strip(), MOST_CHARACTERS));
    return new Interpretation.Say(new Reply(0, Reply.Kind.NOTICE, headline, charts, List.of()));
  }

  /** Whether nothing has been computed there. */
  boolean isEmpty(ConversationId conversation) {
    return turns.recent(conversation, 1).isEmpty();
  }

  Interpretation history(Incoming incoming) {
    Language language = incoming.language();
    List<TurnRecord> recent = turns.recent(incoming.conversation(), MOST_LINES);
    if (recent.isEmpty()) {
      return Interpretation.notice(incoming, Label.REPLY_NOTHING);
    }
    List<List<String>> rows =
        recent.stream()
            .map(
                turn ->
                    List.of(
                        Integer.toString(turn.number()),
                        turn.disputedBy() == null
                            ? AnswerReplies.words(result(turn).status(), language)
                            : Label.HISTORY_DISPUTED.in(language, turn.disputedBy()),
                        turn.personName(),
                        Timestamps.of(turn.startedAt()),
                        Truncation.cut(
                            turn.kind() == TurnKind.EDIT
                                ? Label.HISTORY_BY_HAND.in(language, turn.request().strip())
                                : turn.request().strip(),
                            MOST_CHARACTERS)))
            .toList();
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            Label.HISTORY_HEADLINE.in(language),
            List.of(
                new Block.Table(
                    List.of(
                        "N",
                        Label.HISTORY_STATUS.in(language),
                        Label.HISTORY_PERSON.in(language),
                        Label.HISTORY_WHEN.in(language),
                        Label.HISTORY_REQUEST.in(language)),
                    rows)),
            List.of()));
  }

  Interpretation show(Incoming incoming, int number) {
    return turns
        .byNumber(incoming.conversation(), number)
        .filter(turn -> turn.result() != null)
        .map(
            turn ->
                (Interpretation)
                    new Interpretation.Say(
                        standingAlone(
                            turn,
                            shown ->
                                Label.REPLY_NUMBER.in(shown.language(), number, shown.headline()))))
        .orElseGet(() -> Interpretation.refuse(incoming, Label.REPLY_NO_NUMBER, number));
  }

  Interpretation share(Incoming incoming, Optional<TurnRecord> turn) {
    String name = incoming.person().name();
    return turn.map(
            record ->
                (Interpretation)
                    new Interpretation.Say(
                        standingAlone(
                            record,
                            shown ->
                                Label.REPLY_SHARED.in(shown.language(), name, shown.headline()))))
        .orElseGet(() -> Interpretation.refuse(incoming, Label.REPLY_NOTHING));
  }

  Interpretation good(Incoming incoming, TurnRecord record) {
    feedback.put(new Feedback.Opinion(record.id(), incoming.person().id(), true, ""));
    return new Interpretation.Whisper(Reply.notice(Label.REPLY_THANKS.in(incoming.language())));
  }

  /** An old answer as a message of its own, which leaves the first one as it is. */
  private static Reply standingAlone(TurnRecord turn, Function<Reply, String> headline) {
    Reply reply = AnswerReplies.of(result(turn), CodeDisplay.INLINE, List.of());
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Text(turn.personName() + ": " + Truncation.cut(turn.request().strip(), QUOTED)));
    blocks.addAll(reply.blocks());
    return new Reply(
        0, reply.kind(), headline.apply(reply), blocks, reply.actions(), reply.language());
  }

  private static TurnResult result(TurnRecord turn) {
    return Objects.requireNonNull(turn.result());
  }
}
