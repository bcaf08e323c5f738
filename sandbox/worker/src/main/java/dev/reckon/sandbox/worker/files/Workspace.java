package dev.reckon.sandbox.worker.files;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/**
 * One context's file system. Scripts write below their working directory and below {@code /tmp};
 * everything else is read-only or not there. There are no links of either kind.
 *
 * <p>Used by the thread of its context; only {@link #close} may come from another.
 */
public final class Workspace implements FileSystem, AutoCloseable {
  /** The working directory of every script. */
  public static final String HOME = "/home/sandbox";

  static final int HOME_DEPTH = 2;
  private static final String TEMPORARY = "/tmp";

  private static final long DISK_BYTES = 4L * 1024 * 1024 * 1024;
  private static final Configuration DISK =
      Configuration.unix().toBuilder()
          .setRoots("/")
          .setWorkingDirectory(HOME)
          .setAttributeViews("basic")
          .setBlockSize(Quota.BLOCK_BYTES)
          .setMaxSize(DISK_BYTES)
          .setMaxCacheSize(0)
          .build();

  private final java.nio.file.FileSystem disk = Jimfs.newFileSystem(DISK);
  private final Tree tree;
  private final Path home;
  private final Path temporary;
  private final Quota quota;
  private final InputFiles given;
  private final WriteRules rules;
  private Path workingDirectory;

