package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.worker.files.SharedMounts;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads scripts in one long-lived context that never runs them. The context is made when the first
 * script comes, and replaced after a script that took too long or broke it. Safe for any thread;
 * scripts are read one after another.
 */
final class Inspector {
  private static final Source SCREENING =
      ContextFactory.helper("/dev/reckon/sandbox/python/screening.py");
  private static final long LONGEST_SECONDS = 5;
  // The parser descends as deep as the source is nested.
  private static final long STACK_BYTES = 256L * 1024 * 1024;

  private final ContextFactory factory;
  private final SharedMounts trees;
  private final ParentLink parent;
  private final List<String> modules;
  private @Nullable Reading reading;

  /** A context and the function in it. */
  private record Reading(Context context, Value inspect) {}

  /**
   * An inspector that takes these for the modules that import.
   *
   * @param modules top-level names
   */
  Inspector(ContextFactory factory, SharedMounts trees, ParentLink parent, List<String> modules) {
    this.factory = factory;
    this.trees = trees;
    this.parent = parent;
    this.modules = List.copyOf(modules);
  }

  /** What the source shows, unless it cannot be read in time. */
  synchronized Inspection inspect(String source) {
    Reading now = reading == null ? open() : reading; // takes its time on a busy machine
    reading = now;
    FutureTask<SourceReport> task =
        new FutureTask<>(() -> SourceReports.of(now.inspect().execute(source)));
    Thread thread = new Thread(null, task, "inspect", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return new Inspection.Read(task.get(LONGEST_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      abandon();
      return new Inspection.NotRead("it takes too long to read");
    } catch (ExecutionException e) {
      abandon();
      if (e.getCause() instanceof PolyglotException cause && !cause.isInternalError()) {
        return new Inspection.NotRead("it is too complex to be read");
      }
      throw new IllegalStateException("reading a script failed", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while reading a script", e);
    }
  }

  private Reading open() {
    Context context = factory.create(trees.workspace(), new RunOutput(parent));
    Value names = context.eval("python", "[]");
    modules.forEach(name -> names.invokeMember("append", name));
    return new Reading(context, context.eval(SCREENING).execute(names));
  }

  private void abandon() {
    Reading broken = reading;
    reading = null;
    if (broken != null) {
      Thread.ofPlatform().daemon().name("abandon").start(() -> broken.context().close(true));
    }
  }
}
