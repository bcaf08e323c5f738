package dev.reckon.app;

import dev.reckon.core.command.CommandDependencies;
import dev.reckon.core.command.CommandExtension;
import dev.reckon.core.command.CommandInterpreter;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.delivery.DeliveryDependencies;
import dev.reckon.core.delivery.StoreFiles;
import dev.reckon.core.delivery.StoreJournal;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.prompt.PromptTexts;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.core.turn.effect.TurnEffects;
import dev.reckon.sandbox.Sandbox;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Assembles the parts that process deliveries, for a terminal or for surfaces. */
final class DeliveryFactory {
  private final Settings settings;
  private final JdbiStore store;
  private final StoreFiles files;
  private final FileImporter importer;
  private final FileProfiles profiles;
  private final StoreJournal journal;
  private final DataSources sources;

  DeliveryFactory(
      Settings settings,
      JdbiStore store,
      StoreFiles files,
      FileImporter importer,
      DataSources sources) {
    this.sources = sources;
    this.settings = settings;
    this.store = store;
    this.files = files;
    this.importer = importer;
    this.profiles = new FileProfiles(importer);
    this.journal = new StoreJournal(store.turns());
  }

  /** What drives turns with that model; to be closed by the caller. */
  StepwiseDriver driver(LanguageModel model, Sandbox sandbox) {
    PromptTexts texts = PromptTexts.from(settings.home().resolve("config/prompts"));
    TurnEffects effects =
        new TurnEffects(
            model, sandbox, files, profiles, texts, settings.prices(), sources, Clock.systemUTC());
    return new StepwiseDriver(effects, journal, Clock.systemUTC());
  }

  /**
   * An engine's parts.
   *
   * @param schedules what may be scheduled
   * @param mayQuery names of the databases that the sender of a message may query
   * @param others words that other parts of the program answer
   */
  DeliveryDependencies parts(
      TurnDriver driver,
      Admission admission,
      Predicate<Person> administrator,
      ScheduleSettings schedules,
      Function<Incoming, List<String>> mayQuery,
      List<CommandExtension> others) {
    Interpreter interpreter =
        new CommandInterpreter(
            new CommandDependencies(
                store,
                profiles,
                files::read,
                files::forget,
                settings.service().files(),
                settings.longestRequest(),
                administrator,
                settings.memoryTokens(),
                schedules,
                others,
                Clock.systemUTC()));
    return new DeliveryDependencies(
        store,
        journal,
        files,
        driver,
        settings.turn(),
        settings.asker(),
        settings.memoryTokens(),
        settings.service().files(),
        importer,
        profiles,
        admission,
        interpreter,
        Clock.systemUTC(),
        mayQuery,
        settings.fetch().fetcher());
  }
}
