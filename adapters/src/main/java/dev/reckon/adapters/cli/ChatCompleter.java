package dev.reckon.adapters.cli;

import dev.reckon.core.command.Preference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes words, saved names, file names, and settings with their values. */
final class ChatCompleter implements Completer {
  private final ChatSession session;
  private final Completer paths = new FileNameCompleter();

  ChatCompleter(ChatSession session) {
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String first = line.words().isEmpty() ? "" : line.words().getFirst();
    if (line.wordIndex() == 0) {
      List<String> typed = session.words().typed();
      if (typed.stream().anyMatch(word -> word.startsWith(line.word()))) {
        add(typed.stream(), candidates);
      } else {
        paths.complete(reader, line, candidates);
        add(session.saved().stream(), candidates);
      }
      return;
    }
    switch (first.toLowerCase(Locale.ROOT)) {
      case "/file" -> paths.complete(reader, line, candidates);
      case "/get" -> {
        if (line.wordIndex() == 1) {
          add(Stream.concat(Stream.of("all"), session.files().stream()), candidates);
        } else {
          paths.complete(reader, line, candidates);
        }
      }
      case "/drop" -> add(session.files().stream(), candidates);
      case "/do", "/forget", "/save" -> add(session.saved().stream(), candidates);
      case "/help" -> add(session.words().typed().stream().map(s -> s.substring(1)), candidates);
      case "/settings" -> add(settings(line), candidates);
      default -> {}
    }
  }

  private static Stream<String> settings(ParsedLine line) {
    if (line.wordIndex() == 1) {
      return Arrays.stream(Preference.values()).map(Preference::key);
    }
    Optional<Preference> named = Preference.named(line.words().get(1).toLowerCase(Locale.ROOT));
    return named.stream().flatMap(preference -> preference.choices().stream());
  }

  private static void add(Stream<String> values, List<Candidate> candidates) {
    values.map(Candidate::new).forEach(candidates::add);
  }
}
