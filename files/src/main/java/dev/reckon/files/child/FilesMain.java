package dev.reckon.files.child;

import dev.reckon.files.FileReading;
import dev.reckon.sandbox.kernel.OsLockdown;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Starts the child JVM that reads files. Standard input and output carry the protocol and nothing
 * else.
 */
public final class FilesMain {
  private FilesMain() {}

  /** Reads its limits from the system properties, see {@link ChildLimits}. */
  public static void main(String[] arguments) throws IOException {
    OsLockdown.attachToParent();
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    InputStream in = new FileInputStream(FileDescriptor.in);
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    Properties properties = System.getProperties();
    FileChild child = new FileChild(new FileReading(ChildLimits.of(properties)), out);
    child.start(ChildLimits.isLocked(properties));
    child.serve(in);
    Runtime.getRuntime().halt(0);
  }
}
