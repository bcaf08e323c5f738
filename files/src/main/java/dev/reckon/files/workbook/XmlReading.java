package dev.reckon.files.workbook;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Streams XML that may be hostile: no document types, no entities, nothing of unbounded length. */
final class XmlReading {
  /** The longest tag or text in bytes; Excel's longest cell takes a tenth of it. */
  private static final int LONGEST_RUN = 1 << 20;

  /** Bytes in which a declaration of the encoding is looked for. */
  private static final int DECLARATION = 128;

  private static final Pattern ENCODING =
      Pattern.compile("<\\?xml [^>]{0,60}?encoding=[\"']([A-Za-z][A-Za-z0-9._-]{0,30})[\"']");

  private XmlReading() {}

  /**
   * A reader of the bytes, at most so many of them. They are decoded here and not by the parser: it
   * prints bytes that are no characters of their encoding on standard error.
   */
  static XMLStreamReader open(InputStream in, long mostBytes) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    InputStream bytes = new BufferedInputStream(new Bounded(in, mostBytes));
    try {
      CharsetDecoder decoder = encoding(bytes).newDecoder();
      return factory.createXMLStreamReader(new InputStreamReader(bytes, decoder));
    } catch (IOException e) {
      throw new XMLStreamException(e);
    }
  }

  /** By the mark of the byte order or the declaration; UTF-8 without either. */
  private static Charset encoding(InputStream bytes) throws IOException {
    bytes.mark(DECLARATION);
    byte[] start = bytes.readNBytes(DECLARATION);
    bytes.reset();
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00fe\u00ff") || text.startsWith("\u00ff\u00fe")) {
      return StandardCharsets.UTF_16;
    }
    if (text.startsWith("\u00ef\u00bb\u00bf")) {
      bytes.skipNBytes(3);
      return StandardCharsets.UTF_8;
    }
    Matcher declared = ENCODING.matcher(text);
    return declared.lookingAt() && Charset.isSupported(declared.group(1))
        ? Charset.forName(declared.group(1))
        : StandardCharsets.UTF_8;
  }

  /** The text of the element that the reader is at, nested elements' text included. */
  static String text(XMLStreamReader xml, int most) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (xml.isCharacters() && text.length() <= most) {
        text.append(xml.getText());
      }
    }
    return text.toString();
  }

  /** Passes over the element that the reader is at. */
  static void skip(XMLStreamReader xml) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      depth +=
          event == XMLStreamConstants.START_ELEMENT
              ? 1
              : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
    }
  }

  /** An attribute by its local name; empty when there is none. */
  static String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }

  /** Ends where more bytes come than allowed, or one tag or text continues for too long. */
  private static final class Bounded extends FilterInputStream {
    private final long most;
    private long read;
    private int run;

    Bounded(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      for (int i = 0; i < n; i++) {
        byte b = buffer[offset + i];
        run = b == '<' || b == '>' ? 0 : run + 1;
        if (run > LONGEST_RUN) {
          throw new TooLargeException();
        }
      }
      read += Math.max(0, n);
      if (read > most) {
        throw new TooLargeException();
      }
      return n;
    }
  }

  /** More bytes than a readable workbook has. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException() {
      super("more XML than a workbook may have");
    }
  }
}
