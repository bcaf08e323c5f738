package dev.reckon.files.workbook;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Texts of XLSX workbooks: runs in several fonts, and the escapes of control characters. */
final class XlsxText {
  private XlsxText() {}

  /** The text of a string element; reading aids for East Asian words are no part of it. */
  static String rich(XMLStreamReader xml, int most) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals("t")) {
          String more = XmlReading.text(xml, most);
          if (text.length() <= most) {
            text.append(more);
          }
        } else if (xml.getLocalName().equals("rPh")) {
          XmlReading.skip(xml);
        } else {
          depth++;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    return unescaped(text.toString());
  }

  /** Control characters are stored as {@code _x000D_}. */
  static String unescaped(String text) {
    int at = text.indexOf("_x");
    if (at < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    int from = 0;
    while (at >= 0) {
      if (at + 7 <= text.length() && text.charAt(at + 6) == '_' && isHex(text, at + 2, at + 6)) {
        char c = (char) Integer.parseInt(text, at + 2, at + 6, 16);
        plain.append(text, from, at);
        if (c != 0 && !Character.isSurrogate(c)) {
          plain.append(c == '\r' ? "" : String.valueOf(c));
        }
        from = at + 7;
        at = text.indexOf("_x", from);
      } else {
        at = text.indexOf("_x", at + 2);
      }
    }
    return plain.append(text, from, text.length()).toString();
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
