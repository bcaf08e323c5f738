package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reckon.core.message.Language;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a turn is asked to do.
 *
 * @param text the request, as the person wrote it
 * @param history of the conversation, oldest first
 * @param files in the working directory of every program
 * @param missingFiles files that the request names and that are not there; see {@link FileMentions}
 * @param instructions of the team, or empty
 * @param givenCode a program to screen and run as it is, with nobody to judge it ({@code run},
 *     {@code again}, saved computations), or null when the model writes it
 * @param tenant whose programs may share a worker, see {@link dev.reckon.sandbox.Script}
 * @param conversation whose turn it is in the sandbox's queue
 * @param asker when and where it is asked, in one sentence, or null where that is not known
 * @param saved what is known of {@code givenCode} when it is a saved computation's, or null
 * @param language what the reply is in
 * @param sources names of the databases that its programs may query
 */
public record TurnRequest(
    String text,
    List<PriorTurn> history,
    List<AttachedFile> files,
    List<String> missingFiles,
    String instructions,
    @Nullable String givenCode,
    String tenant,
    String conversation,
    TurnSettings settings,
    @Nullable String asker,
    @Nullable SavedRun saved,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Language.Unsaid.class)
        Language language,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sources) {
  public TurnRequest {
    sources = List.copyOf(sources);
    history = List.copyOf(history);
    files = List.copyOf(files);
    missingFiles = List.copyOf(missingFiles);
    language = Objects.requireNonNullElse(language, Language.ENGLISH); // stored without it
  }

  /** The same with databases that its programs may query. */
  public TurnRequest withSources(List<String> names) {
    return new TurnRequest(
        text,
        history,
        files,
        missingFiles,
        instructions,
        givenCode,
        tenant,
        conversation,
        settings,
        asker,
        saved,
        language,
        names);
  }

  /** A request for the model; what it misses is found in its text. */
  public static TurnRequest of(
      String text,
      List<PriorTurn> history,
      List<AttachedFile> files,
      String tenant,
      String conversation,
      TurnSettings settings) {
    List<String> missing = FileMentions.missing(text, files);
    return new TurnRequest(
        text,
        history,
        files,
        missing,
        "",
        null,
        tenant,
        conversation,
        settings,
        null,
        null,
        Language.ENGLISH,
        List.of());
  }

  /** A program to run as it is; {@code text} says in words what it is. */
  public static TurnRequest run(
      String text,
      String code,
      @Nullable SavedRun saved,
      List<AttachedFile> files,
      String tenant,
      String conversation,
      TurnSettings settings) {
    return new TurnRequest(
        text,
        List.of(),
        files,
        List.of(),
        "",
        code,
        tenant,
        conversation,
        settings,
        null,
        saved,
        Language.ENGLISH,
        List.of());
  }

  /** The same, answered in that language. */
  public TurnRequest in(Language spoken) {
    return new TurnRequest(
        text,
        history,
        files,
        missingFiles,
        instructions,
        givenCode,
        tenant,
        conversation,
        settings,
        asker,
        saved,
        spoken,
        sources);
  }
}
