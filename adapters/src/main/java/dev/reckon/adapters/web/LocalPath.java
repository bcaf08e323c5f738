package dev.reckon.adapters.web;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address on this server to go on to, checked so that it can lead to no other: a browser takes
 * {@code //host}, {@code /\host} and the like for another server.
 */
record LocalPath(String value) {
  private static final Pattern SAFE =
      Pattern.compile("/(?:[A-Za-z0-9_~-][A-Za-z0-9._~%/-]*)?(?:\\?[A-Za-z0-9._~%=&+-]*)?");
  private static final int LONGEST = 500;

  /** The first page. After what its check uses. */
  static final LocalPath START = new LocalPath("/");

  LocalPath {
    if (value.length() > LONGEST || !SAFE.matcher(value).matches()) {
      throw new IllegalArgumentException("not an address of this server");
    }
  }

  /** The address, where it is one of this server's. */
  static Optional<LocalPath> of(@Nullable String text) {
    return text == null || text.length() > LONGEST || !SAFE.matcher(text).matches()
        ? Optional.empty()
        : Optional.of(new LocalPath(text));
  }
}
