package dev.reckon.core.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Imported;
import dev.reckon.core.store.Deliveries.Line;
import dev.reckon.core.store.LargeFiles;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.MemoryObjects;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.store.jdbi.StoreAccess;
import dev.reckon.core.surface.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attached files become files of the conversation, however many come at the same time. */
class AttachmentImporterTest {
  private static final int DELIVERIES = 3 * AttachmentImporter.MOST_AT_ONCE;
  private static final byte[] TABLE = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private JdbiStore store;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Delivery delivery(int i) {
    ConversationId talk = new ConversationId("test/" + i);
    Attachment table = new Attachment.Remote("pay.csv", "ref", TABLE.length);
    assertTrue(store.deliveries().add(Samples.words("d" + i, talk, "sum", table)).isPresent());
    return store.deliveries().take(new Line(talk, false), "a replica").orElseThrow();
  }

  @Test
  void filesThatComeAtTheSameTimeWaitForTheirTurnAndAllAreRead() throws Exception {
    AtomicInteger inMemory = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(AttachmentImporter.MOST_AT_ONCE);
    PlainImporter plain = new PlainImporter();
    FileImporter reader =
        request -> {
          full.countDown();
          full.await();
          inMemory.decrementAndGet();
          return plain.read(request);
        };
    AttachmentImporter importer =
        new AttachmentImporter(
            store.deliveries(),
            store.files(),
            store,
            FileLimits.DEFAULT,
            reader,
            new FileProfiles(plain),
            (incoming, file, limit) -> {
              most.accumulateAndGet(inMemory.incrementAndGet(), Math::max);
              return TABLE;
            });
    List<Future<Imported>> imported = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < DELIVERIES; i++) {
        Delivery delivery = delivery(i);
        imported.add(threads.submit(() -> importer.importAll(delivery)));
      }
    }
    for (Future<Imported> each : imported) {
      assertEquals(new Imported(List.of("pay.csv"), List.of()), each.get());
    }
    assertEquals(AttachmentImporter.MOST_AT_ONCE, most.get());
  }

  @Test
  void ofAnAttachmentsFilesOnlyThoseThatFitAreSentToTheObjectStore() throws Exception {
    MemoryObjects objects = new MemoryObjects();
    String url = "jdbc:sqlite:" + folder.resolve("objects.db");
    PlainImporter plain = new PlainImporter();
    FileProfile profile = FileProfile.unread("x.csv", TABLE.length, "not looked at");
    FileImporter two =
        request ->
            new FileImporter.Read(
                List.of(
                    new FileImporter.ImportedFile("a.csv", "", new byte[] {1, 1, 1}, profile),
                    new FileImporter.ImportedFile("b.csv", "", new byte[] {2, 2, 2}, profile)),
                List.of());
    try (JdbiStore large =
        JdbiStore.open(
            StoreAccess.of(url), Optional.of(new LargeFiles(objects, 1)), Clock.systemUTC())) {
      ConversationId talk = new ConversationId("test/1");
      Attachment zip = new Attachment.Inline("x.zip", TABLE);
      large.deliveries().add(Samples.words("d1", talk, "sum", zip));
      Delivery delivery = large.deliveries().take(new Line(talk, false), "me").orElseThrow();
      Imported imported =
          new AttachmentImporter(
                  large.deliveries(),
                  large.files(),
                  large,
                  new FileLimits(100, 4, 100, 5),
                  two,
                  new FileProfiles(plain),
                  (incoming, file, limit) -> TABLE)
              .importAll(delivery);
      assertEquals(List.of("a.csv"), imported.names());
      assertEquals(1, objects.puts());
      assertEquals(0, large.objects().sweep());
    }
  }

  @Test
  void aFetchThatFailsGivesItsPlaceBack() throws Exception {
    PlainImporter plain = new PlainImporter();
    AttachmentImporter importer =
        new AttachmentImporter(
            store.deliveries(),
            store.files(),
            store,
            FileLimits.DEFAULT,
            plain,
            new FileProfiles(plain),
            (incoming, file, limit) -> {
              throw new DeliveryException(DeliveryException.Kind.TRANSIENT, "the line was lost");
            });
    Delivery delivery = delivery(0);
    int failed = 0;
    for (int i = 0; i <= AttachmentImporter.MOST_AT_ONCE; i++) {
      try {
        importer.importAll(delivery);
      } catch (AttachmentException e) {
        assertTrue(e.isPassing());
        failed++;
      }
    }
    assertEquals(AttachmentImporter.MOST_AT_ONCE + 1, failed);
  }
}
