package dev.reckon.files.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.encoding.TextDecoder.DecodedText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TextDecoderTest {
  private final TextDecoder decoder = new TextDecoder();

  private DecodedText decode(byte[] content) {
    return decoder.decode(content).orElseThrow();
  }

  @TestFactory
  Stream<DynamicTest> sentences() throws IOException {
    return Sentence.all().stream()
        .map(
            sentence ->
                DynamicTest.dynamicTest(
                    sentence.toString(),
                    () -> assertEquals(sentence.text(), decode(sentence.bytes()).text())));
  }

  @Test
  void marksAreTakenOff() {
    String text = "name,city\nZoë,Köln\n";
    for (String name : new String[] {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
      DecodedText decoded = decode(("\uFEFF" + text).getBytes(Charset.forName(name)));
      assertEquals(text, decoded.text(), name);
      assertEquals(name.toLowerCase(java.util.Locale.ROOT), decoded.encoding());
      assertTrue(decoded.mark());
    }
  }

  @Test
  void badBytesAmongGoodOnesAreCounted() {
    byte[] content = "Zoë, Köln, Kraków, Łódź.".getBytes(StandardCharsets.UTF_8);
    content[content.length - 1] = (byte) 0xFF;
    DecodedText decoded = decode(content);
    assertEquals("Zoë, Köln, Kraków, Łódź\uFFFD", decoded.text());
    assertEquals(1, decoded.replaced());
    assertEquals("utf-8", decoded.encoding());
  }

  @Test
  void bytesThatAreNoTextStayApart() {
    assertTrue(decoder.decode(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}).isEmpty());
    byte[] noise = new byte[4096];
    new java.util.Random(3).nextBytes(noise);
    assertTrue(decoder.decode(noise).isEmpty());
    assertTrue(decoder.decode(new byte[1000]).isEmpty());
    assertEquals("", decode(new byte[0]).text());
  }

  @Test
  void twoByteOrderMarksAreNoText() {
    byte[] twice = "\uFEFF\uFEFFid,name\n1,x\n".getBytes(StandardCharsets.UTF_8);
    assertEquals("id,name\n1,x\n", new TextDecoder().decode(twice).orElseThrow().text());
  }

  @Test
  void zerosAmongControlCharactersAreNoUtf16() {
    byte[] bytes = {0, 4, 0, 6, 0x6e, 0x26, 0, 6, 0x6e, 0x26, 0, 4, 0, 3, 0, 2};
    assertEquals(Optional.empty(), new TextDecoder().decode(bytes));
  }
}
