package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.core.delivery.AskerContext;
import dev.reckon.core.turn.CodePolicy;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** Reads the keys that limit a turn; the defaults are the core's. */
final class TurnLimitSettings {
  private static final int MIB = 1024 * 1024;

  /** Leaves room for the longest source and the files' names in a message to a worker. */
  private static final int MOST_FILES_MIB = ToWorkerCodec.MAX_RUN_BYTES / MIB - 31;

  private TurnLimitSettings() {}

  /** Reads {@code turn.*}, {@code verify.mode}, {@code code.*}, {@code privacy.*} and limits. */
  static TurnSettings read(Configuration configuration) {
    TurnSettings otherwise = TurnSettings.DEFAULT;
    double cost = otherwise.maxCostUsd() == null ? 0 : otherwise.maxCostUsd();
    double maxCost = configuration.amount("turn.max_cost_usd", cost);
    return new TurnSettings(
        configuration.number("turn.max_attempts", otherwise.maxAttempts(), 1, 20),
        configuration.number("turn.max_steps", otherwise.maxSteps(), 1, 20),
        maxCost,
        configuration.number("turn.max_tokens", (int) otherwise.maxTokens(), 1, Integer.MAX_VALUE),
        Duration.ofSeconds(
            configuration.number(
                "turn.max_seconds", (int) otherwise.wallTime().toSeconds(), 1, 86_400)),
        configuration.choice("verify.mode", otherwise.verify()),
        code(configuration),
        limits(configuration),
        configuration.number("turn.history_tokens", otherwise.historyTokens(), 0, 1_000_000),
        configuration.number("turn.max_output_tokens", otherwise.replyTokens(), 100, 1_000_000),
        configuration.number("privacy.sample_rows", otherwise.sampleRows(), 0, 100));
  }

  /** Reads {@code turn.time_zone} and {@code turn.locale}. */
  static AskerContext asker(Configuration configuration) {
    String zone = configuration.text("turn.time_zone", "");
    String locale = configuration.text("turn.locale", "");
    try {
      return new AskerContext(
          zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone),
          locale.isEmpty()
              ? Locale.getDefault()
              : new Locale.Builder().setLanguageTag(locale).build());
    } catch (DateTimeException e) {
      configuration.problem("turn.time_zone", "must be a name such as \"Europe/Berlin\"");
    } catch (IllformedLocaleException e) {
      configuration.problem("turn.locale", "must be a tag such as \"de-DE\"");
    }
    return new AskerContext(ZoneId.systemDefault(), Locale.getDefault());
  }

  private static CodePolicy code(Configuration configuration) {
    CodePolicy otherwise = CodePolicy.DEFAULT;
    return new CodePolicy(
        configuration.texts("code.forbidden_imports", otherwise.forbiddenImports()),
        configuration.texts("code.forbidden_calls", otherwise.forbiddenCalls()),
        configuration.texts("code.forbidden_attributes", otherwise.forbiddenAttributes()),
        configuration.number("code.max_lines", otherwise.maxLines(), 1, 100_000));
  }

  private static Limits limits(Configuration configuration) {
    Limits otherwise = Limits.DEFAULT;
    int seconds =
        configuration.number("sandbox.seconds", (int) otherwise.wallTime().toSeconds(), 1, 3600);
    int cpuSeconds =
        configuration.number("sandbox.cpu_seconds", (int) otherwise.cpuTime().toSeconds(), 1, 3600);
    int outputKib =
        configuration.number("sandbox.output_kib", otherwise.outputBytes() / 1024, 1, 65_536);
    int floodMib =
        configuration.number(
            "sandbox.output_flood_mib", (int) (otherwise.outputFloodBytes() / MIB), 1, 4096);
    return new Limits(
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(cpuSeconds),
        outputKib * 1024,
        Math.max((long) floodMib * MIB, outputKib * 1024L),
        configuration.number("sandbox.source_kib", otherwise.sourceBytes() / 1024, 1, 4096) * 1024,
        (long)
                configuration.number(
                    "sandbox.files_mib", (int) (otherwise.fileBytes() / MIB), 0, MOST_FILES_MIB)
            * MIB,
        configuration.number("sandbox.file_count", otherwise.fileCount(), 0, 100_000));
  }
}
