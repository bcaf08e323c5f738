package dev.reckon.core.fuzz;

import dev.reckon.testing.FuzzSeeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs each fuzz target on its seeds and a few mutations of them. */
class FuzzTargetsTest {
  private static final int MUTATIONS = 30;

  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "replies", FuzzTargets.Replies::fuzzerTestOneInput,
          "judgements", FuzzTargets.Judgements::fuzzerTestOneInput,
          "shown", FuzzTargets.Shown::fuzzerTestOneInput,
          "checks", FuzzTargets.Checks::fuzzerTestOneInput);

  @TestFactory
  List<DynamicTest> seedsAndMutationsHold() throws IOException {
    Path root = Path.of(System.getProperty("reckon.root"), "bot-core/src/test/resources/fuzz");
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, Consumer<byte[]>> target : TARGETS.entrySet()) {
      for (Path seed : FuzzSeeds.in(root.resolve(target.getKey()))) {
        tests.add(
            DynamicTest.dynamicTest(
                target.getKey() + " " + seed.getFileName(),
                () -> FuzzSeeds.feed(seed, MUTATIONS, target.getValue())));
      }
    }
    return tests;
  }
}
