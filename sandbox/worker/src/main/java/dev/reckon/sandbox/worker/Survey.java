package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.worker.files.Trees;
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
final class Survey {
  private static final Source SURVEY = ContextFactory.helper("survey.py");

  private final ContextFactory factory;
  private final Trees trees;
  private final ParentLink parent;

  Survey(ContextFactory factory, Trees trees, ParentLink parent) {
    this.factory = factory;
    this.trees = trees;
    this.parent = parent;
  }

  /** Looks around; takes seconds without a list. */
  Environment take(Optional<Path> known, boolean packages, List<Environment.Wall> walls)
      throws IOException {
    try (Workspace files = trees.workspace();
        Context context = factory.create(files, new RunOutput(parent))) {
      // What the guest's helper takes away is not there for scripts either.
      context.eval(ContextFactory.helper("guest.py"));
      Value survey = context.eval(SURVEY);
      List<String> modules =
          known.isPresent() && Files.isReadable(known.get())
              ? Files.readAllLines(known.get())
              : importable(survey);
      return new Environment(
          survey.getArrayElement(0).execute().asString(),
          modules,
          packages ? strings(survey.getArrayElement(3).execute(Trees.PACKAGES)) : List.of(),
          strings(survey.getArrayElement(4).execute()),
          walls);
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
      // The wall's own exceptions pass through Python: such a module does not import here.
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
