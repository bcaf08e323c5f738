package dev.reckon.core.command;

import dev.reckon.core.files.FileQuota;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.TurnPermissions;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Offers;
import dev.reckon.core.store.Offers.Offer;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Interprets commands, requests and button presses. Safe for use by any number of threads. */
public final class CommandInterpreter implements Interpreter {
  private static final int NUMBERED = 3;

  private final Conversations conversations;
  private final Files storedFiles;
  private final Offers offers;
  private final RequestLimit longest;
  private final CommandParser vocabulary;
  private final List<CommandExtension> others;
  private final TurnCommands turns;
  private final SavedCommands saved;
  private final ScheduleCommands schedules;
  private final ScheduleCreation newSchedules;
  private final FileSchemas tables;
  private final FileCommands files;
  private final SettingCommands settings;
  private final MemoryCommands memory;
  private final HelpCommands help;
  private final ButtonActions buttons;
  private final RequestEdits edits;

  public CommandInterpreter(CommandDependencies parts) {
    Store store = parts.store();
    this.conversations = store.conversations();
    this.storedFiles = store.files();
    this.offers = store.offers();
    this.longest = parts.longest();
    this.others = parts.others();
    this.vocabulary =
        new CommandParser(others.stream().map(CommandExtension::word).collect(Collectors.toSet()));
    this.tables = new FileSchemas(parts.profiles(), parts.content());
    this.turns =
        new TurnCommands(
            store.turns(),
            store.outbox(),
            new FileQuota(storedFiles, parts.fileLimits()),
            store.feedback(),
            parts.clock());
    this.saved =
        new SavedCommands(
            store.computations(),
            storedFiles,
            offers,
            store.turns(),
            vocabulary,
            tables,
            parts.clock());
    TurnPermissions permissions = new TurnPermissions(parts.administrator(), conversations::person);
    this.schedules = new ScheduleCommands(store.schedules(), permissions, parts.clock());
    this.newSchedules =
        new ScheduleCreation(
            store.schedules(),
            store.preferences(),
            storedFiles,
            store.turns(),
            saved,
            parts.schedules(),
            parts.clock());
    this.files = new FileCommands(storedFiles, offers, tables, parts.filesDropped());
    this.settings = new SettingCommands(store.preferences());
    this.memory =
        new MemoryCommands(
            store.memory(), parts.administrator(), parts.memoryTokens(), parts.clock());
    this.help = new HelpCommands(others);
    this.buttons = new ButtonActions(offers, store.turns(), permissions, turns, saved, memory);
    this.edits = new RequestEdits(store.deliveries(), offers);
  }

  @Override
  public void prepare(Incoming incoming) throws InterruptedException {
    if (!isUrgent(incoming)) {
      tables.load(storedFiles.list(incoming.conversation()));
    }
  }

  @Override
  public Interpretation interpret(Incoming incoming, List<String> attached) {
    return longest
        .refusal(written(incoming.content()), incoming.language())
        .map(Interpretation::refuse)
        .orElseGet(() -> within(incoming, attached));
  }

  /** What a person typed, into a message or a form. */
  private static String written(Content content) {
    return switch (content) {
      case Content.Text words -> words.text();
      case Content.Pressed pressed -> pressed.input();
      case Content.Edited edited -> edited.text();
      case Content.Scheduled scheduled -> scheduled.task();
      case Content.Moved _ -> "";
    };
  }

  private Interpretation within(Incoming incoming, List<String> attached) {
    return switch (incoming.content()) {
      case Content.Text(String text, boolean command) -> words(incoming, text, command, attached);
      case Content.Pressed(Action action, String input) ->
          buttons.pressed(incoming, action, input, attached);
      case Content.Edited edited -> edited(incoming, edited, attached);
      case Content.Scheduled scheduled -> words(incoming, scheduled.task(), true, attached);
      case Content.Moved moved -> new Interpretation.Silence();
    };
  }

  @Override
  public Optional<String> refusal(Action action, Person person, Language language) {
    return buttons.refusal(action, person, language);
  }

