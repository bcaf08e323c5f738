package dev.reckon.sandbox.wire;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.SandboxFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages between bots and worker hosts survive their bytes; hostile bytes do no harm. */
class HostCodecTest {
  private static final int MUTATIONS = 20_000;

  private static final Environment SECOND =
      new Environment("3.13.1", List.of("re"), List.of("numpy 2"), List.of(), List.of())
          .of("CPython", List.of(new Environment.Layer("seccomp", true, "a list of calls")));

  private static final List<ToHost> TO_HOST =
      List.of(
          new ToHost.Hello(1, "1.2", "ü".repeat(20)),
          new ToHost.Watch(ToHost.Service.FILES),
          new ToHost.Submit(
              ToHost.Service.SCRIPTS,
              "slack/T1",
              "slack/C1",
              new ToWorker.Run(
                  7, "print(1)", List.of(SandboxFile.text("a.csv", "a\n")), Limits.DEFAULT)),
          new ToHost.Inspect(ToHost.Service.SCRIPTS, new ToWorker.Inspect(8, "import os")),
          new ToHost.Cancel(7));

  private static final List<FromHost> FROM_HOST =
      List.of(
          new FromHost.Welcome("1.2"),
          new FromHost.Refused("no"),
          new FromHost.Status(new PoolStatus(1, 2, 3, 4, 5, 6, 7, 8), true),
          new FromHost.Described(
              new Environment("3.12.8", List.of("os"), List.of(), List.of("torch"), List.of())
                  .of("GraalPy", List.of())
                  .withSecond(SECOND)),
          new FromHost.Taken(7),
          new FromHost.Declined(7, "closing"),
          new FromHost.Part(new FromWorker.Output(7, true, new byte[] {1, 2})),
          new FromHost.Part(new FromWorker.File(7, SandboxFile.text("b", "c"))),
          new FromHost.Ended(
              new FromWorker.Finished(7, FromWorker.Ending.MEMORY, null, "", 1, 2), "GraalPy", 99),
          new FromHost.Inspected(new FromWorker.Inspected(8, new Inspection.NotRead("late"))));

  @Test
  void everyMessageSurvivesItsBytes() throws Exception {
    for (ToHost message : TO_HOST) {
      assertArrayEquals(bytes(message), bytes(toHost(bytes(message))));
    }
    for (FromHost message : FROM_HOST) {
      assertArrayEquals(bytes(message), bytes(fromHost(bytes(message))));
    }
  }

  @Test
  void hostileBytesGiveAMessageOrAWireException() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] to = mutated(bytes(TO_HOST.get(i % TO_HOST.size())), random);
      byte[] from = mutated(bytes(FROM_HOST.get(i % FROM_HOST.size())), random);
      try {
        toHost(to);
      } catch (WireException expected) {
        // No message.
      }
      try {
        fromHost(from);
      } catch (WireException expected) {
        // No message.
      }
    }
  }

  @Test
  void onlyASubmissionCarriesAScript() throws Exception {
    byte[] submit = bytes(TO_HOST.get(2));
    byte[] inspect = bytes(TO_HOST.get(3));
    inspect[4] = submit[4]; // the kind of a submission, before the content of an inspection
    assertThrows(WireException.class, () -> toHost(inspect));
  }

  @Test
  void aTokenIsInNoText() {
    assertFalse(TO_HOST.getFirst().toString().contains("ü"));
  }

  private static byte[] mutated(byte[] message, Random random) {
    byte[] changed = message.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed[4 + random.nextInt(changed.length - 4)] = (byte) random.nextInt();
    }
    return changed;
  }

  private static ToHost toHost(byte[] bytes) throws IOException {
    return requireNonNull(
        HostCodec.readToHost(new ByteArrayInputStream(bytes), 100_000, length -> {}));
  }

  private static FromHost fromHost(byte[] bytes) throws IOException {
    return requireNonNull(HostCodec.readFromHost(new ByteArrayInputStream(bytes), () -> 100_000));
  }

  private static byte[] bytes(ToHost message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HostCodec.write(message, out);
    return out.toByteArray();
  }

  private static byte[] bytes(FromHost message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HostCodec.write(message, out);
    return out.toByteArray();
  }
}