  /** An empty workspace with read-only trees at these places. */
  Workspace(Map<String, Mount> mounts) {
    home = disk.getPath(HOME);
    temporary = disk.getPath(TEMPORARY);
    workingDirectory = home;
    given = new InputFiles(home);
    try {
      quota = new Quota(Files.getFileStore(home));
      Files.createDirectories(temporary);
      tree = new Tree(disk, mounts);
      rules = new WriteRules(home, temporary, tree, quota);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lays the script's files into the working directory and begins to count against its limits. */
  public Snapshot lay(List<SandboxFile> files, Limits limits) throws IOException {
    given.lay(files, quota);
    quota.limit(limits.fileBytes(), limits.fileCount());
    return Snapshot.of(home);
  }

  /** The working directory as it is now, for comparison with what {@link #lay} returned. */
  public Path home() {
    return home;
  }

  /** The names of the files from {@link #lay} that were opened to be read since. */
  public List<String> read() {
    return given.read();
  }

  @Override
  public Path parsePath(URI uri) {
    throw new UnsupportedOperationException("paths are not given as URIs");
  }

  @Override
  public Path parsePath(String path) {
    return disk.getPath(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    Path absolute = absolute(path);
    boolean directory = tree.attributes(absolute).isDirectory();
    if ((modes.contains(AccessMode.WRITE) && !rules.writable(absolute))
        || (modes.contains(AccessMode.EXECUTE) && !directory)) {
      throw FileErrors.readOnly(absolute);
    }
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... ignored) throws IOException {
    Path absolute = absolute(path);
    if (tree.exists(absolute)) {
      throw new FileAlreadyExistsException(absolute.toString());
    }
    rules.checkCreation(absolute);
    Files.createDirectory(absolute);
    quota.created();
  }

  @Override
  public void delete(Path path) throws IOException {
    Path absolute = absolute(path);
    tree.attributes(absolute);
    rules.checkRemovable(absolute);
    Files.delete(absolute);
    quota.deleted();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... ignored)
      throws IOException {
    Path absolute = absolute(path);
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    if (!writes || options.contains(StandardOpenOption.READ)) {
      given.opened(absolute);
    }
    if (!writes) {
      return tree.open(absolute);
    }
    boolean existed = tree.exists(absolute);
    if (existed && tree.attributes(absolute).isDirectory()) {
      throw FileErrors.isDirectory(absolute);
    }
    rules.checkWritable(absolute);
    if (!existed) {
      if (!options.contains(StandardOpenOption.CREATE)
          && !options.contains(StandardOpenOption.CREATE_NEW)) {
        throw new NoSuchFileException(absolute.toString());
      }
      rules.checkCreation(absolute);
    }
    Set<OpenOption> allowed = new HashSet<>(options);
    allowed.remove(StandardOpenOption.DELETE_ON_CLOSE);
    SeekableByteChannel channel = Files.newByteChannel(absolute, allowed);
    if (!existed) {
      quota.created();
    }
    return new QuotaChannel(channel, quota, absolute, options.contains(StandardOpenOption.APPEND));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Path absolute = absolute(path);
    if (!tree.attributes(absolute).isDirectory()) {
      throw new NotDirectoryException(absolute.toString());
    }
    List<Path> accepted = new ArrayList<>();
    for (String name : tree.list(absolute)) {
      Path entry = path.resolve(name);
      if (filter.accept(entry)) {
        accepted.add(entry);
      }
    }
    return new Listing(accepted);
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return path.isAbsolute() ? path : workingDirectory.resolve(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    Path absolute = absolute(path);
    tree.attributes(absolute);
    return absolute;
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    Path absolute = absolute(path);
    return new Attributes(tree.attributes(absolute), rules.writable(absolute)).values(attributes);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    Path absolute = absolute(path);
    tree.attributes(absolute);
    rules.checkWritable(absolute);
    switch (attribute) {
      case "lastModifiedTime", "lastAccessTime", "creationTime" ->
          Files.setAttribute(absolute, attribute, value);
      // Permissions are the same for all files here; a script that sets them goes on.
      case "posix:permissions", "unix:mode" -> {}
      default -> throw FileErrors.notPermitted(absolute);
    }
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Path from = absolute(source);
    if (tree.attributes(from).isDirectory()) {
      createDirectory(target);
      return;
    }
    given.opened(from);
    Set<OpenOption> writing = new HashSet<>(Set.of(StandardOpenOption.WRITE));
    if (Set.of(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
      writing.addAll(Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
    } else {
      writing.add(StandardOpenOption.CREATE_NEW);
    }
    try (SeekableByteChannel in = tree.open(from);
        SeekableByteChannel out = newByteChannel(target, writing)) {
      ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
      while (in.read(buffer) >= 0) {
        buffer.flip();
        out.write(buffer);
        buffer.clear();
      }
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Path from = absolute(source);
    Path to = absolute(target);
    tree.attributes(from);
    rules.checkMove(from, to);
    boolean replaced = tree.exists(to) && !from.equals(to);
    if (replaced) {
      rules.checkRemovable(to);
    }
    Files.move(from, to, options);
    if (replaced) {
      quota.deleted();
    }
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    throw FileErrors.notPermitted(absolute(link));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... ignored)
      throws IOException {
    throw FileErrors.notPermitted(absolute(link));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    tree.attributes(absolute(link));
    throw new IOException("Invalid argument");
  }

  @Override
  public void setCurrentWorkingDirectory(Path path) {
    Path absolute = absolute(path);
    try {
      if (!tree.attributes(absolute).isDirectory()) {
        throw new IllegalArgumentException("not a directory");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("no such directory", e);
    }
    workingDirectory = absolute;
  }

  @Override
  public Path getTempDirectory() {
    return temporary;
  }

  @Override
  public boolean isSameFile(Path one, Path other, LinkOption... options) {
    return absolute(one).equals(absolute(other));
  }

  @Override
  public long getFileStoreTotalSpace(Path path) {
    return quota.totalBytes();
  }

  @Override
  public long getFileStoreUnallocatedSpace(Path path) throws IOException {
    return quota.freeBytes();
  }

  @Override
  public long getFileStoreUsableSpace(Path path) throws IOException {
    return quota.freeBytes();
  }

  @Override
  public long getFileStoreBlockSize(Path path) {
    return Quota.BLOCK_BYTES;
  }

  @Override
  public boolean isFileStoreReadOnly(Path path) {
    return !rules.writable(absolute(path));
  }

  private Path absolute(Path path) {
    return toAbsolutePath(path).normalize();
  }

  /** Frees the files' memory. */
  @Override
  public void close() {
    try {
      disk.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
