package dev.reckon.app;

import dev.reckon.adapters.cli.CommandLineRunner;
import dev.reckon.adapters.cli.Console;
import dev.reckon.adapters.cli.Program;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.config.SecretsFile;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The assembled program, kept open between commands, so that many can share its worker. */
final class AskedProgram implements AutoCloseable {
  private final Assembly assembly;

  private AskedProgram(Assembly assembly) {
    this.assembly = assembly;
  }

  static AskedProgram open(Path home, List<String> set) throws ConfigurationException {
    return new AskedProgram(
        Assembly.open(
            home, Optional.empty(), set, name -> null, console(new ByteArrayOutputStream())));
  }

  /** Runs {@code ask --json}; returns what it printed. */
  String ask(String request, @Nullable Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("ask", request, "--json"));
    if (file != null) {
      words.addAll(List.of("--file", file.toString()));
    }
    words.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CommandLineRunner(
            (config, set) -> keptOpen(), new SecretsFile(Path.of("no", "secrets")), console(out))
        .run(words.toArray(String[]::new));
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The same program, whose close does nothing. */
  private Program keptOpen() {
    return (Program)
        Proxy.newProxyInstance(
            AskedProgram.class.getClassLoader(),
            new Class<?>[] {Program.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(assembly, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Console console(ByteArrayOutputStream out) {
    return new Console(
        InputStream.nullInputStream(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        System.err,
        false,
        false,
        false,
        80,
        false);
  }

  @Override
  public void close() {
    assembly.close();
  }
}
