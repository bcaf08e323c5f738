package dev.reckon.adapters.surface;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The seeds of the rendering targets with some mutations: a fuzzer's work in small. */
class RenderFuzzTest {
  private static final int MUTATIONS = 100;

  @Test
  void whateverAReplyHoldsEachPlatformTakesIt() throws Exception {
    Path folder = Path.of(System.getProperty("reckon.root"), "adapters/src/test/resources/fuzz");
    List<Path> seeds;
    try (Stream<Path> files = Files.list(folder)) {
      seeds = files.sorted().toList();
    }
    for (Path seed : seeds) {
      byte[] bytes = Files.readAllBytes(seed);
      Random random = new Random(bytes.length);
      for (int i = 0; i <= MUTATIONS; i++) {
        byte[] changed = bytes.clone();
        for (int k = i == 0 ? 0 : 1 + random.nextInt(4); k > 0; k--) {
          int at = random.nextInt(changed.length);
          changed[at] =
              random.nextBoolean() ? bytes[random.nextInt(bytes.length)] : (byte) random.nextInt();
        }
        String shown = new String(changed, StandardCharsets.UTF_8);
        try {
          dev.reckon.adapters.slack.RenderFuzzTarget.fuzzerTestOneInput(changed);
          dev.reckon.adapters.telegram.RenderFuzzTarget.fuzzerTestOneInput(changed);
        } catch (AssertionError | Exception e) {
          throw new AssertionError(seed.getFileName() + ": " + shown, e);
        }
      }
    }
  }
}
