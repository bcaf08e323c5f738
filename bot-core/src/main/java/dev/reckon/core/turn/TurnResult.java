package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reckon.core.message.Language;
import dev.reckon.core.source.QueriedData;
import dev.reckon.sandbox.Chart;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ended, in full.
 *
 * @param turn the turn's id
 * @param status how it ended
 * @param message the status in words: the reason, the question back, what to try
 * @param output what the answering code printed, or empty
 * @param code the answering code, or empty
 * @param steps of the plan, one without a plan, in order
 * @param attempts in order
 * @param verification what the check found, or null when nothing was checked
 * @param files what runs left behind
 * @param usage of the model over the whole turn
 * @param elapsed from the turn's start to its end
 * @param language of the message, that of the request
 * @param data what the queries of the answering code came to
 */
public record TurnResult(
    long turn,
    TurnStatus status,
    String message,
    String output,
    String code,
    List<Step> steps,
    List<Attempt> attempts,
    @Nullable Verification verification,
    List<ProducedFile> files,
    Usage usage,
    Duration elapsed,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Language.Unsaid.class)
        Language language,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<QueriedData> data) {
  /** One step of a plan. */
  public record Step(String title, String status, String output) {}

  /**
   * One attempt.
   *
   * @param number counted from 1
   * @param step counted from 1
   * @param status of the attempt: {@code completed}, {@code no_code}, {@code screened}, or the
   *     sandbox's outcome
   * @param error what went wrong, in words, or null
   * @param verdict of the check, or null when it came to none
   * @param engine what ran it; empty when nothing did
   */
  public record Attempt(
      int number,
      int step,
      String code,
      String status,
      String output,
      @Nullable String error,
      @Nullable Verification verdict,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String engine) {
    public Attempt {
      engine = Objects.requireNonNullElse(engine, ""); // attempts were stored without it
    }

    /** One by an engine that is not told. */
    public Attempt(
        int number,
        int step,
        String code,
        String status,
        String output,
        @Nullable String error,
        @Nullable Verification verdict) {
      this(number, step, code, status, output, error, verdict, "");
    }
  }

  /**
   * What the check found.
   *
   * @param answers whether the output answers the request
   * @param reason in one sentence
   * @param requirements each with its evidence or mismatch
   * @param headline the answer in one sentence, each part of it found in the output; empty without
   *     one
   */
  public record Verification(
      boolean answers,
      String reason,
      List<Requirement> requirements,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String headline) {
    public Verification {
      requirements = List.copyOf(requirements);
      headline = Objects.requireNonNullElse(headline, ""); // null where it was stored without
    }

    /** Without a headline. */
    public Verification(boolean answers, String reason, List<Requirement> requirements) {
      this(answers, reason, requirements, "");
    }
  }

  /**
   * Something the request asks for.
   *
   * @param text the requirement
   * @param met whether evidence was found
   * @param evidence quoted from the output or the code, or the mismatch
   */
  public record Requirement(String text, boolean met, String evidence) {}

  /**
   * A file that runs left behind.
   *
   * @param id names its content in the store
   * @param picture what is known of it when it is a chart, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProducedFile(String id, String name, long bytes, @Nullable Picture picture) {
    /** One that is no chart. */
    public ProducedFile(String id, String name, long bytes) {
      this(id, name, bytes, null);
    }
  }

  /**
   * A chart in a PNG file.
   *
   * @param width in pixels, from the file's own header
   * @param height likewise
   * @param chart what the program says of it: hostile
   */
  public record Picture(int width, int height, Chart chart) {}

  public TurnResult {
    steps = List.copyOf(steps);
    attempts = List.copyOf(attempts);
    files = List.copyOf(files);
    data = data == null ? List.of() : List.copyOf(data); // null where it was stored without
    language = Objects.requireNonNullElse(language, Language.ENGLISH); // stored without it
  }

  /** A result in English. */
  public TurnResult(
      long turn,
      TurnStatus status,
      String message,
      String output,
      String code,
      List<Step> steps,
      List<Attempt> attempts,
      @Nullable Verification verification,
      List<ProducedFile> files,
      Usage usage,
      Duration elapsed) {
    this(
        turn,
        status,
        message,
        output,
        code,
        steps,
        attempts,
        verification,
        files,
        usage,
        elapsed,
        Language.ENGLISH,
        List.of());
  }

  /** What ran the answering code; empty when nothing did. */
  @JsonIgnore
  public String engine() {
    return attempts.isEmpty() ? "" : attempts.getLast().engine();
  }

  /** The same, of the turn with that id. */
  public TurnResult forTurn(long id) {
    return new TurnResult(
        id,
        status,
        message,
        output,
        code,
        steps,
        attempts,
        verification,
        files,
        usage,
        elapsed,
        language,
        data);
  }
}
