package dev.reckon.core.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The seeds of each target, and a few mutations of them: a fuzzer's work in small. */
class FuzzTargetsTest {
  private static final int MUTATIONS = 30;

  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "replies", FuzzTargets.Replies::fuzzerTestOneInput,
          "judgements", FuzzTargets.Judgements::fuzzerTestOneInput,
          "shown", FuzzTargets.Shown::fuzzerTestOneInput,
          "checks", FuzzTargets.Checks::fuzzerTestOneInput);

  @TestFactory
  Stream<DynamicTest> seedsAndMutationsHold() {
    Path root = Path.of(System.getProperty("reckon.root"), "bot-core/src/test/resources/fuzz");
    return TARGETS.entrySet().stream()
        .flatMap(
            target ->
                seeds(root.resolve(target.getKey())).stream()
                    .map(
                        seed ->
                            DynamicTest.dynamicTest(
                                target.getKey() + " " + seed.getFileName(),
                                () -> mutate(Files.readAllBytes(seed), target.getValue()))));
  }

  private static List<Path> seeds(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void mutate(byte[] seed, Consumer<byte[]> target) {
    target.accept(seed);
    Random random = new Random(seed.length);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = seed.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        int at = random.nextInt(changed.length);
        changed[at] =
            random.nextBoolean() ? seed[random.nextInt(seed.length)] : (byte) random.nextInt();
      }
      target.accept(changed);
    }
  }
}
