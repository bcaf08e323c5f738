package dev.reckon.adapters.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.files.FileImporter.Read;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.wire.WireException;
import dev.reckon.sandbox.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a child sends is hostile: a result within its bounds, or a protocol error. */
class ReadingDecoderTest {
  private static final byte[] GIVEN = {1, 2, 3};

  private static byte[] told(String name, boolean given) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WireOutput out = new WireOutput(bytes);
    out.list(List.of("a notice"), out::text);
    out.list(
        List.of(name),
        file -> {
          out.text(file);
          out.text("part");
          out.flag(given);
          out.text("CSV table");
          out.number(2);
          out.list(List.of("a fact"), out::text);
          out.list(
              List.of("dept"),
              column -> {
                out.text(column);
                out.flag(true);
                out.text("TEXT");
                out.text("text");
                out.number(0);
                out.number(3);
                out.list(List.of("Sales"), out::text);
              });
          out.list(List.of("dept"), out::text);
        });
    return bytes.toByteArray();
  }

  private static Read decode(byte[] told, SandboxFile... more) throws IOException {
    List<SandboxFile> files = new ArrayList<>(List.of(more));
    files.add(new SandboxFile(ReadingDecoder.READING, told));
    return ReadingDecoder.decode(files, GIVEN);
  }

  @Test
  void whatIsToldIsDecoded() throws IOException {
    Read read = decode(told("pay.csv", true));
    assertEquals(List.of("a notice"), read.notices());
    assertEquals(GIVEN, read.files().getFirst().content());
    assertEquals("dept", read.files().getFirst().profile().columns().getFirst().name());
    assertEquals(3, read.files().getFirst().profile().columns().getFirst().distinct());
    Read other = decode(told("pay.csv", false), new SandboxFile("0", new byte[] {9}));
    assertEquals(9, other.files().getFirst().content()[0]);
  }

  @Test
  void aFileWithoutContentOrWithAnUnusableNameIsNoResult() throws IOException {
    byte[] absent = told("pay.csv", false);
    assertThrows(WireException.class, () -> decode(absent));
    byte[] leading = told("../pay.csv", true);
    assertThrows(WireException.class, () -> decode(leading));
    assertThrows(WireException.class, () -> ReadingDecoder.decode(List.of(), GIVEN));
  }

  @Test
  void changedAndCutBytesGiveAResultOrAProtocolError() throws IOException {
    byte[] sound = told("pay.csv", true);
    Random random = new Random(7);
    int broken = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] changed =
          Arrays.copyOf(
              sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
      for (int n = random.nextInt(4); n > 0 && changed.length > 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        var _ = decode(changed);
      } catch (WireException expected) {
        broken++;
      }
    }
    assertTrue(broken > 10_000, "most of them are no result: " + broken);
  }
}
