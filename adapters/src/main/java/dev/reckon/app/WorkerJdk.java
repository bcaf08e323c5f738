package dev.reckon.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDK that runs the workers. It is known by its {@code release} file, so that looking at it
 * starts no process.
 *
 * @param home its folder
 */
record WorkerJdk(Path home) {
  /** What the worker's classes are compiled for. */
  private static final int LEAST = 25;

  private static final Pattern FEATURE = Pattern.compile("(\\d+)");

  static WorkerJdk ofThisProgram() {
    return new WorkerJdk(Path.of(System.getProperty("java.home")));
  }

  /** Why workers cannot run on it, and what to do; empty when they can. */
  Optional<String> problem() {
    if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
      return Optional.of("there is no bin/java in " + home + "; name the folder of a JDK " + LEAST);
    }
    String version = version();
    Matcher feature = FEATURE.matcher(version);
    if (!feature.lookingAt() || Integer.parseInt(feature.group()) < LEAST) {
      return Optional.of(
          home
              + (version.isEmpty() ? " does not say its version" : " is a JDK " + version)
              + "; workers need a JDK "
              + LEAST);
    }
    return Optional.empty();
  }

  /** Its version as its maker writes it, such as {@code 25.0.3}; empty where it does not say. */
  String version() {
    return release().getProperty("JAVA_VERSION", "").replace("\"", "");
  }

  /** Who made it; empty where it does not say. */
  String maker() {
    return release().getProperty("IMPLEMENTOR", "").replace("\"", "");
  }

  private Properties release() {
    Properties release = new Properties();
    try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    } catch (IOException | IllegalArgumentException unreadable) {
      release.clear();
    }
    return release;
  }
}
