package dev.reckon.adapters.sql;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JDBC drivers: those on the class path, and those of a folder. One that cannot be loaded is left
 * out and named in the log. Safe for use by any number of threads.
 */
final class Drivers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

  /** A loader that fails on and on is asked no more. */
  private static final int MOST_FAILURES = 100;

  private final List<Driver> drivers = new ArrayList<>();
  private final URLClassLoader loader;

  private Drivers(URL[] jars) {
    loader = new URLClassLoader(jars, Drivers.class.getClassLoader());
  }

  /** None, for who queries nothing. */
  static Drivers none() {
    return new Drivers(new URL[0]);
  }

  /** Those of the class path and of a folder, which need not exist. */
  static Drivers of(Path folder) {
    Drivers all = new Drivers(jars(folder));
    all.load();
    return all;
  }

  private void load() {
    Iterator<Driver> found = ServiceLoader.load(Driver.class, loader).iterator();
    int failures = 0;
    while (failures < MOST_FAILURES) {
      try {
        if (!found.hasNext()) {
          return;
        }
        drivers.add(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        LOG.warn("A database driver cannot be loaded and is ignored: {}", e.toString());
      }
    }
  }

  private static URL[] jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new URL[0];
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> jars = new ArrayList<>();
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        if (isReadable(jar)) {
          jars.add(jar.toUri().toURL());
        }
      }
      return jars.toArray(URL[]::new);
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file's path made no address", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of drivers cannot be read: " + folder, e);
    }
  }

  private static boolean isReadable(Path jar) {
    try (ZipFile _ = new ZipFile(jar.toFile())) {
      return true;
    } catch (IOException e) {
      LOG.warn("{} is not a readable jar and is ignored: {}", jar, e.toString());
      return false;
    }
  }

  /** Connects; the exception's message may hold anything. */
  Connection connect(String url, Properties properties) throws SQLException {
    for (Driver driver : drivers) {
      if (driver.acceptsURL(url)) {
        Connection connection = driver.connect(url, properties);
        if (connection != null) {
          return connection;
        }
      }
    }
    throw new MissingDriverException();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** No driver knows the address. */
  static final class MissingDriverException extends SQLException {
    @Serial private static final long serialVersionUID = 1;

    MissingDriverException() {
      super("no driver knows this kind of address");
    }
  }
}
