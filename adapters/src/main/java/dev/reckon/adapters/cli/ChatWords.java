package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ClosestMatch;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The words that can be typed after a slash at the terminal, and what /help says about them. */
final class ChatWords {
  static final List<ChatWord> LOCAL =
      List.of(
          new ChatWord("file", "file sales.csv", "attaches a file; a path alone does too"),
          new ChatWord(
              "get",
              "get report.csv",
              "saves a file of this conversation; /get all: what runs made"),
          new ChatWord(
              "more", "more", "shows the next page of a reply that is longer than the window"),
          new ChatWord("copy", "copy", "copies the last result to the clipboard"),
          new ChatWord("quit", "quit", "leaves"));

  private final List<ChatWord> words;
  private final Supplier<List<String>> saved;

  /**
   * @param vocabulary what every surface understands
   * @param saved the names of saved computations, as they are now
   */
  ChatWords(List<ChatWord> vocabulary, Supplier<List<String>> saved) {
    this.words = Stream.concat(vocabulary.stream(), LOCAL.stream()).toList();
    this.saved = saved;
  }

  /** Whether the word can be typed here. */
  boolean has(String name) {
    return named(name).isPresent() || saved.get().contains(name);
  }

  /** All words and saved names, with their slashes. */
  List<String> typed() {
    return Stream.concat(words.stream().map(ChatWord::name), saved.get().stream())
        .map(name -> "/" + name)
        .toList();
  }

  /** What to say about a word that is none. */
  String unknown(String name) {
    List<String> all = new ArrayList<>(words.stream().map(ChatWord::name).toList());
    all.addAll(saved.get());
    String advice =
        ClosestMatch.to(name, all)
            .map(near -> "Did you mean /" + near + "?")
            .orElse("/help lists what can be typed here.");
    return "There is no command /" + name + ". " + advice;
  }

  /** The reply to /help, or to /help WORD. */
  Reply help(String topic) {
    String name = topic.startsWith("/") ? topic.substring(1) : topic;
    if (name.isEmpty()) {
      return all();
    }
    Optional<ChatWord> word = named(name);
    if (word.isPresent()) {
      String meaning = word.get().meaning();
      return Reply.notice("/" + name + ": " + meaning, "For example: /" + word.get().example());
    }
    return saved.get().contains(name)
        ? Reply.notice("/" + name + ": runs the saved computation of that name")
        : new Reply(0, Reply.Kind.REFUSED, unknown(name), List.of(), List.of());
  }

  private Reply all() {
    List<List<String>> rows = new ArrayList<>();
    words.forEach(word -> rows.add(List.of("/" + word.example(), word.meaning())));
    return new Reply(
        0,
        Reply.Kind.NOTICE,
        "Type a request in plain words, or one of these:",
        List.of(
            new Block.Table(List.of("type", "what it does"), rows),
            new Block.Text(
                "A path at the start of a line attaches that file. Ctrl-C stops what is running."
                    + " Answers are computed by a program that a model writes, and checked; the"
                    + " model may be wrong.")),
        List.of());
  }

  private Optional<ChatWord> named(String name) {
    return words.stream().filter(word -> word.name().equals(name)).findFirst();
  }
}
