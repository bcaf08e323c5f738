package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.CommandDependencies;
import dev.reckon.core.command.CommandInterpreter;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.files.AddressFetcher;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.SettableClock;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.TurnSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that requests name by their address, from what is typed to what turns are given. */
class AddressedFilesTest {

  @TempDir Path folder;
  private final List<URI> fetched = new ArrayList<>();
  private JdbiStore store;
  private FakeDriver driver;
  private DirectClient client;
  private int deliveries;

  /** Knows one host, and hands out a table that grows with each call. */
  private final AddressFetcher web =
      new AddressFetcher() {
        @Override
        public boolean allows(URI address) {
          return "https".equals(address.getScheme()) && "data.example".equals(address.getHost());
        }

        @Override
        public byte[] fetch(URI address, long limit) throws DeliveryException {
          fetched.add(address);
          if (address.getPath().contains("gone")) {
            throw new DeliveryException(
                DeliveryException.Kind.REFUSED, "its server answers with status 404");
          }
          if (address.getPath().contains("busy")) {
            throw new DeliveryException(
                DeliveryException.Kind.TRANSIENT, "its server answers with status 503");
          }
          return ("price\n" + "1\n".repeat(fetched.size())).getBytes(StandardCharsets.UTF_8);
        }
      };

  @BeforeEach
  void open() {
    Clock clock = new SettableClock("2026-11-29T09:00:00Z");
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    StoreJournal journal = new StoreJournal(store.turns());
    StoreFiles files = new StoreFiles(store.files(), store.turns());
    FileProfiles profiles = new FileProfiles(new PlainImporter());
    driver = new FakeDriver(journal);
    client =
        new DirectClient(
            new DeliveryDependencies(
                store,
                journal,
                files,
                driver,
                TurnSettings.DEFAULT,
                AskerContext.UTC,
                200,
                FileLimits.DEFAULT,
                new PlainImporter(),
                profiles,
                Admission.open(),
                new CommandInterpreter(
                    new CommandDependencies(
                        store,
                        profiles,
                        files::read,
                        files::forget,
                        FileLimits.DEFAULT,
                        RequestLimit.DEFAULT,
                        person -> false,
                        200,
                        ScheduleSettings.DEFAULT,
                        List.of(),
                        clock)),
                clock,
                incoming -> List.of(),
                web));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Answer say(String text) throws InterruptedException {
    return client.handle(Samples.words("d" + ++deliveries, text), event -> {}).orElseThrow();
  }

  private List<AttachedFile> given() {
    return driver.requests.getLast().files();
  }

  @Test
  void aFileOfAListedHostComesAlongAndItIsSaidFromWhereAndWhen() throws Exception {
    Answer answer =
        say("average price in https://data.example/a/prices.csv, not https://evil.example/x.csv.");
    assertEquals(List.of(URI.create("https://data.example/a/prices.csv")), fetched);
    assertEquals(List.of("prices.csv"), given().stream().map(AttachedFile::name).toList());
    assertTrue(
        answer
            .notices()
            .contains(
                "prices.csv was fetched from https://data.example/a/prices.csv at 2026-11-29"
                    + " 09:00 UTC."),
        answer.notices().toString());
  }

  @Test
  void addressesThatNothingIsFetchedFromAreSaid() throws Exception {
    Answer one = say("average price in https://other.example/x.csv, please");
    assertEquals(
        List.of(
            "Nothing was fetched from https://other.example/x.csv: files come from https addresses"
                + " of listed hosts only (fetch.hosts)."),
        one.notices());
    Answer two = say("sum http://data.example/a.csv https://b.example/b https://b.example/b");
    assertTrue(
        two.notices().getFirst().contains("http://data.example/a.csv and 1 more:"),
        two.notices().toString());
    assertEquals(List.of(), say("what is 2 + 2").notices());
    assertEquals(List.of(), fetched);
  }

  @Test
  void aSavedComputationFetchesWhatItsRequestNamed() throws Exception {
    say("average price in https://data.example/prices.csv");
    String first = given().getFirst().id();
    say("save prices");
    say("do prices");
    assertEquals(2, fetched.size());
    assertEquals(1, given().size());
    assertTrue(!first.equals(given().getFirst().id()), "it is read again");
  }

  @Test
  void nothingIsComputedWithoutAFileThatCannotBeFetched() throws Exception {
    Answer answer = say("average price in https://data.example/gone.csv");
    assertEquals(0, driver.requests.size());
    assertTrue(
        answer.reply().headline().contains("gone.csv could not be fetched: its server answers"),
        answer.reply().headline());
  }

  @Test
  void whatIsNoRequestFetchesNothing() throws Exception {
    say("remember: prices are at https://data.example/prices.csv");
    say("memory");
    assertEquals(List.of(), fetched);
  }

  @Test
  void aCallerThatWaitsIsToldThatAFileDidNotCome() throws Exception {
    for (String name : List.of("gone.csv", "busy.csv")) {
      Incoming asked = Samples.words(name, "sum https://data.example/" + name);
      Answer answer = client.ask(asked, event -> {});
      assertEquals(Reply.Kind.REFUSED, answer.reply().kind());
      assertTrue(answer.reply().headline().contains(name + " could not be fetched"));
      assertTrue(store.deliveries().next(Samples.TALK).isEmpty(), "it holds up nothing behind it");
    }
    Answer written = say("busy https://data.example/busy.csv");
    assertEquals(Reply.Kind.REFUSED, written.reply().kind());
    assertTrue(store.deliveries().next(Samples.TALK).isEmpty());
    assertEquals(List.of(), driver.requests);
  }
}
