package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.files.AddressFetcher;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.Store;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.effect.TurnDriver;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * What the delivery service is assembled from.
 *
 * @param driver uses this journal and these files
 * @param turn the settings that turns begin with, where conversations and persons set nothing else
 * @param asker when and where people ask whose platform does not tell
 * @param memoryTokens how much of what a team has told once prompts may hold
 * @param files what may be attached
 * @param importer reads attached files
 * @param profiles what files are, the same for the interpreter and the driver
 * @param sources names of the databases that the sender of a message may query
 * @param addresses fetches files that requests name by their address
 */
public record DeliveryDependencies(
    Store store,
    StoreJournal journal,
    StoreFiles content,
    TurnDriver driver,
    TurnSettings turn,
    AskerContext asker,
    int memoryTokens,
    FileLimits files,
    FileImporter importer,
    FileProfiles profiles,
    Admission admission,
    Interpreter interpreter,
    InstantSource clock,
    Function<Incoming, List<String>> sources,
    AddressFetcher addresses) {}
