package dev.reckon.adapters.sql;

import java.io.IOException;
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
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * JDBC drivers: those on the class path, and those of a folder. Safe for use by any number of
 * threads.
 */
final class Drivers implements AutoCloseable {
  private final List<Driver> drivers = new ArrayList<>();
  private final URLClassLoader loader;

  Drivers(Path folder) {
    loader = new URLClassLoader(jars(folder), Drivers.class.getClassLoader());
    ServiceLoader.load(Driver.class, loader).forEach(drivers::add);
  }

  private static URL[] jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new URL[0];
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> jars = new ArrayList<>();
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        jars.add(jar.toUri().toURL());
      }
      return jars.toArray(URL[]::new);
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file's path made no address", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of drivers cannot be read: " + folder, e);
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
    @java.io.Serial private static final long serialVersionUID = 1;

    MissingDriverException() {
      super("no driver knows this kind of address");
    }
  }
}
