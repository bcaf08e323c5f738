package dev.reckon.core.command;

import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.message.Person;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the interpreter is assembled from.
 *
 * @param profiles what files are
 * @param content reads a file by its id
 * @param filesDropped hears when files were removed, to give up copies in memory
 * @param fileLimits what the files of a conversation and of a team may have
 * @param longest what a request or a program typed may have
 * @param administrator who may set instructions, and press other people's buttons
 * @param memoryTokens how much may be remembered that holds in one place
 * @param schedules what may be scheduled
 * @param others words that other parts of the program answer
 */
public record CommandDependencies(
    Store store,
    FileProfiles profiles,
    Function<String, Optional<byte[]>> content,
    Runnable filesDropped,
    FileLimits fileLimits,
    RequestLimit longest,
    Predicate<Person> administrator,
    int memoryTokens,
    ScheduleSettings schedules,
    List<CommandExtension> others,
    InstantSource clock) {
  public CommandDependencies {
    others = List.copyOf(others);
  }
}
