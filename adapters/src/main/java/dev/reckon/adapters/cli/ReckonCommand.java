package dev.reckon.adapters.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The top-level command. */
@Command(
    name = "reckon",
    mixinStandardHelpOptions = true,
    versionProvider = ReckonCommand.Version.class,
    description = {
      "Answers by computing, and checks its answers.",
      "",
      "A language model writes Python, a locked sandbox runs it, a check confirms that the"
          + " output answers the request, and what is wrong is repaired."
    },
    footer = {
      "",
      "To begin: reckon demo needs no key, reckon doctor says what is missing.",
    })
final class ReckonCommand {
  /** The version of the program's own jar, and what runs it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
              .orElse("from sources");
      return new String[] {
        "reckon " + version,
        "Java %s, %s %s"
            .formatted(
                Runtime.version(), System.getProperty("os.name"), System.getProperty("os.arch"))
      };
    }
  }
}