  @Override
  public boolean cancels(Incoming incoming) {
    return switch (incoming.content()) {
      case Content.Text(String text, boolean command) ->
          vocabulary.parse(text, command, known(incoming)) instanceof Command.Cancel;
      case Content.Pressed(Action action, String input) -> action.verb() == Action.Verb.CANCEL;
      // What runs answers a question that nobody asks any more.
      case Content.Edited edited -> edited.atOnce() && edits.changes(incoming, edited);
      case Content.Moved _, Content.Scheduled _ -> false;
    };
  }

  @Override
  public boolean schedules(Incoming incoming) {
    return incoming.content() instanceof Content.Text(String text, boolean command)
        && vocabulary.parse(text, command, known(incoming)) instanceof Command.Every;
  }

  @Override
  public boolean isUrgent(Incoming incoming) {
    return switch (incoming.content()) {
      case Content.Text(String text, boolean command) -> {
        Command asked = vocabulary.parse(text, command, known(incoming));
        yield incoming.attachments().isEmpty()
            && (asked instanceof Command.Cancel || asked instanceof Command.Help);
      }
      case Content.Pressed(Action action, String input) -> action.verb() == Action.Verb.CANCEL;
      case Content.Edited edited -> false;
      case Content.Moved _, Content.Scheduled _ -> false;
    };
  }

  @Override
  public Optional<TurnKind> expects(Incoming incoming) {
    if (longest.refusal(written(incoming.content()), incoming.language()).isPresent()) {
      return Optional.empty();
    }
    return switch (incoming.content()) {
      case Content.Text(String text, boolean command) -> expects(incoming, text, command);
      case Content.Edited edited when edited.atOnce() && edits.changes(incoming, edited) ->
          expects(incoming, edited.text(), edited.command());
      case Content.Pressed(Action action, String input) ->
          switch (action.verb()) {
            case AGAIN -> Optional.of(TurnKind.AGAIN);
            case EDIT -> input.isBlank() ? Optional.empty() : Optional.of(TurnKind.EDIT);
            case SUGGESTION, RERUN_EDITED -> Optional.of(TurnKind.REQUEST);
            case WRONG -> Optional.of(TurnKind.WRONG);
            default -> Optional.empty();
          };
      case Content.Scheduled scheduled -> expects(incoming, scheduled.task(), true);
      case Content.Edited _, Content.Moved _ -> Optional.empty();
    };
  }

