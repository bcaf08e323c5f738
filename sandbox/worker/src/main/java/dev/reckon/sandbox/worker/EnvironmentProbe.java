package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.worker.files.SharedMounts;
import dev.reckon.sandbox.worker.files.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * Finds out what scripts will find here, in a context of its own: every module of the standard
 * library is really imported, unless an earlier worker's list is given.
 */
final class EnvironmentProbe {
  private static final Source SURVEY = ContextFactory.helper("survey.py");

  private final ContextFactory shared;
  private final SharedMounts trees;
  private final ParentLink parent;

  EnvironmentProbe(ContextFactory shared, SharedMounts trees, ParentLink parent) {
    this.shared = shared;
    this.trees = trees;
    this.parent = parent;
  }

  /** Looks around; takes seconds without a list. */
  Environment take(Optional<Path> list, boolean packages) throws IOException {
    if (list.isPresent() && Files.isReadable(list.get())) {
      return take(shared, Files.readAllLines(list.get()), packages);
    }
    // An engine of its own, because an engine keeps the code of every module ever imported in it.
    try (ContextFactory own = new ContextFactory(packages)) {
      return take(own, List.of(), packages);
    }
  }

  private Environment take(ContextFactory factory, List<String> known, boolean packages) {
    try (Workspace files = trees.workspace();
        Context context = factory.create(files, new RunOutput(parent))) {
      // What the guest's helper takes away is not there for scripts either.
      context.eval(ContextFactory.helper("guest.py"));
      Value survey = context.eval(SURVEY);
      return new Environment(
          survey.getArrayElement(0).execute().asString(),
          known.isEmpty() ? importable(survey) : known,
          packages ? strings(survey.getArrayElement(3).execute(SharedMounts.PACKAGES)) : List.of(),
          strings(survey.getArrayElement(4).execute()),
          List.of());
    }
  }

  private static List<String> importable(Value survey) {
    return strings(survey.getArrayElement(1).execute()).stream()
        .filter(name -> imports(survey, name))
        .toList();
  }

  private static boolean imports(Value survey, String name) {
    try {
      return survey.getArrayElement(2).execute(name).asBoolean();
    } catch (PolyglotException e) {
      // The layer's own exceptions pass through Python: such a module does not import here.
      return false;
    }
  }

  private static List<String> strings(Value list) {
    List<String> strings = new ArrayList<>();
    for (long i = 0; i < list.getArraySize(); i++) {
      strings.add(list.getArrayElement(i).asString());
    }
    return strings;
  }
}
