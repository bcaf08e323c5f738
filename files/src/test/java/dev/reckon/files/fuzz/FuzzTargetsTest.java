package dev.reckon.files.fuzz;

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
  private static final int MUTATIONS = 15;

  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "attachments", FuzzTargets.Attachments::fuzzerTestOneInput,
          "tables", FuzzTargets.Tables::fuzzerTestOneInput,
          "json", FuzzTargets.JsonFiles::fuzzerTestOneInput,
          "workbooks", FuzzTargets.Workbooks::fuzzerTestOneInput,
          "documents", FuzzTargets.OpenDocuments::fuzzerTestOneInput,
          "archives", FuzzTargets.Archives::fuzzerTestOneInput);

  @TestFactory
  List<DynamicTest> seedsAndMutationsHold() throws IOException {
    Path root = Path.of(System.getProperty("reckon.root"), "files/src/test/resources/fuzz");
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
