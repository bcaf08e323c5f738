package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Failures in the words that GraalPy turns into Python's {@code OSError} numbers: it goes by the
 * exception's class, or by the reason when that is the C library's own message.
 */
final class FileErrors {
  private FileErrors() {}

  static IOException noSpace(Path path) {
    return new FileSystemException(path.toString(), null, "No space left on device");
  }

  static IOException nameTooLong(Path path) {
    return new FileSystemException(path.toString(), null, "File name too long");
  }

  static IOException notPermitted(Path path) {
    return new FileSystemException(path.toString(), null, "Operation not permitted");
  }

  static IOException readOnly(Path path) {
    return new AccessDeniedException(path.toString());
  }

  static IOException isDirectory(Path path) {
    return new FileSystemException(path.toString(), null, "Is a directory");
  }
}
