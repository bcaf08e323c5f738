package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reckon.sandbox.GuestError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finished run as a turn remembers it: without the bytes of files, which the store keeps.
 *
 * @param ending how it ended
 * @param stdout hostile text, whole or in part
 * @param stderr likewise
 * @param droppedBytes of output that were not kept
 * @param files left behind
 * @param read names of the files it was given that it opened for reading
 * @param error the guest's, or null
 * @param varies whether running it again printed something else
 * @param detail which limit was reached, which capability is not here, in English; may be empty
 * @param engine what ran it; empty when nothing did
 * @param told the detail in the person's language; empty where it is the same
 * @param absent the names of the texts of its {@link SavedRun} that occur in none of the files that
 *     it read, where it failed for want of values
 */
public record RunSummary(
    Ending ending,
    String stdout,
    String stderr,
    long droppedBytes,
    List<TurnResult.ProducedFile> files,
    Set<String> read,
    @Nullable GuestError error,
    String detail,
    boolean varies,
    Duration elapsed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String engine,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String told,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> absent) {
  /** How a run ended; the names are those of the sandbox's results. */
  public enum Ending {
    COMPLETED,
    FAILED,
    BLOCKED,
    TIME_LIMIT,
    MEMORY_LIMIT,
    OUTPUT_LIMIT,
    WORKER_LOST,
    /** Also what is stored as {@code BUSY}: a full sandbox refused the run, as it once could. */
    @JsonAlias("BUSY")
    STOPPED
  }

  /** Of a run by an engine that is not told. */
  public RunSummary(
      Ending ending,
      String stdout,
      String stderr,
      long droppedBytes,
      List<TurnResult.ProducedFile> files,
      Set<String> read,
      @Nullable GuestError error,
      String detail,
      boolean varies,
      Duration elapsed) {
    this(
        ending,
        stdout,
        stderr,
        droppedBytes,
        files,
        read,
        error,
        detail,
        varies,
        elapsed,
        "",
        "",
        List.of());
  }

  public RunSummary {
    files = List.copyOf(files);
    read = Set.copyOf(read);
    engine = Objects.requireNonNullElse(engine, ""); // runs were stored without it
    told = Objects.requireNonNullElse(told, "");
    absent = List.copyOf(absent);
  }

  /** The same where texts that it was given are in none of its files. */
  public RunSummary lacking(List<String> texts) {
    return new RunSummary(
        ending,
        stdout,
        stderr,
        droppedBytes,
        files,
        read,
        error,
        detail,
        varies,
        elapsed,
        engine,
        told,
        texts);
  }
}
