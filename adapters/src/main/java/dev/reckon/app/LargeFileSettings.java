package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.s3.S3Objects;
import dev.reckon.adapters.s3.S3Settings;
import dev.reckon.core.store.LargeFiles;
import java.net.URI;
import java.util.Optional;

/**
 * Where large files are kept: the keys {@code files.store*}.
 *
 * @param objects empty for the database
 * @param fromBytes the size from which on a file is large
 */
record LargeFileSettings(Optional<S3Settings> objects, int fromBytes) {
  private static final String DATABASE = "database";
  private static final int KIB = 1024;
  private static final int MOST_KIB = 1_000_000;

  static LargeFileSettings from(Configuration configuration) {
    String store = configuration.text("files.store", DATABASE);
    int fromKib =
        configuration.number(
            "files.store_from_kib", LargeFiles.DEFAULT_FROM_BYTES / KIB, 1, MOST_KIB);
    String endpoint = configuration.text("files.store_endpoint", "");
    String region = configuration.text("files.store_region", "");
    boolean pathStyle = configuration.flag("files.store_path_style", false);
    Secret access = configuration.secret("files.store_access_key", "RECKON_FILES_STORE_ACCESS_KEY");
    Secret secret = configuration.secret("files.store_secret_key", "RECKON_FILES_STORE_SECRET_KEY");
    if (access.isSet() != secret.isSet()) {
      configuration.problem(
          access.isSet() ? "files.store_secret_key" : "files.store_access_key",
          "the access key and the secret key are needed together");
    }
    Optional<URI> server = endpoint.isEmpty() ? Optional.empty() : server(configuration, endpoint);
    if (store.equals(DATABASE)) {
      return new LargeFileSettings(Optional.empty(), fromKib * KIB);
    }
    Optional<S3Settings.Place> place = S3Settings.place(store);
    if (place.isEmpty()) {
      configuration.problem(
          "files.store", "\"database\" or an address such as s3://bucket/prefix is needed");
    }
    return new LargeFileSettings(
        place.map(
            it ->
                new S3Settings(
                    it.bucket(), it.prefix(), server, region, pathStyle, access, secret)),
        fromKib * KIB);
  }

  private static Optional<URI> server(Configuration configuration, String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // The same problem.
    }
    configuration.problem(
        "files.store_endpoint", "an address such as https://objects.example.com is needed");
    return Optional.empty();
  }

  /** Opens no connection yet. */
  Optional<LargeFiles> open() {
    return objects.map(settings -> new LargeFiles(new S3Objects(settings), fromBytes));
  }
}
