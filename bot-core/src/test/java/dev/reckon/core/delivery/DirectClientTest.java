package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.PriorTurn;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectClientTest {
  @TempDir Path folder;
  private JdbiStore store;
  private FakeDriver driver;
  private DirectClient client;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
    StoreJournal journal = new StoreJournal(store.turns());
    driver = new FakeDriver(journal);
    client =
        new DirectClient(
            TestDependencies.of(
                store, driver, Admission.open(), new PlainWords(), Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRequestIsAnsweredAndRemembered() throws Exception {
    List<TurnEvent> events = new ArrayList<>();
    TurnResult result = client.ask(Samples.words("1", "add one and one"), events::add).turn();
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals(TurnEvent.Phase.GENERATING, events.getFirst().phase());
    TurnRecord record = store.turns().find(result.turn()).orElseThrow();
    assertEquals(result, record.result());
    assertEquals(1, record.number());
    assertTrue(store.deliveries().next(Samples.TALK).isEmpty());
    assertTrue(store.turns().state(result.turn()).isEmpty());
  }

  @Test
  void theNextRequestKnowsTheOneBefore() throws Exception {
    client.ask(Samples.words("1", "all years"), event -> {});
    client.ask(Samples.words("2", "now only 2024"), event -> {});
    assertEquals(
        List.of(
            new PriorTurn(
                "all years", TurnStatus.VERIFIED, "Because.", "print('all years')", "all years")),
        driver.requests.getLast().history());
    store.conversations().startAfresh(Samples.TALK);
    client.ask(Samples.words("3", "something else"), event -> {});
    assertEquals(List.of(), driver.requests.getLast().history());
    assertEquals(3, store.turns().recent(Samples.TALK, 10).size());
  }

  @Test
  void filesStayWithTheConversationUnderHarmlessNames() throws Exception {
    byte[] csv = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    client.ask(
        Samples.words("1", "sum", new Attachment.Inline("../../etc/sa\u0000les.csv", csv)),
        event -> {});
    client.ask(Samples.words("2", "mean"), event -> {});
    AttachedFile file = driver.requests.getFirst().files().getFirst();
    assertEquals("sales.csv", file.name());
    assertTrue(file.current());
    AttachedFile later = driver.requests.getLast().files().getFirst();
    assertEquals(file.id(), later.id());
    assertFalse(later.current());
    assertEquals(
        8, new StoreFiles(store.files(), store.turns()).read(file.id()).orElseThrow().length);
  }

  @Test
  void whatIsSaidAboutFilesReachesTheAsker() throws Exception {
    Answer answer =
        client.ask(
            Samples.words(
                "1",
                "sum",
                new Attachment.Inline("wide.bomb", new byte[3]),
                new Attachment.Inline("text.odd", new byte[3])),
            event -> {});
    assertEquals(2, answer.notices().size());
    assertTrue(answer.notices().getFirst().startsWith("wide.bomb was not read"));
    assertEquals("text.odd: 3 bytes were replaced.", answer.notices().getLast());
    assertTrue(answer.reply().blocks().toString().contains("wide.bomb was not read"));
    assertEquals(1, driver.requests.getLast().files().size());
  }

  private Answer sum(String delivery, Attachment... attached) throws InterruptedException {
    return client.ask(Samples.words(delivery, "sum", attached), event -> {});
  }

  private static Attachment file(String name, String content) {
    return new Attachment.Inline(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private String content(String name) {
    String id = store.files().find(Samples.TALK, name).orElseThrow().id();
    return new String(
        new StoreFiles(store.files(), store.turns()).read(id).orElseThrow(),
        StandardCharsets.UTF_8);
  }

  @Test
  void twoAttachmentsThatGetTheSameNameAreBothThere() throws Exception {
    Answer answer = sum("1", file("report.xlsx", "a\n1\n"), file("report.csv", "a\n2\n"));
    assertEquals("a\n1\n", content("report.csv"));
    assertEquals("a\n2\n", content("report-2.csv"));
    assertEquals(
        List.of(
            "There is another report.csv here already, so this one is called report-2.csv, from"
                + " report.csv."),
        answer.notices());
    List<AttachedFile> files = driver.requests.getLast().files();
    assertEquals(
        List.of("report.csv", "report.xlsx"), files.stream().map(AttachedFile::known).toList());
    assertTrue(files.stream().allMatch(AttachedFile::current));
    assertEquals(List.of(), driver.requests.getLast().missingFiles());
  }

  @Test
  void twoFilesOfOneNameInOneMessageAreBothThere() throws Exception {
    sum("1", file("2023/sales.csv", "a\n1\n"), file("2024/sales.csv", "a\n2\n"));
    assertEquals("a\n1\n", content("sales.csv"));
    assertEquals("a\n2\n", content("sales-2.csv"));
    // Both again, corrected: each takes its own place.
    sum("2", file("2023/sales.csv", "a\n3\n"), file("2024/sales.csv", "a\n4\n"));
    assertEquals("a\n3\n", content("sales.csv"));
    assertEquals("a\n4\n", content("sales-2.csv"));
    assertEquals(2, store.files().list(Samples.TALK).size());
  }

  @Test
  void aLaterFileReplacesOnlyTheOneThatWasAttachedUnderItsName() throws Exception {
    sum("1", file("report.xlsx", "a\n1\n"));
    assertEquals(1, sum("2", file("report.csv", "a\n2\n")).notices().size());
    assertEquals("a\n1\n", content("report.csv"));
    Answer third = sum("3", file("report.csv", "a\n3\n"));
    assertEquals("a\n1\n", content("report.csv"));
    assertEquals("a\n3\n", content("report-2.csv"));
    assertTrue(
        third.notices().contains("report-2.csv replaces the one that was here, from report.csv."),
        third.notices().toString());
  }

  @Test
  void aTableThatIsPastedIntoARequestBecomesAFile() throws Exception {
    client.ask(Samples.words("1", "total pay\ntown\tpay\nBonn\t1\nUlm\t2\n"), event -> {});
    assertEquals("town,pay\nBonn,1\nUlm,2\n", content("pasted.csv"));
    assertEquals(
        "total pay\n(The table that stood here is in the file pasted.csv.)",
        driver.requests.getLast().text());
    assertEquals(List.of(), driver.requests.getLast().missingFiles());
    assertTrue(driver.requests.getLast().files().getFirst().current());
  }

  @Test
  void theSameDeliveryIsNotTakenTwice() throws Exception {
    client.ask(Samples.words("1", "once"), event -> {});
    assertThrows(
        IllegalArgumentException.class, () -> client.ask(Samples.words("1", "twice"), event -> {}));
    assertEquals(1, driver.requests.size());
  }

  @Test
  void aRunningTurnCanBeCancelledFromAnotherThread() throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<TurnResult> answer =
          thread.submit(() -> client.ask(Samples.words("1", "wait for me"), event -> {}).turn());
      driver.waiting.await();
      assertTrue(client.cancel(Samples.TALK, Samples.ADA));
      TurnResult result = answer.get();
      assertEquals(TurnStatus.CANCELLED, result.status());
      assertEquals(Samples.ADA.id(), store.turns().find(result.turn()).orElseThrow().cancelledBy());
      assertFalse(client.cancel(Samples.TALK, Samples.ADA));
      assertFalse(thread.submit(() -> Thread.currentThread().isInterrupted()).get());
    }
  }
}
