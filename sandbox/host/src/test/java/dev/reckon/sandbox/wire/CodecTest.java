package dev.reckon.sandbox.wire;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.SourceReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The messages survive their bytes, and hostile bytes give a {@link WireException} or a message.
 */
class CodecTest {
  private static final GuestError ERROR = new GuestError("KeyError", "'ü'", 3, "Traceback ...");
  private static final List<FromWorker> FROM_WORKER =
      List.of(
          new FromWorker.Ready(
              new Environment(
                  "3.12.8",
                  List.of("re", "csv"),
                  List.of("tabulate"),
                  List.of("numpy"),
                  List.of(new Environment.Layer("seccomp", true, "no exec")))),
          new FromWorker.Idle(42),
          new FromWorker.Output(7, true, new byte[] {1, 2, 3}),
          new FromWorker.File(7, SandboxFile.text("a/b.txt", "hello")),
          new FromWorker.Read(7, "a/b.txt"),
          new FromWorker.Finished(7, FromWorker.Ending.FAILED, ERROR, "", 5, 1),
          new FromWorker.Finished(8, FromWorker.Ending.COMPLETED, null, "", 0, 0),
          new FromWorker.Inspected(
              9,
              new Inspection.Read(
                  new SourceReport(
                      ERROR,
                      12,
                      List.of(new SourceReport.Import("os", 1, true)),
                      List.of(new SourceReport.Use("os.system", 2, true)),
                      Set.of(SourceReport.Trait.RANDOM)))),
          new FromWorker.Inspected(10, new Inspection.NotRead("it takes too long to read")));
  private static final List<ToWorker> TO_WORKER =
      List.of(
          new ToWorker.Run(
              1, "print('ü')", List.of(SandboxFile.text("t.csv", "a,b\n")), Limits.DEFAULT),
          new ToWorker.Inspect(2, "import os"),
          new ToWorker.Cancel(1),
          new ToWorker.Shutdown());

  @Test
  void messagesSurviveTheirBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (FromWorker message : FROM_WORKER) {
      FromWorkerCodec.write(message, out);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    for (FromWorker message : FROM_WORKER) {
      assertArrayEquals(
          bytes(message), bytes(requireNonNull(FromWorkerCodec.read(in))), message.toString());
    }
    assertNull(FromWorkerCodec.read(in));

    ByteArrayOutputStream to = new ByteArrayOutputStream();
    for (ToWorker message : TO_WORKER) {
      ToWorkerCodec.write(message, to);
    }
    ByteArrayInputStream back = new ByteArrayInputStream(to.toByteArray());
    ToWorker.Run run = (ToWorker.Run) requireNonNull(ToWorkerCodec.read(back));
    assertEquals("print('ü')", run.source());
    assertEquals("t.csv", run.files().getFirst().name());
    assertEquals(Limits.DEFAULT, run.limits());
    assertEquals(TO_WORKER.get(1), ToWorkerCodec.read(back));
    assertEquals(TO_WORKER.get(2), ToWorkerCodec.read(back));
    assertEquals(TO_WORKER.get(3), ToWorkerCodec.read(back));
    assertNull(ToWorkerCodec.read(back));
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    for (FromWorker message : FROM_WORKER) {
      FromWorker read =
          requireNonNull(FromWorkerCodec.read(new ByteArrayInputStream(bytes(message))));
      switch (message) {
        case FromWorker.Output output ->
            assertArrayEquals(output.bytes(), ((FromWorker.Output) read).bytes());
        case FromWorker.File file ->
            assertArrayEquals(file.file().content(), ((FromWorker.File) read).file().content());
        default -> assertEquals(message, read);
      }
    }
  }

  @Test
  void aFrameThatPromisesTooMuchIsRefusedBeforeItIsRead() {
    byte[] header = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();
    assertThrows(WireException.class, () -> FromWorkerCodec.read(new ByteArrayInputStream(header)));
    byte[] negative = ByteBuffer.allocate(4).putInt(-1).array();
    assertThrows(
        WireException.class, () -> FromWorkerCodec.read(new ByteArrayInputStream(negative)));
  }

  @Test
  void aListThatPromisesMoreThanTheFrameHoldsIsRefused() {
    byte[] frame =
        ByteBuffer.allocate(14)
            .putInt(10)
            .put((byte) 1)
            .putInt(1)
            .put((byte) 'x')
            .putInt(99_999)
            .array();
    assertThrows(WireException.class, () -> FromWorkerCodec.read(new ByteArrayInputStream(frame)));
  }

