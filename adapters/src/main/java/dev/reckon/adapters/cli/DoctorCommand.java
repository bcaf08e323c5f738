package dev.reckon.adapters.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TerminalCells;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks every part of the program and says how to fix what does not work. */
@Command(
    name = "doctor",
    description = "Check what works, and say what to do about the rest.",
    footer = {"", "Exit code: 0 when nothing is wrong, 1 otherwise, 2 for wrong configuration."})
final class DoctorCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Room for the sign and the longest name of a part. */
  private static final int MARGIN = 22;

  /** Below this width a part's name stands above what was found, not beside it. */
  private static final int NARROW = 60;

  private final ProgramFactory factory;
  private final Console console;
  private final List<Finding> findings = new ArrayList<>();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  DoctorCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() {
    found(
        Finding.good(
            "jdk", System.getProperty("java.version") + " in " + System.getProperty("java.home")));
    boolean usable = true;
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      program.examine(this::found);
    } catch (ConfigurationException e) {
      usable = false;
      e.problems()
          .forEach(
              problem ->
                  found(
                      Finding.wrong(
                          "configuration",
                          problem,
                          "Fix it; config/reckon.toml names every key.")));
    }
    boolean good = findings.stream().noneMatch(f -> f.state() == Finding.State.WRONG);
    if (json) {
      ObjectNode object = JSON.createObjectNode();
      object.put("ok", good);
      ArrayNode parts = object.putArray("parts");
      for (Finding finding : findings) {
        parts
            .addObject()
            .put("part", finding.part())
            .put("state", finding.state().name().toLowerCase(Locale.ROOT))
            .put("detail", finding.detail())
            .put("advice", finding.advice());
      }
      console.out().println(object);
    } else {
      console.out().println();
      console.out().println(good ? "Reckon is ready." : "Something needs attention; see above.");
      usable().forEach(this::line);
    }
    return !usable ? CommandLineRunner.WRONG : good ? 0 : 1;
  }

  /** What can be done now, and what not yet. */
  private List<String> usable() {
    boolean runs = isUsable("sandbox");
    boolean model = runs && states("model") == Finding.State.GOOD;
    List<String> now = new ArrayList<>();
    List<String> later = new ArrayList<>();
    (runs ? now : later).addAll(List.of("demo", "web", "exec"));
    if (runs && !model) {
      now.add("chat with /run");
    }
    (model ? now : later)
        .addAll(model || !runs ? List.of("ask", "chat") : List.of("ask", "questions in chat"));
    List<String> lines = new ArrayList<>();
    if (!now.isEmpty()) {
      lines.add("Works now: " + String.join(", ", now) + ".");
    }
    if (!later.isEmpty()) {
      lines.add("Not yet: " + String.join(", ", later) + (runs ? " (they need a model)." : "."));
    }
    for (String platform : List.of("slack", "telegram")) {
      Finding.State state = states(platform);
      String name = platform.substring(0, 1).toUpperCase(Locale.ROOT) + platform.substring(1);
      lines.add(
          state == null
              ? name + " is off; reckon setup " + platform + " leads through it."
              : switch (state) {
                case GOOD -> name + " is on.";
                case LESS -> name + " is on; see above for what is missing.";
                case WRONG -> name + " is enabled but does not work; see above.";
              });
    }
    return lines;
  }

  private boolean isUsable(String part) {
    Finding.State state = states(part);
    return state != null && state != Finding.State.WRONG;
  }

  /** The worst state of a part, or null when nothing was found about it. */
  private Finding.@Nullable State states(String part) {
    return findings.stream()
        .filter(finding -> finding.part().toLowerCase(Locale.ROOT).startsWith(part))
        .map(Finding::state)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private void line(String text) {
    TerminalCells.wrapped(text, Math.min(100, console.columns())).forEach(console.out()::println);
  }

  private void found(Finding finding) {
    findings.add(finding);
    if (json) {
      return;
    }
    TextStyle style = console.style();
    String sign =
        switch (finding.state()) {
          case GOOD -> style.green("✓");
          case LESS -> style.yellow("~");
          case WRONG -> style.red("✗");
        };
    int columns = Math.min(100, console.columns());
    boolean narrow = columns < NARROW;
    int margin = narrow ? 2 : MARGIN;
    String left = sign + " " + style.bold(finding.part());
    if (narrow) {
      console.out().println(left);
      left = " ".repeat(margin);
    } else {
      left += " ".repeat(Math.max(1, margin - 2 - finding.part().length()));
    }
    for (String line :
        TerminalCells.wrapped(Sanitizer.visible(finding.detail()), columns - margin)) {
      console.out().println(left + line);
      left = " ".repeat(margin);
    }
    if (!finding.advice().isEmpty()) {
      String arrow = "→ ";
      for (String line :
          TerminalCells.wrapped(Sanitizer.visible(finding.advice()), columns - margin - 2)) {
        console.out().println(" ".repeat(margin) + style.dim(arrow + line));
        arrow = "  ";
      }
    }
    console.out().flush();
  }
}
