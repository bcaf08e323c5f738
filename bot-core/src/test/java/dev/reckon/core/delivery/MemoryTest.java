package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.CommandDependencies;
import dev.reckon.core.command.CommandInterpreter;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told once, from what is typed to what turns are given. */
class MemoryTest {
  private static final int TOKENS = 200;
  private static final Person ROOT = new Person("test/root", "Root", Person.Role.MEMBER);

  @TempDir Path folder;
  private JdbiStore store;
  private FakeDriver driver;
  private DirectClient client;
  private int deliveries;
  private final SettableClock clock = new SettableClock();

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    StoreJournal journal = new StoreJournal(store.turns());
    StoreFiles files = new StoreFiles(store.files(), store.turns());
    FileProfiles profiles = new FileProfiles(new PlainImporter());
    driver = new FakeDriver(journal);
    client =
        new DirectClient(
            TestDependencies.of(
                store,
                driver,
                Admission.open(),
                new CommandInterpreter(
                    new CommandDependencies(
                        store,
                        profiles,
                        files::read,
                        files::forget,
                        FileLimits.DEFAULT,
                        RequestLimit.DEFAULT,
                        person -> person.id().equals("test/root"),
                        TOKENS,
                        ScheduleSettings.DEFAULT,
                        List.of(),
                        clock)),
                clock,
                TOKENS,
                FileLimits.DEFAULT));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String say(Person person, String text) throws InterruptedException {
    Reply reply =
        client
            .handle(Samples.words("d" + ++deliveries, text).from(person), event -> {})
            .orElseThrow()
            .reply();
    return reply.headline()
        + "\n"
        + reply.blocks().stream().map(Block::toString).collect(Collectors.joining("\n"));
  }

  private String say(String text) throws InterruptedException {
    return say(Samples.ADA, text);
  }

  private String told(String request) throws InterruptedException {
    say(request);
    return driver.requests.getLast().instructions();
  }

  @Test
  void factsDefinitionsAndInstructionsReachTurnsInOneSection() throws Exception {
    say(ROOT, "instructions: print whole euros");
    say(ROOT, "define net revenue as revenue minus refunds");
    assertTrue(say("remember: the export leaves out December").startsWith("Remembered here:"));
    say("remember that weeks start on Sunday");
    assertEquals(
        """
        print whole euros
        "net revenue" means: revenue minus refunds
        Known: the export leaves out December
        Known: weeks start on Sunday\
        """,
        told("net revenue by week"));
  }

  @Test
  void aFactThatAProgramProposesCountsOnceAPersonConfirmsIt() throws Exception {
    driver.programs("# remember: the export leaves out December\nprint(1)");
    assertTrue(
        say("total").contains("Worth remembering here for later answers? \"the export leaves"));
    assertEquals("", told("total by month"), "nobody confirmed it yet");
    Person other = new Person("slack/T1/EVE", "Eve", Person.Role.MEMBER);
    assertFalse(say(other, "yes").startsWith("Remembered here:"), "it was proposed to Ada");
    assertTrue(say("yes").startsWith("Remembered here:"));
    assertTrue(say("memory").contains("Reckon, confirmed by Ada"));
    assertEquals("Known: the export leaves out December", told("total"));
    assertFalse(say("total").contains("Worth remembering"), "it is remembered already");
    assertFalse(say("yes").startsWith("Remembered here:"), "an offer is taken once");
  }

  @Test
  void aYesThatComesMuchLaterConfirmsNothingAndTheFactIsProposedAgain() throws Exception {
    driver.programs("# remember: the export leaves out December\nprint(1)");
    say("total");
    clock.advance(Duration.ofHours(25));
    String late = say("yes"); // a request like any other
    assertFalse(late.startsWith("Remembered here:"), late);
    assertTrue(late.contains("Worth remembering here for later answers?"), late);
    assertTrue(say("yes").startsWith("Remembered here:"));
  }

  @Test
  void whatIsRememberedIsListedAndForgotten() throws Exception {
    say("remember: the export leaves out December");
    String list = say("memory");
    assertTrue(list.contains("the export leaves out December"), list);
    assertTrue(list.contains("fact"), list);
    assertTrue(list.contains("Ada"), list);
    Person bob = new Person("test/bob", "Bob", Person.Role.MEMBER);
    assertTrue(say(bob, "forget 1").contains("they or an administrator can remove it"));
    assertTrue(say("forget 1").startsWith("That is forgotten"));
    assertTrue(say("forget 1").contains("Nothing is remembered here as 1"));
    assertTrue(say("memory").startsWith("Nothing is remembered here."));
    assertEquals("", told("total"));
  }

  @Test
  void theTeamsWordsAreAnAdministratorsAndAPlacesAreEverybodys() throws Exception {
    assertTrue(say("define margin as profit by revenue").startsWith("Only an administrator"));
    assertTrue(
        say("define here margin as profit by revenue").startsWith("\"margin\" means this here"));
    assertTrue(say("instructions: be brief").startsWith("Only an administrator"));
    say(ROOT, "define margin as profit");
    say(ROOT, "define margin as profit by net revenue");
    String told = told("margin");
    assertFalse(told.contains("means: profit\n"), told);
    assertTrue(told.contains("profit by net revenue"), told);
    assertTrue(told.contains("profit by revenue"), told);
  }

  @Test
  void thereIsRoomForSoMuchAndNoMore() throws Exception {
    say("remember: " + "a fact of some length ".repeat(20));
    String refused = say("remember: " + "another fact of length ".repeat(20));
    assertTrue(refused.startsWith("There is no room for it"), refused);
    assertTrue(say("remember: " + "x".repeat(501)).startsWith("This may have 500 characters"));
  }

  @Test
  void aSentenceThatOnlyLooksLikeOneIsARequest() throws Exception {
    say("remember the outliers and average the rest");
    assertEquals("remember the outliers and average the rest", driver.requests.getLast().text());
  }
}
