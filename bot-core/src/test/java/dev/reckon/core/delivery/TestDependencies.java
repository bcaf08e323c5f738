package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.files.AddressFetcher;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.Store;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.effect.TurnDriver;
import java.time.InstantSource;
import java.util.List;

/**
 * The dependencies of a delivery service with the shipped defaults: files are read without a child
 * process, there are no databases to query and no addresses to fetch.
 */
final class TestDependencies {
  static final int MEMORY_TOKENS = 1_500;

  private TestDependencies() {}

  static DeliveryDependencies of(
      Store store,
      TurnDriver driver,
      Admission admission,
      Interpreter interpreter,
      InstantSource clock) {
    return of(store, driver, admission, interpreter, clock, MEMORY_TOKENS, FileLimits.DEFAULT);
  }

  static DeliveryDependencies of(
      Store store,
      TurnDriver driver,
      Admission admission,
      Interpreter interpreter,
      InstantSource clock,
      int memoryTokens,
      FileLimits limits) {
    return new DeliveryDependencies(
        store,
        new StoreJournal(store.turns()),
        new StoreFiles(store.files(), store.turns()),
        driver,
        TurnSettings.DEFAULT,
        AskerContext.UTC,
        memoryTokens,
        limits,
        new PlainImporter(),
        new FileProfiles(new PlainImporter()),
        admission,
        interpreter,
        clock,
        incoming -> List.of(),
        AddressFetcher.NONE);
  }
}
