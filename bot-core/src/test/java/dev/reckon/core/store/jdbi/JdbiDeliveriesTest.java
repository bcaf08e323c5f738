package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.Samples.TALK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Deliveries;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class JdbiDeliveriesTest {
  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;
  private String url;

  @BeforeEach
  void choose() {
    url = database.fresh(folder.resolve("deep/er"));
  }

  @Test
  void aRepetitionChangesNothing() {
    try (JdbiStore store = JdbiStore.open(url, Clock.systemUTC())) {
      assertTrue(store.deliveries().add(Samples.words("1", "first")).isPresent());
      assertTrue(store.deliveries().add(Samples.words("1", "again")).isEmpty());
      assertEquals(
          new Content.Text("first", false),
          store.deliveries().next(TALK).orElseThrow().incoming().content());
    }
  }

  @Test
  void whatArrivedIsThereAfterARestartInOrder() {
    ConversationId other = new ConversationId("test/other");
    Incoming pressed =
        Samples.of("3", TALK, new Content.Pressed(new Action(Action.Verb.SAVE, 7), "burn"));
    try (JdbiStore store = JdbiStore.open(url, Clock.systemUTC())) {
      store.deliveries().add(Samples.words("1", TALK, "one"));
      store.deliveries().add(Samples.words("2", other, "elsewhere"));
      store.deliveries().add(pressed);
    }
    try (JdbiStore store = JdbiStore.open(url, Clock.systemUTC())) {
      Deliveries deliveries = store.deliveries();
      assertEquals(List.of(TALK, other), deliveries.waiting(Set.of("fake")));
      long first = deliveries.next(TALK).orElseThrow().seq();
      assertEquals(
          List.of(pressed),
          deliveries.waitingAfter(TALK, first).stream()
              .map(Deliveries.Delivery::incoming)
              .toList());
      deliveries.handled(first);
      assertEquals(pressed, deliveries.next(TALK).orElseThrow().incoming());
    }
  }

  @Test
  void attachedBytesStayUntilTheDeliveryIsHandled() {
    byte[] bytes = {1, 2, 3};
    try (JdbiStore store = JdbiStore.open(url, Clock.systemUTC())) {
      store
          .deliveries()
          .add(
              Samples.words(
                  "1",
                  "look",
                  new Attachment.Remote("far.csv", "F1", 12),
                  new Attachment.Inline("near.csv", bytes)));
      Deliveries.Delivery delivery = store.deliveries().next(TALK).orElseThrow();
      List<Attachment> attachments = delivery.incoming().attachments();
      assertEquals(new Attachment.Remote("far.csv", "F1", 12), attachments.get(0));
      assertArrayEquals(
          bytes, assertInstanceOf(Attachment.Inline.class, attachments.get(1)).content());
      store.deliveries().handled(delivery.seq());
      Attachment.Inline gone =
          assertInstanceOf(
              Attachment.Inline.class,
              store.deliveries().find("1").orElseThrow().incoming().attachments().get(1));
      assertEquals(0, gone.content().length);
    }
  }

  @Test
  void workThatFailsLeavesNothing() {
    try (JdbiStore store = JdbiStore.open(url, Clock.systemUTC())) {
      boolean failed = false;
      try {
        store.transact(
            () -> {
              store.deliveries().add(Samples.words("1", "lost"));
              throw new IllegalArgumentException("halfway");
            });
      } catch (IllegalArgumentException e) {
        failed = true;
      }
      assertTrue(failed);
      assertFalse(store.deliveries().find("1").isPresent());
    }
  }
}
