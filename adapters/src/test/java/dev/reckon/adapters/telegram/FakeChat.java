package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one chat shows, oldest first. */
final class FakeChat {
  final long id;
  final NavigableMap<Integer, Shown> messages = new ConcurrentSkipListMap<>();
  final List<String> drafts = new CopyOnWriteArrayList<>();
  final Set<Integer> topics = new HashSet<>();
  final Set<Long> administrators = new HashSet<>();
  final Set<Long> left = new HashSet<>();
  final Deque<Long> sends = new ArrayDeque<>();
  int typing;
  boolean blocked;
  boolean gone;
  Optional<Long> movedTo = Optional.empty();
  private int nextMessage = 1;

  /**
   * A message of the bot's.
   *
   * @param html as it was sent; empty for plain texts
   * @param text what a reader sees, or a file's caption
   * @param edits how often it was changed
   */
  record Shown(
      int id,
      int topic,
      String html,
      String text,
      JsonNode markup,
      Optional<SentFile> file,
      int edits) {
    List<String> buttons() {
      return markup.findValuesAsText("callback_data");
    }
  }

  /** A file that was sent. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record SentFile(String kind, String name, byte[] content) {}

  FakeChat(long id) {
    this.id = id;
  }

  synchronized int nextMessage() {
    return nextMessage++;
  }

  List<Shown> shown() {
    return List.copyOf(messages.values());
  }

  List<String> texts() {
    return shown().stream().filter(it -> it.file().isEmpty()).map(Shown::text).toList();
  }

  List<String> files() {
    return shown().stream().flatMap(it -> it.file().stream()).map(SentFile::name).toList();
  }
}
