package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asked, across conversations. */
class OverviewTest {
  @TempDir Path folder;

  @Test
  void whatAPersonAskedIsFoundInAllConversationsAndNobodyElses() {
    try (JdbiStore store =
        JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC())) {
      RecordFixture fixture = new RecordFixture(store);
      long first = fixture.begin(RecordFixture.ADA, "c1", "sum of 2 and 3", null);
      fixture.finish(first, TurnStatus.VERIFIED, "5", null);
      long other = fixture.begin(RecordFixture.BOB, "c1", "Bob's question", null);
      fixture.finish(other, TurnStatus.VERIFIED, "5", null);
      long second = fixture.begin(RecordFixture.ADA, "c2", "product of 2 and 3", null);
      fixture.finish(second, TurnStatus.FAILED, "", null);
      fixture.begin(RecordFixture.ADA, "c2", "still running", null);
      List<String> asked =
          store.turns().askedBy(RecordFixture.ADA.id(), 9).stream()
              .map(TurnRecord::request)
              .toList();
      assertEquals(List.of("product of 2 and 3", "sum of 2 and 3"), asked);
      assertEquals(1, store.turns().askedBy(RecordFixture.ADA.id(), 1).size());
    }
  }

  @Test
  void whatWasAskedInAChannelIsFoundByTheBeginningOfItsConversations() {
    try (JdbiStore store =
        JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC())) {
      RecordFixture fixture = new RecordFixture(store);
      List<String> asked = new ArrayList<>();
      for (String conversation : List.of("s/T1/C1/1", "s/T1/C1/2", "s/T1/C10/1", "s/T1/C", "x")) {
        long turn = fixture.begin(RecordFixture.ADA, conversation, "in " + conversation, null);
        fixture.finish(turn, TurnStatus.VERIFIED, "5", null);
      }
      fixture.begin(RecordFixture.ADA, "s/T1/C1/3", "still running", null);
      store.turns().askedIn("s/T1/C1/", 9).forEach(turn -> asked.add(turn.request()));
      assertEquals(List.of("in s/T1/C1/2", "in s/T1/C1/1"), asked);
      assertEquals(1, store.turns().askedIn("s/T1/C1/", 1).size());
    }
  }
}