  private Optional<TurnKind> expects(Incoming incoming, String text, boolean command) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    return switch (vocabulary.parse(text, command, known(incoming))) {
      case Command.Ask _, Command.Pick _ -> Optional.of(TurnKind.REQUEST);
      case Command.Run _ -> Optional.of(TurnKind.RUN);
      case Command.Again _ -> Optional.of(TurnKind.AGAIN);
      case Command.Edit(Optional<String> code) -> code.map(given -> TurnKind.EDIT);
      case Command.Wrong _ -> Optional.of(TurnKind.WRONG);
      case Command.Do _ -> Optional.of(TurnKind.SAVED);
      default -> Optional.empty();
    };
  }

  private Interpretation edited(Incoming incoming, Content.Edited edited, List<String> attached) {
    if (!edits.changes(incoming, edited)) {
      return new Interpretation.Silence();
    }
    return edited.atOnce()
        ? words(incoming, edited.text(), edited.command(), attached)
        : edits.offer(incoming, edited.text());
  }

  private Interpretation words(
      Incoming incoming, String text, boolean command, List<String> attached) {
    if (text.isBlank()) {
      return attached.isEmpty()
          ? Interpretation.refuse(incoming, Label.REQUEST_EMPTY)
          : files.acknowledge(incoming, attached);
    }
    return perform(incoming, vocabulary.parse(text, command, known(incoming)), attached);
  }

  private Interpretation perform(Incoming incoming, Command command, List<String> attached) {
    return switch (command) {
      case Command.Ask(String request) -> Interpretation.Compute.request(request);
      case Command.Run(String code) -> Interpretation.Compute.program(TurnKind.RUN, code, code);
      case Command.Again(var values) ->
          turns.again(incoming, turns.last(incoming.conversation()), values, attached);
      case Command.Edit(Optional<String> code) ->
          turns.edit(incoming, turns.last(incoming.conversation()), code);
      case Command.Wrong(String complaint) ->
          turns.wrong(incoming, turns.last(incoming.conversation()), complaint);
      case Command.Cancel cancel -> buttons.cancelled(incoming);
      case Command.New fresh -> {
        conversations.startAfresh(incoming.conversation());
        yield turns.isEmpty(incoming.conversation())
            ? Interpretation.notice(
                Label.REPLY_NEW_EMPTY.in(incoming.language()),
                Label.REPLY_NEW_THREADS.in(incoming.language()))
            : Interpretation.notice(incoming, Label.REPLY_NEW);
      }
      case Command.History history -> turns.history(incoming);
      case Command.Show(int number) -> turns.show(incoming, number);
      case Command.Code code -> turns.code(incoming, turns.last(incoming.conversation()));
      case Command.Files all -> files.list(incoming);
      case Command.Drop(String file) -> files.drop(incoming, file);
      case Command.Save(String name, var values) ->
          saved.save(incoming, turns.last(incoming.conversation()), name, values);
      case Command.Do(String name, var values) -> saved.run(incoming, name, values, attached);
      case Command.Saved all -> saved.list(incoming);
      case Command.Forget(String name) -> saved.forget(incoming, name);
      case Command.Every every -> newSchedules.every(incoming, every);
      case Command.Schedules all -> schedules.list(incoming);
      case Command.Pause(int number) -> schedules.pause(incoming, number);
      case Command.Resume(int number) -> schedules.resume(incoming, number);
      case Command.Unschedule(int number) -> schedules.unschedule(incoming, number);
      case Command.Unread(String sentence) -> Interpretation.refuse(sentence);
      case Command.Share share -> turns.share(incoming, turns.last(incoming.conversation()));
      case Command.Setting(Optional<String> name, String value) ->
          settings.setting(incoming, name, value);
      case Command.Instructions(Optional<String> text) -> memory.instructions(incoming, text);
      case Command.Remember(String fact) -> memory.remember(incoming, fact);
      case Command.Define(String term, String meaning) -> memory.define(incoming, term, meaning);
      case Command.Memory all -> memory.list(incoming);
      case Command.ForgetNote(int number) -> memory.forget(incoming, number);
      case Command.Help(Optional<CommandSpec> word) ->
          new Interpretation.Say(help.help(word, incoming.language()));
      case Command.Yes yes -> buttons.yes(incoming);
      case Command.Pick(int number) -> pick(incoming, number);
      case Command.Meant(String typed, CommandSpec word) ->
          Interpretation.refuse(incoming, Label.HELP_MEANT, typed, word.typed());
      case Command.Misused(CommandSpec word) ->
          new Interpretation.Say(help.misused(word, incoming.language()));
      case Command.Other(String word, String rest) ->
          new Interpretation.Say(other(incoming, word, rest));
    };
  }

  private Reply other(Incoming incoming, String word, String rest) {
    return others.stream()
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow()
        .answer(incoming, rest);
  }

  private Interpretation pick(Incoming incoming, int number) {
    List<Offer> offered = offered(incoming);
    return number >= 1 && number <= offered.size()
        ? Interpretation.Compute.request(offered.get(number - 1).detail())
        : Interpretation.refuse(incoming, Label.REPLY_NO_SUGGESTION, number);
  }

  private List<Offer> offered(Incoming incoming) {
    return offers.latest(incoming.conversation(), FileCommands.OFFER, NUMBERED);
  }

  private CommandParser.Known known(Incoming incoming) {
    return new CommandParser.Known() {
      @Override
      public boolean saved(String name) {
        return saved.knows(incoming, name);
      }

      @Override
      public boolean file(String name) {
        return storedFiles.find(incoming.conversation(), name).isPresent();
      }

      @Override
      public boolean numbered() {
        return !offered(incoming).isEmpty();
      }

      @Override
      public boolean question() {
        return offers.open(incoming.conversation(), SavedCommands.OFFER).isPresent()
            || offers.open(incoming.conversation(), ProposedFact.OFFER).isPresent();
      }
    };
  }
}
