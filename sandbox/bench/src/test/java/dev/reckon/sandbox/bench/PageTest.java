package dev.reckon.sandbox.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final Section FIRST =
      new Section(
          List.of(new Goal("speed", "10", "12", true)), "## Speed\n\n| a | b |\n\nWords.\n");
  private static final Section SECOND =
      new Section(List.of(new Goal("weight", "9", "11", false)), "## Weight\n\nHeavy.\n");

  @Test
  void itHoldsGoalsAndPartsInTheOrderOfMeasuring() {
    Page page = new Page("");
    page.put(FIRST, "Measured once.");
    page.put(SECOND, "Measured once.");

    String text = page.text();

    assertTrue(
        text.endsWith(
            """
            | | goal | measured | reached |
            |---|---|---|---|
            | speed | 10 | 12 | yes |
            | weight | 9 | 11 | **no** |

            ## Speed

            Measured once.

            | a | b |

            Words.

            ## Weight

            Measured once.

            Heavy.
            """),
        text);
  }

  @Test
  void whatIsNotMeasuredAnewStays() {
    Page once = new Page("");
    once.put(FIRST, "Measured once.");
    once.put(SECOND, "Measured once.");
    Page again = new Page(once.text());
    again.put(
        new Section(List.of(new Goal("weight", "9", "8", true)), "## Weight\n\nLight.\n"),
        "Measured again.");

    assertEquals(
        once.text()
            .replace("| weight | 9 | 11 | **no** |", "| weight | 9 | 8 | yes |")
            .replace(
                "## Weight\n\nMeasured once.\n\nHeavy.", "## Weight\n\nMeasured again.\n\nLight."),
        again.text());
  }
}
