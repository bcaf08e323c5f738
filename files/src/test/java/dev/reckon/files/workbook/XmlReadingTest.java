package dev.reckon.files.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

class XmlReadingTest {
  private static String text(byte[] bytes) throws XMLStreamException {
    XMLStreamReader xml = XmlReading.open(new ByteArrayInputStream(bytes), 10_000);
    xml.next();
    return XmlReading.text(xml, 100);
  }

  @Test
  void theEncodingIsThatOfTheMarkOrOfTheDeclaration() throws Exception {
    String plain = "<a>Köln</a>";
    assertEquals("Köln", text(plain.getBytes(StandardCharsets.UTF_8)));
    assertEquals("Köln", text(("\ufeff" + plain).getBytes(StandardCharsets.UTF_8)));
    assertEquals("Köln", text(plain.getBytes(StandardCharsets.UTF_16)));
    assertEquals("Köln", text(("\ufeff" + plain).getBytes(StandardCharsets.UTF_16LE)));
    String declared = "<?xml version='1.0' encoding=\"windows-1252\"?>" + plain;
    assertEquals("Köln", text(declared.getBytes(Charset.forName("windows-1252"))));
    assertEquals(
        "Köln", text(declared.replace("windows-1252", "none").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void bytesThatAreNoCharactersAreAnErrorAndNothingIsPrinted() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      byte[] broken = "<a>Köln</a>".getBytes(StandardCharsets.ISO_8859_1);
      assertThrows(XMLStreamException.class, () -> text(broken));
    } finally {
      System.setErr(before);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }
}
