package dev.reckon.core.command;

import dev.reckon.core.model.TokenEstimate;
import dev.reckon.core.store.Memory.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes what a team has told once as one section of prompts, within a budget of tokens. Pure. */
public final class MemoryText {
  private MemoryText() {}

  /**
   * The notes that fit, in the order in which they are given. Instructions take their room first,
   * then definitions of terms that the request names, then other definitions, then facts, the
   * newest first.
   *
   * @param request for which the notes are meant
   */
  public static List<Note> fitting(List<Note> notes, String request, int tokens) {
    String plain = request.toLowerCase(Locale.ROOT);
    List<Note> ranked = new ArrayList<>(notes);
    ranked.sort(
        Comparator.comparingInt((Note note) -> rank(note, plain))
            .thenComparing(Comparator.comparingLong(Note::number).reversed()));
    Set<Long> chosen = new HashSet<>();
    long used = 0;
    for (Note note : ranked) {
      long needed = tokens(note);
      if (used + needed <= tokens) {
        used += needed;
        chosen.add(note.number());
      }
    }
    return notes.stream().filter(note -> chosen.contains(note.number())).toList();
  }

  private static int rank(Note note, String request) {
    return switch (note.kind()) {
      case INSTRUCTION -> 0;
      case DEFINITION -> request.contains(note.term().toLowerCase(Locale.ROOT)) ? 1 : 2;
      case FACT -> 3;
    };
  }

  /** What a note takes of the budget. */
  static long tokens(Note note) {
    return TokenEstimate.of(line(note)) + 1;
  }

  /** The section, a line for each; empty where nothing is remembered. */
  public static String of(List<Note> notes) {
    return String.join("\n", notes.stream().map(MemoryText::line).toList());
  }

  private static String line(Note note) {
    return switch (note.kind()) {
      case INSTRUCTION -> note.text();
      case DEFINITION -> "\"" + note.term() + "\" means: " + note.text();
      case FACT -> "Known: " + note.text();
    };
  }
}
