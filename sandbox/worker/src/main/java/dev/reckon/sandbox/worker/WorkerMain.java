package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.kernel.OsLockdown;
import dev.reckon.sandbox.wire.WorkerSettings;
import dev.reckon.sandbox.worker.files.SharedMounts;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Starts the child JVM. Standard input and output carry the protocol and nothing else. */
public final class WorkerMain {
  private WorkerMain() {}

  /** Reads its settings from the system properties, see {@link WorkerSettings}. */
  public static void main(String[] arguments) throws IOException {
    OsLockdown.attachToParent();
    ParentLink parent = new ParentLink(new FileOutputStream(FileDescriptor.out));
    InputStream in = new FileInputStream(FileDescriptor.in);
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    chooseRuntime();
    WorkerSettings settings = WorkerSettings.of(System.getProperties());
    SharedMounts trees =
        new SharedMounts(settings.resources().resolve("python/python-home"), settings.packages());
    Worker worker = new Worker(parent, settings, trees);
    worker.start(settings.lockdown() ? OsLockdown::engage : List::of);
    worker.serve(in);
    // The context that waits has a thread; nothing that still runs here is worth waiting for.
    Runtime.getRuntime().halt(0);
  }

  /**
   * Without a compiler for it, Truffle's optimizing runtime only costs: the plain one starts
   * quicker and runs no slower.
   */
  private static void chooseRuntime() {
    if (ModuleLayer.boot().findModule("jdk.graal.compiler").isEmpty()
        && System.getProperty("truffle.UseFallbackRuntime") == null) {
      System.setProperty("truffle.UseFallbackRuntime", "true");
    }
    System.setProperty("polyglotimpl.AttachLibraryFailureAction", "ignore");
  }
}
