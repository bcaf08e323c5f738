package dev.reckon.adapters.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ReplySurface;
import dev.reckon.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every chat platform promises the core, against a server as strict as the platform's. A
 * subclass gives its surface and a view of what the server has.
 */
public abstract class SurfaceContract extends RenderContract {
  private static final byte[] CSV = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

  /** The smallest picture: one grey pixel. */
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5E"
                  + "rkJggg==");

  /** The smallest picture that a platform takes. */
  public static byte[] picture() {
    return PNG.clone();
  }

  /** The surface on test. */
  protected abstract Surface surface();

  /** A place that several people read. */
  protected abstract Address group();

  /** Somebody there. */
  protected abstract Person asker();

  /** The messages in the group, oldest first, as a reader sees them, without files. */
  protected abstract List<String> messages();

  /** The files in the group by name, in the order in which they came. */
  protected abstract Map<String, byte[]> files();

  /** What the pictures that a reader sees in the group say of themselves, oldest first. */
  protected abstract List<String> pictures();

  /** Lets the platform find fault with the next picture. */
  protected abstract void refusePictures();

  /** How many files came in all, the same one twice counted twice. */
  protected abstract int uploads();

  /** Whether a message in the group notifies that person. */
  protected abstract boolean notifies(Person person);

  /** The buttons in sight under the group's newest message, by their labels. */
  protected abstract List<String> buttons();

  /** Lets the platform ask for a pause on the next message. */
  protected abstract void limitNext(Duration pause);

  /** What the server refused for a mistake of the caller's. */
  protected abstract List<String> mistakes();

  @AfterEach
  void theServerHadNothingToRefuse() {
    assertEquals(List.of(), mistakes());
  }

  private static Optional<byte[]> content(String id) {
    return id.equals("gone") ? Optional.empty() : Optional.of(id.startsWith("png") ? PNG : CSV);
  }

  /** Keeps receipts, and ends the process behind the last one. */
  private static ReplySurface.Receipts crashingBehind(int last, List<MessageRef> saved) {
    return receipt -> {
      saved.add(receipt);
      if (saved.size() == last) {
        throw new IllegalStateException("the process ends here");
      }
    };
  }

  private MessageRef post(Reply reply, ReplySurface.Receipts receipts) throws Exception {
    return surface().post(group(), reply, Optional.empty(), SurfaceContract::content, receipts);
  }

  private MessageRef edit(MessageRef message, Reply reply, ReplySurface.Receipts receipts)
      throws Exception {
    return surface().edit(group(), message, reply, SurfaceContract::content, receipts);
  }

  @Override
  protected String shown(Reply reply) throws Exception {
    post(reply, receipt -> {});
    return messages().getLast();
  }

  /** A reply with a long output and two files of its own: a message and three files. */
  private static Reply withFiles() {
    return answer(
        Reply.Kind.VERIFIED,
        new Block.Output(lines(500), 0),
        new Block.File("7", "one.csv", CSV.length),
        new Block.File("8", "two.csv", CSV.length));
  }

  @Test
  void afterACrashBehindAnyReceiptTheRestIsSentOnce() throws Exception {
    for (int survived = 1; survived <= 4; survived++) {
      int before = messages().size();
      int uploadsBefore = uploads();
      List<MessageRef> saved = new ArrayList<>();
      ReplySurface.Receipts crashing = crashingBehind(survived, saved);
      assertThrows(IllegalStateException.class, () -> post(withFiles(), crashing));
      MessageRef resumed = edit(saved.getLast(), withFiles(), receipt -> {});
      assertEquals(resumed, edit(resumed, withFiles(), receipt -> {}));
      assertEquals(before + 1, messages().size(), "messages after receipt " + survived);
      assertEquals(uploadsBefore + 3, uploads(), "files after receipt " + survived);
    }
  }

  /** An answer with so many charts, and a file. */
  protected static Reply withCharts(int count) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Block.File file = new Block.File("png" + i, "chart%d.png".formatted(i), PNG.length);
      blocks.add(new Block.Chart(file, 1, 1, "Chart %d (bars)".formatted(i), List.of()));
    }
    blocks.add(new Block.Output("a 1\nb 2\n", 0));
    blocks.add(new Block.File("7", "one.csv", CSV.length));
    return answer(Reply.Kind.VERIFIED, blocks.toArray(Block[]::new));
  }

  @Test
  void aChartIsSeenInTheReplyAndNotOnlyNamed() throws Exception {
    MessageRef sent = post(withCharts(1), receipt -> {});
    assertEquals(List.of("Chart 1 (bars)"), pictures());
    assertEquals(List.of("chart1.png", "one.csv"), List.copyOf(files().keySet()));
    assertEquals(sent, edit(sent, withCharts(1), receipt -> {}));
    assertEquals(List.of("Chart 1 (bars)"), pictures());
    assertEquals(2, uploads());
  }

  @Test
  void aChartComesIntoAMessageThatShowedProgressBefore() throws Exception {
    MessageRef anchor =
        post(answer(Reply.Kind.UNVERIFIED, new Block.Output("a\nb", 0)), receipt -> {});
    edit(anchor, withCharts(2), receipt -> {});
    assertEquals(List.of("Chart 1 (bars)", "Chart 2 (bars)"), pictures());
    assertEquals(1, messages().size());
  }

  @Test
  void afterACrashBehindAnyReceiptEachChartIsSeenOnce() throws Exception {
    for (int survived = 1; survived <= 3; survived++) {
      int seen = pictures().size();
      int uploadsBefore = uploads();
      List<MessageRef> saved = new ArrayList<>();
      ReplySurface.Receipts crashing = crashingBehind(survived, saved);
      assertThrows(IllegalStateException.class, () -> post(withCharts(2), crashing));
      MessageRef resumed = edit(saved.getLast(), withCharts(2), receipt -> {});
      assertEquals(resumed, edit(resumed, withCharts(2), receipt -> {}));
      assertEquals(seen + 2, pictures().size(), "pictures after receipt " + survived);
      assertEquals(uploadsBefore + 3, uploads(), "files after receipt " + survived);
    }
  }

  @Test
  void aChartThatThePlatformDoesNotShowIsAFile() throws Exception {
    refusePictures();
    MessageRef sent = post(withCharts(1), receipt -> {});
    assertEquals(List.of(), pictures());
    assertArrayEquals(PNG, files().get("chart1.png"));
    assertEquals(sent, edit(sent, withCharts(1), receipt -> {}));
    assertEquals(List.of(), pictures());
  }

  @Test
  void repeatingAnEditChangesNothing() throws Exception {
    MessageRef anchor =
        post(answer(Reply.Kind.UNVERIFIED, new Block.Output("a\nb", 0)), receipt -> {});
    Reply answer = answer(Reply.Kind.VERIFIED, new Block.Output("c\nd", 0));
    MessageRef edited = edit(anchor, answer, receipt -> {});
    List<String> once = messages();
    assertEquals(1, once.size());
    assertFalse(once.getFirst().contains("a\nb"), once.getFirst());
    assertEquals(edited, edit(edited, answer, receipt -> {}));
    assertEquals(once, messages());
  }

  /** The surface forgets what it keeps in memory, as after the end of its process. */
  protected void restart() {}

  private static Reply working(String doing) {
    return new Reply(
        42,
        Reply.Kind.WORKING,
        doing,
        List.of(new Block.Text("Person: a sum")),
        List.of(new Action(Action.Verb.CANCEL, 42)));
  }

  @Test
  void anAnswerTakesThePlaceOfItsProgress() throws Exception {
    MessageRef anchor = post(working("Writing the program …"), receipt -> {});
    anchor = edit(anchor, working("Running the program …"), receipt -> {});
    assertEquals(1, messages().size());
    assertTrue(messages().getFirst().contains("Running the program"), messages().getFirst());
    MessageRef edited = edit(anchor, withFiles(), receipt -> {});
    List<String> once = messages();
    assertEquals(1, once.size());
    assertTrue(once.getFirst().contains("line 1 of the output"), once.getFirst());
    assertEquals(edited, edit(edited, withFiles(), receipt -> {}));
    assertEquals(once, messages());
    assertEquals(3, uploads());
  }

  @Test
  void afterACrashBehindAnyReceiptAnAnswerThatEndsProgressIsThereOnce() throws Exception {
    for (int survived = 1; survived <= 3; survived++) {
      int before = messages().size();
      int uploadsBefore = uploads();
      MessageRef anchor = post(working("Writing the program …"), receipt -> {});
      List<MessageRef> saved = new ArrayList<>();
      ReplySurface.Receipts crashing = crashingBehind(survived, saved);
      assertThrows(IllegalStateException.class, () -> edit(anchor, withFiles(), crashing));
      restart();
      edit(saved.getLast(), withFiles(), receipt -> {});
      assertEquals(before + 1, messages().size(), "messages after receipt " + survived);
      String shown = messages().getLast();
      assertEquals(1, shown.split("line 1 of the output\\R", -1).length - 1, shown);
      assertEquals(uploadsBefore + 3, uploads(), "files after receipt " + survived);
    }
  }

  @Test
  void progressThatARestartInterruptsIsGoneOnWithInItsMessage() throws Exception {
    MessageRef anchor = post(working("Writing the program …"), receipt -> {});
    restart();
    anchor = edit(anchor, working("Running the program …"), receipt -> {});
    assertTrue(messages().getLast().contains("Running the program"), messages().getLast());
    restart();
    edit(anchor, answer(Reply.Kind.VERIFIED, new Block.Output("c\nd", 0)), receipt -> {});
    assertEquals(1, messages().size());
    assertFalse(messages().getFirst().contains("Running"), messages().getFirst());
  }

  @Test
  void longOutputIsAnExcerptAndAFileThatHasAllOfIt() throws Exception {
    String shown = shown(answer(Reply.Kind.VERIFIED, new Block.Output(lines(4_000), 0)));
    assertTrue(shown.contains("line 1 of the output"), shown);
    assertFalse(shown.contains("line 3999 of the output"), shown);
    assertTrue(shown.replace("\u2060", "").contains("output.txt"), shown);
    String file = new String(files().get("output.txt"), StandardCharsets.UTF_8);
    assertEquals(lines(4_000), file.strip());
  }

  @Test
  void filesArriveWithTheirContentAndExpiredOnesAreSaid() throws Exception {
    post(
        answer(
            Reply.Kind.VERIFIED,
            new Block.Output("x\ny", 0),
            new Block.File("7", "one.csv", CSV.length),
            new Block.File("gone", "old.csv", 3)),
        receipt -> {});
    assertArrayEquals(CSV, files().get("one.csv"));
    String all = String.join("\n", messages()).replace("\u2060", "");
    assertTrue(all.contains("old.csv is no longer kept"), all);
  }

  @Test
  void whoeverIsNamedIsNotifiedAndHostileTextNotifiesNobody() throws Exception {
    shown(new Reply(42, Reply.Kind.VERIFIED, HOSTILE, List.of(new Block.Text(HOSTILE)), List.of()));
    assertFalse(notifies(asker()));
    surface()
        .post(
            group(),
            answer(Reply.Kind.VERIFIED, new Block.Output("x\ny", 0)),
            Optional.of(asker()),
            SurfaceContract::content,
            receipt -> {});
    assertTrue(notifies(asker()));
  }

  @Test
  void threeButtonsAndTwoSmallOnesAreInSight() throws Exception {
    shown(answer(Reply.Kind.VERIFIED, new Block.Output("x\ny", 0)));
    assertEquals(List.of("Show code", "Run again", "Save as…", "👍", "👎", "⋯"), buttons());
    shown(answer(Reply.Kind.UNVERIFIED, new Block.Output("x\ny", 0)));
    assertEquals(List.of("Show code", "Run again", "Edit and run", "👍", "👎", "⋯"), buttons());
  }

  @Test
  protected void aPauseThatThePlatformAsksForReachesTheCore() throws Exception {
    limitNext(Duration.ofSeconds(7));
    DeliveryException refused =
        assertThrows(
            DeliveryException.class,
            () -> post(answer(Reply.Kind.VERIFIED, new Block.Output("x\ny", 0)), receipt -> {}));
    assertEquals(DeliveryException.Kind.RATE_LIMITED, refused.kind());
    assertEquals(Duration.ofSeconds(7), refused.retryAfter());
    assertEquals(List.of(), messages());
  }
}
