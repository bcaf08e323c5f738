package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.worker.files.SharedMounts;
import dev.reckon.sandbox.worker.files.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * One context with a thread of its own, on which it is made, warmed, used once and closed: Python
 * takes the thread that warms a context for its main thread.
 *
 * <p>{@link #give} may be called once, from any thread; {@link #cancel} any number of times.
 */
final class GuestContext {
  // Room for tens of thousands of calls, and an endless recursion ends before its frames fill the
  // heap.
  private static final long STACK_BYTES = 16L * 1024 * 1024;
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Source VALUES = ContextFactory.helper("values.py");
  private static final Source GUEST = ContextFactory.helper("guest.py");

  private final Workspace files;
  private final RunOutput output;
  private final Context context;
  private final CompletableFuture<Job> job = new CompletableFuture<>();
  private final CompletableFuture<Value> runner = new CompletableFuture<>();

  /** What a context is for: its one script, and what follows when nothing is left of it. */
  private record Job(Consumer<GuestContext> work, Runnable whenClosed) {}

  private GuestContext(ContextFactory factory, SharedMounts trees, ParentLink parent) {
    files = trees.workspace();
    output = new RunOutput(parent);
    context = factory.create(files, output);
  }

  /**
   * Makes a context on a new thread; returns when it can be used. Where no script comes at once, it
   * goes on importing ahead what is asked for, one module after another, until one does.
   *
   * @throws CompletionException when it cannot be made
   */
  static GuestContext warm(
      ContextFactory factory, SharedMounts trees, ParentLink parent, List<String> preload) {
    CompletableFuture<GuestContext> made = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                GuestContext guest = new GuestContext(factory, trees, parent);
                made.complete(guest);
                guest.live(preload);
              } catch (Throwable e) {
                made.completeExceptionally(e);
              }
            },
            "context",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    GuestContext guest = made.join();
    guest.runner.join();
    return guest;
  }

  private void live(List<String> preload) {
    try (files) {
      try {
        context.eval(VALUES);
        runner.complete(context.eval(GUEST));
        if (quiet()) {
          importAhead(preload);
        }
        job.join().work().accept(this);
      } catch (Throwable e) {
        // Making or warming it failed, since a run's own troubles end in the run.
        runner.completeExceptionally(e);
      } finally {
        // Cancelling skips what Python does at exit: the script's own part of that has run already.
        context.close(true);
      }
    } finally {
      if (job.isDone()) {
        job.join().whenClosed().run();
      }
    }
  }

  /** Whether no script comes for a while: under load, importing ahead would only be in its way. */
  private boolean quiet() throws InterruptedException, ExecutionException {
    try {
      var _ = job.get(QUIET.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException nothingCame) {
      return true;
    }
  }

  /** While nothing waits; what cannot be imported is left to the script to meet. */
  private void importAhead(List<String> modules) {
    try {
      for (String module : modules) {
        if (job.isDone()) {
          return;
        }
        context.eval("python", "import " + module);
      }
    } catch (PolyglotException unavailable) {
      // Not a fault of the context's: scripts that do not import it do not miss it.
    }
  }

  /**
   * Has the context's thread do its one job; the context is closed after it.
   *
   * @param whenClosed done after that, on the same thread
   */
  void give(Consumer<GuestContext> work, Runnable whenClosed) {
    job.complete(new Job(work, whenClosed));
  }

  /** Runs a script, on the context's thread; the value is what {@code guest.py} tells. */
  Value run(String source) {
    return runner.join().execute(source);
  }

  Workspace files() {
    return files;
  }

  RunOutput output() {
    return output;
  }

  /** Ends what runs, if it can be ended from inside; returns when it is over. */
  void cancel() {
    context.close(true);
  }
}
