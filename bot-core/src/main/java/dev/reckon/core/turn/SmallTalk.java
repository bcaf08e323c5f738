package dev.reckon.core.turn;

import dev.reckon.core.label.Label;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Answers greetings and thanks without a model. */
public final class SmallTalk {
  private static final Set<String> GREETINGS =
      Set.of("hi", "hello", "hey", "hallo", "howdy", "yo", "greetings", "morning", "evening");
  private static final Set<String> THANKS =
      Set.of("thanks", "thank", "thx", "ty", "cheers", "merci", "danke", "gracias");
  private static final Set<String> FILLING =
      Set.of(
          "you",
          "there",
          "good",
          "so",
          "very",
          "much",
          "a",
          "lot",
          "again",
          "great",
          "nice",
          "cool",
          "ok",
          "okay",
          "perfect",
          "awesome",
          "super",
          "wonderful",
          "all",
          "everyone",
          "team",
          "afternoon",
          "reckon",
          "bot",
          "that",
          "was",
          "is",
          "it",
          "works",
          "for",
          "the",
          "help",
          "your",
          "bye",
          "goodbye",
          "lovely",
          "well",
          "done");
  private static final int MOST_WORDS = 8;

  private SmallTalk() {}

  /** A short answer when the request is a greeting or thanks and nothing else. */
  public static Optional<String> answer(TurnRequest request) {
    if (!request.files().stream().noneMatch(AttachedFile::current)) {
      return Optional.empty();
    }
    List<String> words =
        List.of(request.text().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)).stream()
            .filter(word -> !word.isEmpty())
            .toList();
    boolean plain =
        !words.isEmpty()
            && words.size() <= MOST_WORDS
            && words.stream()
                .allMatch(
                    word ->
                        GREETINGS.contains(word)
                            || THANKS.contains(word)
                            || FILLING.contains(word));
    if (plain && words.stream().anyMatch(THANKS::contains)) {
      return Optional.of(Label.TALK_WELCOME.in(request.language()));
    }
    if (plain && words.stream().anyMatch(GREETINGS::contains)) {
      return Optional.of(Label.TALK_HELLO.in(request.language()));
    }
    return Optional.empty();
  }
}
