package dev.reckon.core.surface.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.surface.render.PythonSpans.Span;
import dev.reckon.core.surface.render.PythonSpans.Span.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PythonSpansTest {
  private static final String LONG = "x".repeat(200_000);

  @Test
  void eachPieceIsKnownForWhatItIs() {
    assertEquals(
        List.of(
            new Span(Kind.KEYWORD, "return"),
            new Span(Kind.OTHER, " total * "),
            new Span(Kind.NUMBER, "3.14"),
            new Span(Kind.OTHER, " + "),
            new Span(Kind.STRING, "rb'a\\'b'"),
            new Span(Kind.OTHER, " "),
            new Span(Kind.COMMENT, "# 'no' string"),
            new Span(Kind.OTHER, "\n"),
            new Span(Kind.STRING, "f\"\"\"two\nlines\"\"\"")),
        PythonSpans.of("return total * 3.14 + rb'a\\'b' # 'no' string\nf\"\"\"two\nlines\"\"\""));
  }

  @Test
  void thePiecesAreTheSourceWhateverIsOpenOrLong() {
    for (String source :
        List.of("", "'open\nx", "\"\"\"open", "'\\", "1.", "0x_f", "\"" + LONG, "#" + LONG, LONG)) {
      String joined = PythonSpans.of(source).stream().map(Span::text).collect(Collectors.joining());
      assertEquals(source, joined);
    }
  }
}
