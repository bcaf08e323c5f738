package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.CommandDependencies;
import dev.reckon.core.command.CommandInterpreter;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.store.LargeFiles;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.MemoryObjects;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.store.jdbi.StoreAccess;
import dev.reckon.core.turn.SavedRun;
import dev.reckon.core.turn.SavedRun.Sought;
import dev.reckon.core.turn.TurnRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vocabulary as a person meets it, with everything real but the driver of turns. */
class CommandInterpreterTest {
  private static final String CODE =
      "import csv\ntop = 3\nrows = list(csv.DictReader(open('sales.csv')))\n"
          + "print(sorted(r['price'] for r in rows)[:top])";
  private static final String CSV = "item,price,sold\ntea,4,2024-01-01\ncup,9,2024-02-01\n";

  private static final FileLimits LIMITS = new FileLimits(1 << 20, 2 << 20, 1 << 24, 5);

  @TempDir Path folder;
  private JdbiStore store;
  private FakeDriver driver;
  private CommandInterpreter desk;
  private DirectClient client;
  private int deliveries;
  private Runnable onProfile = () -> {};

  @BeforeEach
  void open() {
    // Every file is a large one: no command may read one inside a transaction.
    store =
        JdbiStore.open(
            StoreAccess.of("jdbc:sqlite:" + folder.resolve("reckon.db")),
            Optional.of(new LargeFiles(new MemoryObjects(), 1)),
            Clock.systemUTC());
    StoreJournal journal = new StoreJournal(store.turns());
    StoreFiles files = new StoreFiles(store.files(), store.turns());
    driver = new FakeDriver(journal);
    desk =
        new CommandInterpreter(
            new CommandDependencies(
                store,
                new FileProfiles(this::profiled),
                files::read,
                files::forget,
                LIMITS,
                new RequestLimit(5_000),
                person -> List.of("test/ada", "test/root").contains(person.id()),
                1_500,
                ScheduleSettings.DEFAULT,
                List.of(),
                Clock.systemUTC()));
    client =
        new DirectClient(
            TestDependencies.of(
                store,
                driver,
                Admission.open(),
                desk,
                Clock.systemUTC(),
                TestDependencies.MEMORY_TOKENS,
                LIMITS));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private FileImporter.Result profiled(FileImporter.Request request) {
    onProfile.run();
    return new PlainImporter().read(request);
  }

  private Optional<Answer> deliver(Incoming incoming) throws InterruptedException {
    return client.handle(incoming, event -> {});
  }

  private Reply say(String text, Attachment... files) throws InterruptedException {
    return deliver(Samples.words("d" + ++deliveries, text, files)).orElseThrow().reply();
  }

  private Optional<Answer> press(Verb verb, long id, String input, Attachment... files)
      throws InterruptedException {
    return deliver(
        Samples.of(
            "d" + ++deliveries,
            Samples.TALK,
            new Content.Pressed(new Action(verb, id), input),
            files));
  }

  private static Attachment file(String name, String content) {
    return new Attachment.Inline(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Reply reply) {
    return reply.headline()
        + reply.blocks().stream().map(Block::toString).collect(Collectors.joining("\n"));
  }

  private TurnRequest last() {
    return driver.requests.getLast();
  }

  @Test
  void filesAreReadWhileNoTransactionIsOpen() throws Exception {
    AtomicInteger read = new AtomicInteger();
    onProfile =
        () -> {
          // Another's write waits for as long as a transaction is open.
          CompletableFuture.runAsync(() -> store.transact(() -> {}))
              .orTimeout(20, TimeUnit.SECONDS)
              .join();
          read.incrementAndGet();
        };
    say("", file("sales.csv", CSV));
    assertEquals(1, read.get());
    assertTrue(text(say("files")).contains("sales.csv"));
  }

  @Test
  void aFileWithoutAQuestionIsAcknowledgedWithQuestionsThatCanBePicked() throws Exception {
    Reply reply = say("", file("sales.csv", CSV));
    assertEquals("Got sales.csv.", reply.headline());
    assertTrue(
        text(reply).contains("Columns: item (text), price (integer), sold (date)"), text(reply));
    assertTrue(text(reply).contains("1. average price by item"), text(reply));
    assertEquals(3, reply.actions().size());
    assertEquals(List.of(), driver.requests);
    say("2");
    assertEquals("total price by month of sold", last().text());
    press(Verb.SUGGESTION, reply.actions().getFirst().turn(), "");
    assertEquals("average price by item", last().text());
  }

  @Test
  void aSuggestionNamesNoColumnThatMayBeAValue() throws Exception {
    Reply reply = say("", file("paid.csv", "name,ada@example.org,4711\ntea,1,2\ncup,3,4\n"));
    assertTrue(text(reply).contains("ada@example.org (integer), 4711 (integer)"), text(reply));
    assertTrue(text(reply).contains("1. how many rows there are for each name"), text(reply));
  }

  @Test
  void aSavedComputationKnowsColumnsThatAreCalledByYears() throws Exception {
    say(
        "run ```\nimport csv\nprint([r['2024'] for r in csv.DictReader(open('a.csv'))])\n```",
        file("a.csv", "region,2024\nNorth,1\n"));
    assertTrue(text(say("save years")).contains("It needs a table with: 2024."));
    assertTrue(
        say("years", file("b.csv", "region,2023\nNorth,1\n"))
            .headline()
            .contains("b.csv lacks the column 2024; it has: region, 2023"));
  }

  @Test
  void codeIsRunAsItIsAndAgainAndEdited() throws Exception {
    Reply reply = say("run ```print(1)```");
    assertEquals(Reply.Kind.NOT_JUDGED, reply.kind());
    assertEquals("print(1)", last().givenCode());
    say("again");
    assertEquals("print(1)", last().givenCode());
    assertTrue(text(say("edit")).contains("print(1)"));
    say("edit ```print(2)```");
    assertEquals("print(2)", last().givenCode());
    assertTrue(text(say("code")).contains("print(2)"));
    assertEquals(3, driver.requests.size());
  }

  @Test
  void aProgramThatWasChangedByHandKeepsItsRequest() throws Exception {
    say("first question");
    say("edit ```print(2)```");
    say("edit ```print(3)```");
    assertEquals("print(3)", last().givenCode());
    String history = text(say("history"));
    assertTrue(history.contains("changed by hand: first question"), history);
    assertFalse(history.contains("by hand: changed"), history);
    say("run ```print(4)```");
    say("edit ```print(5)```");
    assertTrue(text(say("history")).contains("changed by hand: print(5)"));
  }

  @Test
  void againWithANewFileRunsTheSameCodeOnIt() throws Exception {
    say("run ```\n" + CODE + "\n```", file("sales.csv", CSV));
    say("again", file("march.csv", CSV.replace("tea", "pen")));
    assertEquals(
        List.of("march.csv", "sales.csv"),
        last().files().stream().map(each -> each.name()).sorted().toList());
    assertTrue(opened("sales.csv").contains("pen"));
  }

  @Test
  void againWithOtherValuesChangesTheseAndNothingElse() throws Exception {
    say("run ```\nmonth = 3\nname = 'tea'\nprint(month, name)\n```");
    say("again name=\"it's 'x'\"");
    assertEquals("month = 3\nname = \"it's 'x'\"\nprint(month, name)", last().givenCode());
    say("again month=4");
    assertTrue(
        Objects.requireNonNull(last().givenCode()).startsWith("month = 4\n"),
        "from the run before");
    Reply refused = say("again mont=5");
    assertEquals(Reply.Kind.REFUSED, refused.kind());
    assertTrue(refused.headline().contains("no value \"mont\" to change, but: month=4"));
    assertTrue(say("again month=much").headline().contains("must be a whole number"));
    assertEquals(3, driver.requests.size());
  }

  @Test
  void aFileOfAFormTakesThePlaceOfTheOneThatTheProgramOpens() throws Exception {
    long turn =
        client
            .ask(Samples.words("q", "run ```\n" + CODE + "\n```", file("sales.csv", CSV)), e -> {})
            .turn()
            .turn();
    press(Verb.AGAIN, turn, "", file("march.csv", CSV.replace("tea", "pen")));
    assertTrue(opened("sales.csv").contains("pen"));
  }

  @Test
  void ofSeveralFilesOneIsReplacedByItsName() throws Exception {
    say(
        "run ```\nprint(open('a.csv').read(), open('b.csv').read())\n```",
        file("a.csv", "x\n1\n"),
        file("b.csv", "x\n2\n"));
    Reply refused = say("again", file("c.csv", "x\n3\n"));
    assertEquals(Reply.Kind.REFUSED, refused.kind());
    assertTrue(
        refused.headline().contains("opens several files: a.csv, b.csv"), refused.headline());
    say("again", file("b.csv", "x\n3\n"));
    assertEquals("x\n3\n", opened("b.csv"));
    assertEquals("x\n1\n", opened("a.csv"));
  }

  @Test
  void aProgramRunsAgainInAnotherConversationOnTheFilesThatItsAskerHadThere() throws Exception {
    long turn =
        client
            .ask(Samples.words("q", "run ```\n" + CODE + "\n```", file("sales.csv", CSV)), e -> {})
            .turn()
            .turn();
    ConversationId other = new ConversationId("web/0123456789abcdef");
    Content again = new Content.Pressed(new Action(Verb.AGAIN, turn), "");
    assertTrue(deliver(Samples.of("w1", other, again)).isPresent());
    assertEquals(CSV, opened("sales.csv"));
    assertTrue(deliver(Samples.words("w3", other, "again")).isPresent());
    assertEquals(CSV, opened("sales.csv"), "they are there from then on");
    Person root = new Person("test/root", "Root", Person.Role.MEMBER);
    deliver(Samples.of("w2", new ConversationId("web/fedcba9876543210"), again).from(root));
    assertEquals(List.of(), last().files(), "another person's files stay where they are");
  }

  @Test
  void aProgramThatRunsAgainElsewhereGetsWhatItOpenedThenAndNothingThatCameLater()
      throws Exception {
    long turn =
        client
            .ask(
                Samples.words(
                    "q",
                    "run ```\n" + CODE + "\nprint('plan.csv')\n```",
                    file("sales.csv", CSV),
                    file("other.csv", CSV)),
                e -> {})
            .turn()
            .turn();
    Instant began = store.turns().find(turn).orElseThrow().startedAt();
    while (Instant.now().toEpochMilli() <= began.toEpochMilli()) {
      Thread.onSpinWait();
    }
    say("", file("sales.csv", CSV.replace("tea", "pen")), file("plan.csv", CSV));
    ConversationId other = new ConversationId("web/0123456789abcdef");
    Content again = new Content.Pressed(new Action(Verb.AGAIN, turn), "");
    assertTrue(deliver(Samples.of("w1", other, again)).isPresent());
    assertEquals(List.of("sales.csv"), last().files().stream().map(each -> each.name()).toList());
    assertEquals(CSV, opened("sales.csv"), "the version of that time");
  }

  @Test
  void filesAreNotCopiedBeyondWhatAConversationMayHave() throws Exception {
    long turn =
        client
            .ask(Samples.words("q", "run ```\n" + CODE + "\n```", file("sales.csv", CSV)), e -> {})
            .turn()
            .turn();
    ConversationId other = new ConversationId("web/0123456789abcdef");
    deliver(Samples.words("w1", other, "run ```print(1)```"));
    store.files().putAttached(other, "full", "full", new byte[(int) LIMITS.conversationBytes()]);
    int before = driver.requests.size();
    Content again = new Content.Pressed(new Action(Verb.AGAIN, turn), "");
    Reply refused = deliver(Samples.of("w2", other, again)).orElseThrow().reply();
    assertEquals(Reply.Kind.REFUSED, refused.kind());
    assertTrue(
        refused.headline().startsWith("It was not run again. sales.csv was not stored:"),
        refused.headline());
    assertEquals(before, driver.requests.size());
  }

  private String opened(String name) {
    String id =
        last().files().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow()
            .id();
    return new String(store.files().read(id).orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void aComplaintBeginsARepairAndFlagsCopies() throws Exception {
    say("total price");
    say("save total");
    say("wrong: it counts refunds");
    assertTrue(last().text().contains("it counts refunds"));
    assertTrue(last().text().contains("print('total price')"));
    assertNull(last().givenCode());
    assertEquals("Ada", store.turns().byNumber(Samples.TALK, 1).orElseThrow().disputedBy());
    assertEquals(TurnKind.WRONG, store.turns().byNumber(Samples.TALK, 2).orElseThrow().kind());
    assertTrue(text(say("list")).contains("disputed"));
    assertTrue(text(say("history")).contains("disputed by Ada"));
  }

  @Test
  void aProgramThatGaveNoAnswerIsNotSaved() throws Exception {
    say("total price, and crash");
    Reply refused = say("save total");
    assertEquals(Reply.Kind.REFUSED, refused.kind());
    assertTrue(refused.headline().contains("gave no answer"), refused.headline());
  }

  @Test
  void aSavedComputationTakesTypedValuesAndAnotherTable() throws Exception {
    say("run ```\n" + CODE + "\n```", file("sales.csv", CSV));
    assertTrue(say("save cheapest").headline().startsWith("Save this"));
    assertTrue(text(say("yes")).contains("price"));
    int before = driver.requests.size();
    Reply refused = say("cheapest top=many");
    assertEquals(Reply.Kind.REFUSED, refused.kind());
    assertTrue(refused.headline().contains("whole number"), refused.headline());
    assertTrue(
        say("cheapest", file("people.csv", "name,age\nAda,36\n"))
            .headline()
            .contains("people.csv lacks the column price; it has: name, age"));
    assertEquals(before, driver.requests.size());
    say("cheapest top=5", file("other.csv", CSV));
    TurnRequest request = last();
    assertTrue(String.valueOf(request.givenCode()).contains("\ntop = 5\n"));
    SavedRun saved = Objects.requireNonNull(request.saved());
    assertTrue(
        saved
            .badge()
            .startsWith("Saved computation cheapest, top = 5. Its code was not checked on"),
        saved.badge());
    say("again");
    assertEquals(request.givenCode(), last().givenCode());
    say("save dearest");
    say("yes");
    assertTrue(
        store
            .computations()
            .find("test/team", "dearest")
            .orElseThrow()
            .code()
            .contains("\ntop = 5\n"));
  }

  private List<Sought> sought() {
    return Objects.requireNonNull(last().saved()).sought();
  }

  @Test
  void theTextsThatAProgramIsGivenAreToldToItsRun() throws Exception {
    String code = "import csv\nname = \"apple\"\nopen(\"sales.csv\")\nprint(\"price\")\n";
    say("run ```\n" + code + "```", file("sales.csv", CSV));
    say("save pick");
    say("yes");
    say("pick name=nowhere");
    assertEquals(List.of(new Sought("name", "nowhere")), sought());
    say("again name=neither");
    assertEquals(List.of(new Sought("name", "neither")), sought());
    say("again");
    assertEquals(List.of(), sought());
  }

  @Test
  void aDefaultGivenByHandOutlivesTheQuestionBeforeATeamSeesTheCode() throws Exception {
    whisper("run ```\n" + CODE + "\n```", file("sales.csv", CSV));
    Reply asked = whisper("save cheapest top=\"7\"");
    assertTrue(text(asked).contains("Everybody in the team"), text(asked));
    assertTrue(text(asked).contains("top=7"), text(asked));
    whisper("yes");
    assertEquals(
        "7",
        store
            .computations()
            .find("test/team", "cheapest")
            .orElseThrow()
            .parameters()
            .getFirst()
            .defaultValue());
  }

  /** In a private chat of somebody in a team. */
  private Reply whisper(String text, Attachment... files) throws InterruptedException {
    Incoming said = Samples.words("d" + ++deliveries, text, files);
    Address direct = new Address("fake", said.address().channel(), "private", true);
    return deliver(
            new Incoming(
                said.delivery(),
                said.conversation(),
                said.team(),
                said.person(),
                direct,
                said.content(),
                said.attachments(),
                said.sentAt()))
        .orElseThrow()
        .reply();
  }

  @Test
  void namesKeepTheirVersionsAndCanBeForgotten() throws Exception {
    say("one");
    say("save answer");
    say("two");
    assertTrue(say("save answer").headline().contains("version 2"));
    assertEquals(2, store.computations().versions("test/team", "answer").size());
    say("answer");
    assertEquals("print('two')", last().givenCode());
    assertEquals(Reply.Kind.REFUSED, say("save list").kind());
    assertTrue(say("do anwser").headline().contains("Did you mean \"answer\""));
    say("forget answer");
    assertEquals(Reply.Kind.REFUSED, say("do answer").kind());
  }

  @Test
  void historyIsKeptThroughAFreshStart() throws Exception {
    say("first question");
    say("new");
    say("second question");
    assertEquals(List.of(), last().history());
    assertTrue(text(say("history")).contains("first question"));
    assertTrue(text(say("show 1")).contains("first question"));
    assertEquals(Reply.Kind.REFUSED, say("show 9").kind());
  }

  @Test
  void aNewConversationWithoutAnEarlierOneIsExplained() throws Exception {
    assertTrue(text(say("new")).contains("reply in a thread to continue"));
    say("first question");
    assertTrue(say("new").headline().startsWith("New conversation."));
  }

  @Test
  void filesAreListedDroppedAndLimited() throws Exception {
    say("", file("a.csv", CSV));
    assertTrue(text(say("files")).contains("a.csv"));
    say("drop a.csv");
    assertTrue(text(say("files")).contains("no files"));
    Reply reply = say("sum it", file("big.csv", "x\n".repeat(1 << 20)));
    assertTrue(text(reply).contains("too large"), text(reply));
    String most = "x\n".repeat((1 << 19) - 10);
    say("", file("1.csv", most));
    say("", file("2.csv", most));
    assertTrue(text(say("", file("3.csv", most))).contains("a conversation may have"));
  }

  @Test
  void settingsAndInstructionsReachTheTurn() throws Exception {
    say("settings verify off");
    say("instructions: revenue means net");
    say("settings language German");
    say("settings code off");
    Reply reply = say("revenue");
    assertEquals("OFF", last().settings().verify().name());
    assertTrue(last().instructions().contains("revenue means net"));
    assertTrue(last().instructions().contains("german"));
    assertTrue(reply.blocks().stream().noneMatch(Block.Code.class::isInstance));
    assertEquals(Reply.Kind.REFUSED, say("settings verify perhaps").kind());
    say("settings verify default");
    assertTrue(
        store
            .preferences()
            .get(new Scope(Scope.Of.CONVERSATION, Samples.TALK.value()), "verify")
            .isEmpty());
  }

  @Test
  void buttonsGoOnWorkingAndSayWhenTheirAnswerIsGone() throws Exception {
    long turn = client.ask(Samples.words("q", "total"), event -> {}).turn().turn();
    press(Verb.AGAIN, turn, "");
    assertEquals("print('total')", last().givenCode());
    press(Verb.GOOD, turn, "");
    assertTrue(store.feedback().of(turn).getFirst().good());
    assertTrue(press(Verb.SAVE, turn, "grand").orElseThrow().reply().headline().contains("grand"));
    assertTrue(
        press(Verb.SHOW_CODE, 999, "")
            .orElseThrow()
            .reply()
            .headline()
            .contains("no longer exists"));
    Reply shared = press(Verb.SHARE, turn, "").orElseThrow().reply();
    assertTrue(shared.headline().startsWith("Shared by Ada"));
    assertEquals(0, shared.turn());
  }

  @Test
  void whoseAButtonIsCanBeToldBeforeItsPressIsDelivered() throws Exception {
    long turn = client.ask(Samples.words("q", "total"), event -> {}).turn().turn();
    SurfaceQueries queries = StoreSurfaceQueriesTest.queriesOf(store, desk);
    Person eve = new Person("test/eve", "Eve", Person.Role.MEMBER);
    Person admin = new Person("test/eve", "Eve", Person.Role.ADMINISTRATOR);
    Action cancel = new Action(Verb.CANCEL, turn);
    assertTrue(queries.refusal(cancel, eve).orElseThrow().startsWith("This button is Ada's"));
    assertTrue(queries.refusal(cancel, admin).isEmpty());
    assertTrue(queries.refusal(cancel, Samples.ADA).isEmpty());
    assertTrue(queries.refusal(new Action(Verb.SHOW_CODE, turn), eve).isEmpty());
    assertTrue(queries.refusal(new Action(Verb.CANCEL, 999), eve).isEmpty());
  }

  @Test
  void whoseAButtonIsIsToldInTheLanguageThatThePersonHasSet() throws Exception {
    long turn = client.ask(Samples.words("q", "total"), event -> {}).turn().turn();
    SurfaceQueries queries = StoreSurfaceQueriesTest.queriesOf(store, desk);
    Person eve = new Person("test/eve", "Eve", Person.Role.MEMBER, null, "fr-FR");
    Action edit = new Action(Verb.EDIT, turn);
    assertEquals(
        Label.PRESS_NOT_YOURS.in(Language.FRENCH, "Ada"), queries.refusal(edit, eve).orElseThrow());
    store.preferences().put(new Scope(Scope.Of.PERSON, eve.id()), "language", "de", eve.id());
    String german = Label.PRESS_NOT_YOURS.in(Language.GERMAN, "Ada");
    assertEquals(german, queries.refusal(edit, eve).orElseThrow());
    assertEquals(new SurfaceQueries.ButtonForm.Refused(german), queries.form(edit, eve));
  }

  /** One rule: whoever may press a button is shown its form, and nobody else. */
  @Test
  void formsOpenForWhoeverMayPressTheButton() throws Exception {
    long turn = client.ask(Samples.words("q", "total"), event -> {}).turn().turn();
    SurfaceQueries queries = StoreSurfaceQueriesTest.queriesOf(store, desk);
    Person eve = new Person("test/eve", "Eve", Person.Role.MEMBER);
    Person appointed = new Person("test/root", "Root", Person.Role.MEMBER);
    for (Person person : List.of(Samples.ADA, eve, appointed)) {
      for (Verb verb : List.of(Verb.SHOW_CODE, Verb.EDIT, Verb.SAVE, Verb.WRONG)) {
        Action action = new Action(verb, turn);
        assertEquals(
            queries.refusal(action, person).isEmpty(),
            queries.form(action, person) instanceof SurfaceQueries.ButtonForm.Open,
            () -> person.name() + " and " + verb);
      }
    }
    assertTrue(queries.refusal(new Action(Verb.EDIT, turn), eve).isPresent());
    assertTrue(queries.refusal(new Action(Verb.EDIT, turn), appointed).isEmpty());
  }

  /** An event need not carry the role, so what is stored about the person counts as well. */
  @Test
  void anAdministratorsStoredRoleCountsForButtons() throws Exception {
    long turn = client.ask(Samples.words("q", "total"), event -> {}).turn().turn();
    SurfaceQueries queries = StoreSurfaceQueriesTest.queriesOf(store, desk);
    Person admin = new Person("test/ann", "Ann", Person.Role.ADMINISTRATOR);
    long seq = store.deliveries().add(Samples.words("a", "hello").from(admin)).orElseThrow();
    store.deliveries().enriched(seq, Samples.words("a", "hello").from(admin));
    Person unknownRole = new Person("test/ann", "Ann", Person.Role.MEMBER);
    assertTrue(queries.refusal(new Action(Verb.AGAIN, turn), unknownRole).isEmpty());
  }

  @Test
  void anEditedRequestOffersToRunAgain() throws Exception {
    client.ask(Samples.words("q", "total"), event -> {});
    Reply offer =
        deliver(Samples.of("e", Samples.TALK, new Content.Edited("q", "total of 2024")))
            .orElseThrow()
            .reply();
    press(Verb.RERUN_EDITED, offer.actions().getFirst().turn(), "");
    assertEquals("total of 2024", last().text());
    Content again = new Content.Edited("q", "total of 2024 ");
    assertTrue(deliver(Samples.of("f", Samples.TALK, again)).isEmpty());
    Content back = new Content.Edited("q", "total");
    assertFalse(deliver(Samples.of("g", Samples.TALK, back)).isEmpty());
  }

  @Test
  void whereThatIsWantedAnEditedRequestRunsAgainAtOnce() throws Exception {
    say("", file("sales.csv", CSV));
    client.ask(Samples.words("q", "total"), event -> {});
    deliver(Samples.of("e", Samples.TALK, new Content.Edited("q", "run\nprint(7)", true, true)));
    assertEquals("print(7)", last().givenCode());
    deliver(Samples.of("f", Samples.TALK, new Content.Edited("q", "total of 2024", false, true)));
    assertEquals("total of 2024", last().text());
    int before = driver.requests.size();
    Content same = new Content.Edited("q", "total of 2024", false, true);
    assertTrue(deliver(Samples.of("g", Samples.TALK, same)).isEmpty());
    assertEquals(before, driver.requests.size());
  }

  @Test
  void whatIsLongerThanTheLimitIsRefusedHoweverItArrives() throws Exception {
    String sentence =
        "This has 5,001 characters, and a request may have 5,000 (turn.max_request_chars). Put the"
            + " data into a file and attach it.";
    String most = "x".repeat(5_000);
    client.ask(Samples.words("q", "total"), event -> {});
    long turn = store.turns().recent(Samples.TALK, 1).getFirst().id();
    int before = driver.requests.size();
    assertEquals(sentence, say(most + "x").headline());
    assertEquals(sentence, say("run " + "1".repeat(4_997)).headline());
    assertEquals(sentence, press(Verb.EDIT, turn, most + "x").orElseThrow().reply().headline());
    for (boolean atOnce : List.of(true, false)) {
      Content edited = new Content.Edited("q", most + "x", false, atOnce);
      Incoming incoming = Samples.of("e" + atOnce, Samples.TALK, edited);
      assertEquals(sentence, deliver(incoming).orElseThrow().reply().headline());
    }
    assertEquals(before, driver.requests.size());
    say(most, file("sales.csv", CSV));
    assertEquals(most, last().text());
  }

  @Test
  void emptyRequestsAndUnknownWordsAreRefusedInWords() throws Exception {
    assertEquals(Reply.Kind.REFUSED, say(" ").kind());
    assertTrue(say("histroy").headline().contains("history"));
    assertTrue(text(say("help")).contains("save burn month=3"));
    assertTrue(text(say("help save")).contains("For example: save burn month=3"));
  }
}
