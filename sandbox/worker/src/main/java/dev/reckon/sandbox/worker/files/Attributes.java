package dev.reckon.sandbox.worker.files;

import com.google.common.base.Splitter;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes as a guest asks for them ({@code unix:mode,ino}, {@code posix:permissions}, {@code
 * *}), made from the basic ones, so that owner, device and inode of the host never show.
 */
final class Attributes {
  private static final int DIRECTORY_MODE = 0040000;
  private static final int FILE_MODE = 0100000;
  private static final int USER = 1000;

  private final BasicFileAttributes basic;
  private final boolean writable;

  Attributes(BasicFileAttributes basic, boolean writable) {
    this.basic = basic;
    this.writable = writable;
  }

  /**
   * The values for a list of names after an optional view.
   *
   * @throws UnsupportedOperationException for an attribute that is not kept
   */
  Map<String, Object> values(String viewAndNames) {
    int colon = viewAndNames.indexOf(':');
    String names = viewAndNames.substring(colon + 1);
    if (names.equals("*")) {
      names =
          "size,lastModifiedTime,lastAccessTime,creationTime,isRegularFile,isDirectory,"
              + "isSymbolicLink,isOther,fileKey";
    }
    Map<String, Object> values = new HashMap<>();
    for (String name : Splitter.on(',').split(names)) {
      values.put(name, value(name));
    }
    return values;
  }

  private @Nullable Object value(String name) {
    return switch (name) {
      case "size" -> basic.isDirectory() ? Quota.BLOCK_BYTES : basic.size();
      case "lastModifiedTime", "ctime" -> basic.lastModifiedTime();
      case "lastAccessTime" -> basic.lastAccessTime();
      case "creationTime" -> basic.creationTime();
      case "isRegularFile" -> basic.isRegularFile();
      case "isDirectory" -> basic.isDirectory();
      case "isSymbolicLink", "isOther" -> false;
      case "fileKey" -> null;
      case "mode" -> mode();
      case "permissions" -> PosixFilePermissions.fromString(permissions());
      case "ino" -> inode();
      case "dev", "rdev" -> 1L;
      case "nlink" -> 1;
      case "uid", "gid" -> USER;
      default -> throw new UnsupportedOperationException("no attribute " + name);
    };
  }

  private int mode() {
    if (basic.isDirectory()) {
      return DIRECTORY_MODE | (writable ? 0755 : 0555);
    }
    return FILE_MODE | (writable ? 0644 : 0444);
  }

  private String permissions() {
    String write = writable ? "w" : "-";
    return basic.isDirectory() ? "r" + write + "xr-xr-x" : "r" + write + "-r--r--";
  }

  /** Two files share a number only if they are one: {@code os.path.samefile} goes by it. */
  private long inode() {
    Object key = basic.fileKey();
    return key == null ? 0 : Integer.toUnsignedLong(key.hashCode()) + 2;
  }
}
