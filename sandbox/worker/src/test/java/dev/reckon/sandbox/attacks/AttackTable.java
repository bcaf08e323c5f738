package dev.reckon.sandbox.attacks;

import dev.reckon.sandbox.attacks.Attack.Layer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was seen of each attack, as a page. */
final class AttackTable {
  private final List<Attack> catalogue;
  private final Map<String, Seen> seen = new HashMap<>();

  AttackTable(List<Attack> catalogue) {
    this.catalogue = catalogue;
  }

  void saw(Attack attack, @Nullable Layer alone, Seen what) {
    seen.put(key(attack, alone), what);
  }

  String markdown() {
    StringBuilder page = new StringBuilder();
    List<Attack> tried = catalogue.stream().filter(Attack::isTried).toList();
    page.append(
        """
        # Attacks on the sandbox

        Made by `mvn verify -Pattacks`; not edited by hand. Each attack is a Python program that really ran, in
        `sandbox/worker/src/test/resources/attacks`. It counts as withstood when it ended in one of the expected
        ways, showed nothing of the host, and the next honest script on the same pool ran correctly.

        *all layers*: a pool of real workers as it ships. *context alone*: the worker in the test's own process,
        which the kernel does not confine. *kernel alone*: real workers whose contexts may do everything that
        the process may. Only attacks on files, processes, the network and the language are tried against one
        layer alone; time and memory are the parent's to limit. *CPython*: a fork server's children, as they
        ship. *CPython without namespaces*: the same as it is where the system forbids them; attacks by native
        code are tried there as well.

        """);
    page.append(
        "Last run on %s, %s, Java %s, %s.\n\n"
            .formatted(LocalDate.now(ZoneOffset.UTC), system(), Runtime.version(), totals(tried)));
    String group = "";
    for (Attack attack : tried) {
      if (!attack.group().equals(group)) {
        group = attack.group();
        page.append("\n## ").append(group).append("\n\n");
        page.append(
            "| | attack | expected | all layers | context alone | kernel alone | CPython | CPython"
                + " without namespaces |\n");
        page.append("|---|---|---|---|---|---|---|---|\n");
      }
      page.append(
          "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  attack.number(),
                  attack.name(),
                  (attack.isNative() ? attack.onCPython() : attack.expected())
                      .stream().map(Attack.Ending::words).collect(Collectors.joining(", ")),
                  cell(attack, null),
                  cell(attack, Layer.CONTEXT),
                  cell(attack, Layer.KERNEL),
                  cell(attack, Layer.CPYTHON),
                  cell(attack, Layer.UNNAMESPACED)));
    }
    page.append("\n## Not tried here, and why\n\n| | attack | |\n|---|---|---|\n");
    catalogue.stream()
        .filter(attack -> !attack.isTried())
        .forEach(
            attack ->
                page.append(
                    "| %s | %s | %s |\n"
                        .formatted(attack.number(), attack.name(), attack.notHere())));
    return page.toString();
  }

  private String totals(List<Attack> tried) {
    long failed =
        tried.stream()
            .filter(
                attack ->
                    isBreached(attack, null)
                        || isBreached(attack, Layer.CONTEXT)
                        || isBreached(attack, Layer.KERNEL)
                        || isBreached(attack, Layer.CPYTHON)
                        || isBreached(attack, Layer.UNNAMESPACED))
            .count();
    return "%d attacks in %d runs: %s"
        .formatted(
            tried.size(), seen.size(), failed == 0 ? "all withstood" : failed + " NOT withstood");
  }

  private boolean isBreached(Attack attack, @Nullable Layer alone) {
    Seen what = seen.get(key(attack, alone));
    return what != null && what.breach(attack, alone).isPresent();
  }

  private String cell(Attack attack, @Nullable Layer alone) {
    Seen what = seen.get(key(attack, alone));
    if (what == null) {
      return "";
    }
    // Where this was run is nobody's business.
    String words =
        what.words()
            .replaceAll(" \\(in directory \"[^\"]*\"\\)", "")
            .replace("|", "\\|")
            .replace("<", "&lt;");
    return what.breach(attack, alone).map(why -> "**FAILED**: " + why).orElse(words);
  }

  private static String key(Attack attack, @Nullable Layer alone) {
    return alone + " " + attack.number();
  }

  private static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " on "
        + System.getProperty("os.arch");
  }
}
