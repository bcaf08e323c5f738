package dev.reckon.app;

import ch.qos.logback.classic.Level;
import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.llm.ModelSettings;
import dev.reckon.adapters.sql.SourceSettings;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.delivery.AskerContext;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.turn.TurnSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything that can be configured, in one record for each room.
 *
 * @param home Reckon's own folder
 * @param longestRequest on every surface
 * @param inForce every key with its value, for people to look at; without secrets
 */
record Settings(
    Path home,
    ModelSettings model,
    Prices prices,
    TurnSettings turn,
    AskerContext asker,
    int memoryTokens,
    RequestLimit longestRequest,
    ServiceSettings service,
    ScheduleSettings schedules,
    SandboxSettings sandbox,
    WorkerHostSettings workers,
    StoreSettings store,
    SourceSettings sources,
    FetchSettings fetch,
    Policy policy,
    Retention retention,
    HttpServerSettings http,
    SurfaceSettings surfaces,
    Optional<ToolSettings> tools,
    LogSettings log,
    SortedMap<String, String> inForce) {

  /**
   * Reads and checks every key.
   *
   * @throws ConfigurationException naming every problem at once
   */
  static Settings from(Configuration configuration, Path home) throws ConfigurationException {
    AskerContext asker = TurnLimitSettings.asker(configuration);
    Settings settings =
        new Settings(
            home,
            ModelSettings.from(configuration),
            Prices.from(configuration),
            TurnLimitSettings.read(configuration),
            asker,
            configuration.number("turn.memory_tokens", 1_500, 100, 100_000),
            new RequestLimit(
                configuration.number(
                    "turn.max_request_chars", RequestLimit.DEFAULT.characters(), 100, 10_000_000)),
            ServiceSettings.from(configuration),
            ScheduleLimitSettings.from(configuration, asker.zone()),
            SandboxSettings.from(configuration, home),
            WorkerHostSettings.from(configuration, home),
            StoreSettings.from(configuration, home),
            DatabaseSettings.from(configuration, home),
            FetchSettings.from(configuration),
            PolicySettings.from(configuration),
            RetentionSettings.from(configuration),
            HttpServerSettings.from(configuration),
            SurfaceSettings.from(configuration),
            ToolSettings.from(configuration),
            LogSettings.from(configuration),
            configuration.inForce());
    configuration.check();
    return settings;
  }

  /**
   * What is written to the log.
   *
   * @param level from which on
   * @param json whether each line is a JSON object
   */
  record LogSettings(LogLevel level, boolean json) {
    /** Levels by their names in the configuration. */
    enum LogLevel {
      ERROR,
      WARN,
      INFO,
      DEBUG;

      Level level() {
        return Level.toLevel(name());
      }
    }

    static LogSettings from(Configuration configuration) {
      return new LogSettings(
          configuration.choice("log.level", LogLevel.WARN), configuration.flag("log.json", false));
    }
  }
}
