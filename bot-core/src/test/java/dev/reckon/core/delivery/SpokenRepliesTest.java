package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.CommandDependencies;
import dev.reckon.core.command.CommandInterpreter;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals, help and confirmations are said in the language of the person who asked. */
class SpokenRepliesTest {
  @TempDir Path folder;
  private Store store;
  private int deliveries;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private DirectClient client(Admission admission) {
    StoreFiles files = new StoreFiles(store.files(), store.turns());
    CommandInterpreter interpreter =
        new CommandInterpreter(
            new CommandDependencies(
                store,
                new FileProfiles(new PlainImporter()),
                files::read,
                files::forget,
                FileLimits.DEFAULT,
                new RequestLimit(200),
                person -> false,
                1_500,
                ScheduleSettings.DEFAULT,
                List.of(),
                Clock.systemUTC()));
    return new DirectClient(
        TestDependencies.of(
            store,
            new FakeDriver(new StoreJournal(store.turns())),
            admission,
            interpreter,
            Clock.systemUTC(),
            TestDependencies.MEMORY_TOKENS,
            FileLimits.DEFAULT));
  }

  private static Admission policy(Policy policy) {
    Clock clock = Clock.systemUTC();
    Ledger nothing = (owner, id, since) -> new Ledger.Spent(0, 0);
    return new Gatekeeper(() -> policy, nothing, new LocalAdmissionState(clock), clock);
  }

  private Reply say(DirectClient client, String locale, String text, Attachment... files)
      throws InterruptedException {
    Person person = new Person("test/ada", "Ada", Person.Role.MEMBER, null, locale);
    Incoming incoming = Samples.words("d" + ++deliveries, text, files).from(person);
    return client.handle(incoming, event -> {}).orElseThrow().reply();
  }

  private static String text(Reply reply) {
    return reply.headline()
        + "\n"
        + reply.blocks().stream().map(Block::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void aRefusalOfThePolicyIsInTheLanguageOfTheRequest() throws Exception {
    DirectClient client = client(policy(Policy.STANDARD.with(PolicyKey.BLOCKED, "test/ada")));
    Reply german = say(client, "en-US", "Wie viele Zeilen hat die Tabelle?");
    assertEquals(
        "Sie dürfen Reckon nicht verwenden; den Grund kennt ein Administrator von Reckon.",
        german.headline());
    assertEquals(Language.GERMAN, german.language());
    Reply japanese = say(client, "ja", "help");
    assertEquals("あなたは Reckon を使えません。理由はReckon の管理者に聞いてください。", japanese.headline());
    Reply english = say(client, "de-DE", "How many rows are there in the table?");
    assertEquals(
        "You may not use Reckon; ask an administrator of Reckon for the reason.",
        english.headline());
  }

  @Test
  void aConfiguredContactIsNamedAsItIs() throws Exception {
    Policy policy =
        Policy.STANDARD
            .with(PolicyKey.BLOCKED, "test/ada")
            .with(PolicyKey.CONTACT, "ops@example.com");
    assertEquals(
        "No puedes usar Reckon; pregunta el motivo a ops@example.com.",
        say(client(policy(policy)), "es", "help").headline());
  }

  @Test
  void helpNamesCommandsInEnglishAndExplainsThemInThePersonsLanguage() throws Exception {
    Reply help = say(client(Admission.open()), "ja-JP", "help");
    assertEquals(Language.JAPANESE, help.language());
    assertTrue(text(help).contains("do burn month=4"), text(help));
    assertTrue(text(help).contains("保存済みの計算を実行します"), text(help));
    Reply save = say(client(Admission.open()), "de", "help save");
    assertTrue(text(save).contains("save NAME: speichert den Code"), text(save));
    assertTrue(text(save).contains("Zum Beispiel: save burn month=3"), text(save));
  }

  @Test
  void whatAPersonHasSetGoesBeforeTheirLocale() throws Exception {
    DirectClient client = client(Admission.open());
    assertEquals(
        "language vaut maintenant french, pour vous.",
        say(client, "de", "settings language french").headline());
    assertTrue(say(client, "de", "history").headline().startsWith("Rien n'a encore été calculé"));
  }

  @Test
  void confirmationsAreInThePersonsLanguage() throws Exception {
    DirectClient client = client(Admission.open());
    assertEquals("Hier gemerkt:", say(client, "de", "remember: Q4 fehlt").headline());
    assertEquals("这里没有定时任务。", say(client, "zh-CN", "schedules").headline());
    assertEquals(
        "Здесь ещё ничего не вычислялось. Сначала спросите что-нибудь.",
        say(client, "ru", "code").headline());
  }

  @Test
  void noticesAboutFilesAndLimitsAreInThePersonsLanguage() throws Exception {
    DirectClient client = client(Admission.open());
    Attachment first = new Attachment.Inline("a.csv", "x\n1\n".getBytes(StandardCharsets.UTF_8));
    Attachment second = new Attachment.Inline("a.csv", "x\n2\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("a.csv ist da.", say(client, "de", "", first).headline());
    assertTrue(
        text(say(client, "de", "", second)).contains("a.csv ersetzt die vorige Datei"),
        "the notice is German, too");
    assertEquals(
        "201 文字ありますが、依頼は 200 文字までです（turn.max_request_chars）。データをファイルに入れて添付してください。",
        say(client, "ja", "あ".repeat(201)).headline());
  }

  @Test
  void aDeliveryWithoutALanguageIsAnsweredInThatOfTheLocale() {
    Incoming german =
        Samples.words("d1", "help")
            .from(new Person("test/ada", "Ada", Person.Role.MEMBER, null, "de"));
    assertEquals(Language.ENGLISH, german.language(), "the person became known later");
    Incoming known =
        new Incoming(
            "d1",
            german.conversation(),
            german.team(),
            german.person(),
            german.address(),
            new Content.Text("help", true),
            List.of(),
            german.sentAt());
    assertEquals(Language.GERMAN, known.language());
  }
}
