package dev.reckon.core.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Profiles files by their content. Profiling calls the importer, and a turn needs each profile up
 * to six times, so profiles are kept: also that a file could not be read. Safe for use by any
 * number of threads.
 */
public final class FileProfiles {
  /** Of all profiles that are kept together. */
  private static final long MOST_CHARACTERS = 16L << 20;

  private static final int FIXED_WEIGHT = 500;
  private static final int HEAD_BYTES = 64 * 1024;
  private static final int LINE = 200;

  private final FileImporter importer;
  private final Cache<String, FileProfile> known =
      Caffeine.newBuilder().maximumWeight(MOST_CHARACTERS).weigher(FileProfiles::weight).build();

  public FileProfiles(FileImporter importer) {
    this.importer = importer;
  }

  private static int weight(String id, FileProfile profile) {
    long weight = (long) FIXED_WEIGHT + id.length();
    for (FileProfile.Column column : profile.columns()) {
      weight += 100L + column.name().length() + column.type().length();
      weight += column.samples().stream().mapToLong(String::length).sum();
    }
    weight += profile.preview().stream().mapToLong(String::length).sum();
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  /** Keeps what was found out when the file was imported. */
  void put(String id, FileProfile profile) {
    known.put(id, profile);
  }

  /** Reads the content of a file. */
  @FunctionalInterface
  public interface Content {
    byte[] read();
  }

  /**
   * What a file is.
   *
   * @param id names its content
   * @param tenant of the turn or conversation that asks
   * @param content asked for when the profile is not known
   */
  public FileProfile of(String id, String name, String tenant, String queue, Content content)
      throws InterruptedException {
    FileProfile found = known.getIfPresent(id);
    if (found == null) {
      found = found(name, tenant, queue, content.read());
      known.put(id, found);
    }
    return found.name().equals(name) ? found : found.named(name);
  }

  private FileProfile found(String name, String tenant, String queue, byte[] content)
      throws InterruptedException {
    return switch (importer.read(new FileImporter.Request(tenant, queue, name, content))) {
      case FileImporter.NotRead(String message) ->
          FileProfile.unread(name, content.length, message);
      case FileImporter.Read read -> {
        @Nullable FileProfile whole =
            read.files().size() == 1 ? read.files().getFirst().profile() : null;
        // What a program left is not unpacked for the next one, which finds it as it is.
        yield whole != null && whole.bytes() == content.length
            ? whole.named(name)
            : FileProfile.unread(name, content.length, "an archive, a workbook or not UTF-8");
      }
    };
  }

  /** The first lines of what is text in UTF-8, for a prompt; linear in what is shown. */
  public static List<String> head(byte[] content, int most) {
    int length = Math.min(content.length, HEAD_BYTES);
    for (int i = 0; i < length; i++) {
      if (content[i] == 0) {
        return List.of("(binary)");
      }
    }
    return new String(content, 0, length, StandardCharsets.UTF_8)
        .lines()
        .limit(most)
        .map(line -> line.length() <= LINE ? line : line.substring(0, LINE) + "…")
        .toList();
  }
}
