package dev.reckon.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A name that a file may have stays in the folder that it is resolved in, whatever it is made of.
 */
class FileNamesTest {
  private static final String[] PARTS = {
    "..",
    ".",
    "",
    "/",
    "//",
    "\\",
    "a",
    "b.txt",
    "~",
    "C:",
    "..\\..",
    "%2e%2e",
    "\0",
    "\n",
    " ",
    "...",
    "..a",
    "\uff0e\uff0e",
    "\u2024\u2024",
    "\u202e",
    "\ud800",
    "x".repeat(300),
    "/etc"
  };

  @Test
  void randomNamesStayInTheirFolder() {
    Path folder = Path.of("/srv/results");
    Random random = new Random(5);
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < 50_000; round++) {
      StringBuilder name = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        name.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextBoolean() ? "/" : "");
      }
      if (FileNames.problem(name.toString()).isPresent()) {
        refused++;
        continue;
      }
      accepted++;
      if (name.indexOf("\ud800") >= 0) {
        continue; // no path at all on systems that keep names in UTF-8
      }
      Path resolved = folder.resolve(name.toString());
      assertEquals(resolved, resolved.normalize(), name::toString);
      assertTrue(resolved.startsWith(folder), name::toString);
      assertNotEquals(folder, resolved, name::toString);
    }
    assertTrue(accepted > 500 && refused > 500, accepted + " " + refused);
  }
}