  @Test
  void aFileNameThatLeadsOutIsRefused() throws IOException {
    byte[] bytes = bytes(new FromWorker.File(1, SandboxFile.text("aa/b", "x")));
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("aa/b");
    bytes[at] = '.';
    bytes[at + 1] = '.';
    assertThrows(WireException.class, () -> FromWorkerCodec.read(new ByteArrayInputStream(bytes)));
  }

  @Test
  void theBoundOfTheMomentIsAskedWhenAMessageHasBegun() throws IOException {
    byte[] bytes = bytes(FROM_WORKER.get(3));
    int length = bytes.length - Integer.BYTES;
    assertNotNull(FromWorkerCodec.read(new ByteArrayInputStream(bytes), () -> length));
    assertThrows(
        WireException.class,
        () -> FromWorkerCodec.read(new ByteArrayInputStream(bytes), () -> length - 1));
    assertNull(
        FromWorkerCodec.read(
            new ByteArrayInputStream(new byte[0]),
            () -> {
              throw new AssertionError("nothing has begun");
            }));
  }

  @Test
  void aLineBeforeTheFirstIsRefused() throws IOException {
    GuestError nowhere = new GuestError("E", "", -1, "");
    byte[] bytes = bytes(new FromWorker.Finished(7, FromWorker.Ending.FAILED, nowhere, "", 0, 0));
    assertThrows(WireException.class, () -> FromWorkerCodec.read(new ByteArrayInputStream(bytes)));
  }

  @Test
  void aStreamThatIsCutAnywhereGivesItsWholeMessagesFirst() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] ends = new int[FROM_WORKER.size()];
    for (int i = 0; i < ends.length; i++) {
      FromWorkerCodec.write(FROM_WORKER.get(i), out);
      ends[i] = out.size();
    }
    for (int cut = 0; cut < out.size(); cut++) {
      ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray(), 0, cut);
      int at = cut;
      long whole = Arrays.stream(ends).filter(end -> end <= at).count();
      for (long i = 0; i < whole; i++) {
        assertNotNull(FromWorkerCodec.read(in));
      }
      if (Arrays.stream(ends).anyMatch(end -> end == at) || cut == 0) {
        assertNull(FromWorkerCodec.read(in));
      } else {
        assertThrows(WireException.class, () -> FromWorkerCodec.read(in), "cut at " + cut);
      }
    }
  }

  @Test
  void mutatedMessagesToAWorkerGiveAMessageOrAWireException() throws IOException {
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ToWorkerCodec.write(TO_WORKER.get(random.nextInt(TO_WORKER.size())), out);
      byte[] bytes = out.toByteArray();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        ToWorkerCodec.read(new ByteArrayInputStream(bytes));
      } catch (WireException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000, "mutation reached the checks: " + refused);
  }

  @Test
  void mutatedFramesGiveAMessageOrAWireException() throws IOException {
    Random random = new Random(20_261_124);
    int refused = 0;
    for (int round = 0; round < 40_000; round++) {
      byte[] bytes = bytes(FROM_WORKER.get(random.nextInt(FROM_WORKER.size())));
      for (int i = random.nextInt(4); i >= 0; i--) {
        // Mostly behind the header, so that the message's parts are reached.
        int at = random.nextInt(8) == 0 ? random.nextInt(4) : 4 + random.nextInt(bytes.length - 4);
        bytes[at] = (byte) random.nextInt(256);
      }
      refused += refuses(bytes) ? 1 : 0;
    }
    assertTrue(refused > 1000, "mutation reached the checks: " + refused);
  }

  @Test
  void randomFramesGiveAMessageOrAWireException() throws IOException {
    Random random = new Random(3);
    int refused = 0;
    for (int round = 0; round < 40_000; round++) {
      byte[] body = new byte[1 + random.nextInt(200)];
      random.nextBytes(body);
      body[0] = (byte) (1 + random.nextInt(7));
      byte[] bytes = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
      refused += refuses(bytes) ? 1 : 0;
    }
    assertTrue(refused > 30_000, "random bytes are hardly ever a message: " + refused);
  }

  private static boolean refuses(byte[] bytes) throws IOException {
    try {
      FromWorkerCodec.read(new ByteArrayInputStream(bytes));
      return false;
    } catch (WireException e) {
      return true;
    }
  }

  private static byte[] bytes(FromWorker message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FromWorkerCodec.write(message, out);
    return out.toByteArray();
  }
}
