package dev.reckon.sandbox.attacks;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.attacks.Attack.Ending;
import dev.reckon.sandbox.attacks.Attack.Layer;
import dev.reckon.sandbox.kernel.Architecture;
import dev.reckon.sandbox.worker.WarmWorker;
import dev.reckon.sandbox.worker.WarmWorker.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue of attacks, really executed: with all layers up, and again with the context's layer
 * alone and the kernel's layer alone. A build tries a part; the profile {@code attacks} tries all
 * and writes {@code docs/attacks.md}. Needs workers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(WarmWorker.class)
class AttacksTest {
  private static final boolean ALL = Boolean.getBoolean("reckon.attacks.all");
  private static final long MOST_GROWTH_BYTES = 64L << 20;
  private static final int OF_EACH_CHAPTER = 2;

  private final List<Attack> catalogue = Catalogue.all();
  private final AttackTable table = new AttackTable(catalogue);

  @TempDir private Path folder;

  @Test
  void everyAttackHasANumberOfItsOwn() {
    List<String> numbers = catalogue.stream().map(Attack::number).toList();
    assertEquals(numbers, numbers.stream().distinct().toList());
    assertTrue(catalogue.size() > 150, () -> catalogue.size() + " attacks");
  }

  @TestFactory
  Stream<DynamicTest> withAllLayers() throws Exception {
    AttackedPool pool = AttackedPool.open(2, List.of(), folder);
    long before = usedMemory();
    return Stream.concat(
        chosen()
            .filter(attack -> !attack.isNative())
            .map(attack -> dynamicTest(title(attack), () -> tryOn(pool, attack, null))),
        Stream.of(
            dynamicTest(
                "afterwards the parent's memory is flat and nothing is left",
                () -> {
                  long grown = usedMemory() - before;
                  assertTrue(grown < MOST_GROWTH_BYTES, () -> grown + " bytes more than before");
                  List<Long> workers =
                      ProcessHandle.current().children().map(ProcessHandle::pid).toList();
                  pool.close();
                  assertEquals(
                      List.of(),
                      workers.stream().filter(pid -> ProcessHandle.of(pid).isPresent()).toList());
                })));
  }

  @TestFactory
  Stream<DynamicTest> withTheContextsLayerAlone(Line worker) {
    return chosen()
        .filter(attack -> attack.alone().contains(Layer.CONTEXT))
        .map(
            attack ->
                dynamicTest(
                    title(attack),
                    () -> {
                      Line.Answer answer =
                          worker.run(
                              attack.code(),
                              Limits.DEFAULT.withWallTime(attack.wallTime(Layer.CONTEXT)));
                      judge(attack, seen(answer), Layer.CONTEXT);
                      assertEquals(
                          "hi 42\n",
                          worker
                              .run("print(open('i').read(), 6 * 7)", SandboxFile.text("i", "hi"))
                              .stdout());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> withTheKernelsLayerAlone() throws Exception {
    assumeTrue(Architecture.current().isPresent(), "no such layer on this platform");
    AttackedPool pool = AttackedPool.open(1, OpenContexts.before(folder), folder);
    DynamicTest control = dynamicTest("before, the context really is open", pool::reachesTheHost);
    return Stream.of(
            Stream.of(control),
            chosen()
                .filter(attack -> attack.alone().contains(Layer.KERNEL))
                .map(attack -> dynamicTest(title(attack), () -> tryOn(pool, attack, Layer.KERNEL))),
            Stream.of(dynamicTest("afterwards the pool closes", pool::close)))
        .flatMap(tests -> tests);
  }

  /**
   * The layers are the workers' own, so a few of each chapter show that none is lost on the way.
   */
  @TestFactory
  Stream<DynamicTest> onAWorkerHost() throws Exception {
    AttackedPool host = AttackedPool.open(1, List.of(), folder).hosted();
    return Stream.concat(
        catalogue.stream()
            .filter(attack -> attack.isTried() && attack.often() && !attack.isNative())
            .collect(Collectors.groupingBy(Attack::group, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .flatMap(chapter -> chapter.stream().limit(OF_EACH_CHAPTER))
            .map(
                attack ->
                    dynamicTest(
                        title(attack),
                        () -> {
                          assertEquals(
                              Optional.empty(), host.attack(attack, null).breach(attack, null));
                          host.isUnharmed();
                        })),
        Stream.of(dynamicTest("afterwards the host closes", host::close)));
  }

  @TestFactory
  Stream<DynamicTest> onCPython() {
    return onCPython(Layer.CPYTHON, attack -> true);
  }

  @TestFactory
  Stream<DynamicTest> onCPythonWithoutNamespaces() {
    return onCPython(Layer.UNNAMESPACED, Attack::isNative);
  }

  private Stream<DynamicTest> onCPython(Layer layer, Predicate<Attack> which) {
    AttackedPool pool = AttackedPool.ofCPython(layer == Layer.CPYTHON).orElse(null);
    assumeTrue(pool != null, "no Python with NumPy; install python3-numpy");
    AttackedPool attacked = requireNonNull(pool);
    return Stream.concat(
        chosen()
            .filter(which)
            .map(attack -> dynamicTest(title(attack), () -> tryOn(attacked, attack, layer))),
        Stream.of(dynamicTest("afterwards the pool closes", attacked::close)));
  }

  @AfterAll
  void writeTable() throws Exception {
    if (ALL) {
      Files.writeString(
          Path.of(System.getProperty("reckon.root"), "docs/attacks.md"), table.markdown());
    }
  }

  private Stream<Attack> chosen() {
    return catalogue.stream().filter(Attack::isTried).filter(attack -> ALL || attack.often());
  }

  private static String title(Attack attack) {
    return attack.number() + " " + attack.name();
  }

  private void tryOn(AttackedPool pool, Attack attack, @Nullable Layer alone) throws Exception {
    judge(attack, pool.attack(attack, alone), alone);
    if (alone == null) {
      pool.isUnharmed();
    } else if (alone.isCPython()) {
      pool.runsOn();
    }
  }

  private void judge(Attack attack, Seen seen, @Nullable Layer alone) {
    table.saw(attack, alone, seen);
    seen.breach(attack, alone)
        .ifPresent(
            why -> {
              throw new AssertionError(why + "\n" + seen + "\n" + attack.code());
            });
  }

  private static Seen seen(Line.Answer answer) {
    Produced produced = new Produced(answer.stdout(), answer.stderr(), 0, answer.files(), 0);
    return switch (answer.finished().ending()) {
      case COMPLETED -> new Seen(Ending.HARMLESS, "", produced, answer.everything());
      case FAILED, BLOCKED -> Seen.refused(requireNonNull(answer.finished().error()), produced);
      case WALL_TIME, CPU_TIME -> new Seen(Ending.TIME_LIMIT, "", produced, answer.stdout());
      case MEMORY -> new Seen(Ending.MEMORY_LIMIT, "", produced, answer.stdout());
      case OUTPUT_FLOOD -> new Seen(Ending.OUTPUT_LIMIT, "", produced, answer.stdout());
      case CANCELLED, FAULT ->
          throw new AssertionError("a fault of ours: " + answer.finished().detail());
    };
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
