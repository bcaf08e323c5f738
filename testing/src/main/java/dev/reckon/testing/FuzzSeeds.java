package dev.reckon.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A fuzzer's work in small: the seeds of a target, and a few mutations of each. */
public final class FuzzSeeds {
  private FuzzSeeds() {}

  /** The seeds of a target, in the order of their names. */
  public static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /**
   * Gives the target a seed and mutations of it, the same ones each time.
   *
   * @param mutations how many
   * @param target throws if it does not bear its input
   */
  public static void feed(Path seed, int mutations, Consumer<byte[]> target) throws IOException {
    byte[] original = Files.readAllBytes(seed);
    target.accept(original);
    Random random = new Random(original.length);
    for (int i = 0; i < mutations && original.length > 0; i++) {
      byte[] changed = original.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        int at = random.nextInt(changed.length);
        changed[at] =
            random.nextBoolean()
                ? original[random.nextInt(original.length)]
                : (byte) random.nextInt();
      }
      target.accept(changed);
    }
  }
}
