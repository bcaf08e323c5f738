package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The read-only trees that every workspace of a worker shares. Safe for any thread. */
public final class SharedMounts {
  /** Where scripts see the language home. */
  public static final String LANGUAGE_HOME = "/usr/lib/python";

  /** Where scripts see the mounted packages. */
  public static final String PACKAGES = "/usr/lib/packages";

  private final Map<String, Mount> mounts = new LinkedHashMap<>();

  /**
   * Finds the trees on the host.
   *
   * @throws IOException when a folder is not there
   */
  public SharedMounts(Path languageHome, Optional<Path> packages) throws IOException {
    mounts.put(LANGUAGE_HOME, new HostFolder(languageHome));
    mounts.put("/usr/share/zoneinfo", new ZoneFolder());
    if (packages.isPresent()) {
      mounts.put(PACKAGES, new HostFolder(packages.get()));
    }
  }

  /** A new, empty workspace. */
  public Workspace workspace() {
    return new Workspace(mounts);
  }
}
