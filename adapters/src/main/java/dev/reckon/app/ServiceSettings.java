package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.core.delivery.SchedulerSettings;
import dev.reckon.core.files.FileLimits;
import java.time.Duration;

/**
 * What conversations may keep, and how they are worked off: the keys {@code files.*} and {@code
 * service.*}.
 */
record ServiceSettings(
    FileLimits files,
    LargeFileSettings large,
    FileReadSettings reading,
    SchedulerSettings scheduler) {
  private static final int MIB_SHIFT = 20;

  static ServiceSettings from(Configuration configuration) {
    FileLimits files = FileLimits.DEFAULT;
    SchedulerSettings scheduler = SchedulerSettings.DEFAULT;
    return new ServiceSettings(
        new FileLimits(
            mib(configuration, "files.file_mib", files.fileBytes()),
            mib(configuration, "files.conversation_mib", files.conversationBytes()),
            mib(configuration, "files.team_mib", files.teamBytes()),
            configuration.number("files.unpacked", files.unpackedFiles(), 1, 10_000)),
        LargeFileSettings.from(configuration),
        FileReadSettings.from(configuration),
        new SchedulerSettings(
            configuration.number("service.conversations_at_once", scheduler.atOnce(), 1, 100_000),
            configuration.number("service.most_open", scheduler.mostOpen(), 1, 1_000_000),
            scheduler.sweep(),
            scheduler.retry(),
            configuration.number("service.tries", scheduler.mostTries(), 1, 20),
            Duration.ofSeconds(
                configuration.number(
                    "service.closing_seconds", (int) scheduler.grace().toSeconds(), 0, 80)),
            Duration.ofSeconds(
                configuration.number(
                    "service.silence_seconds", (int) scheduler.lease().toSeconds(), 2, 600))));
  }

  private static long mib(Configuration configuration, String key, long otherwise) {
    return (long) configuration.number(key, (int) (otherwise >> MIB_SHIFT), 1, 1_000_000)
        << MIB_SHIFT;
  }
}
