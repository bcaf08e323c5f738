package dev.reckon.app;

import dev.reckon.core.command.CommandDependencies;
import dev.reckon.core.command.CommandInterpreter;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.delivery.AskerContext;
import dev.reckon.core.delivery.DeliveryDependencies;
import dev.reckon.core.delivery.StoreFiles;
import dev.reckon.core.delivery.StoreJournal;
import dev.reckon.core.files.AddressFetcher;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.message.Person;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.prompt.PromptTexts;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.effect.StepwiseDriver;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.core.turn.effect.TurnEffects;
import dev.reckon.sandbox.Sandbox;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The real core on a real store with the shipped defaults, for tests that put a surface before it.
 * Files are read without a child process.
 *
 * @param files what the store holds of them
 */
public record TestCore(JdbiStore store, StoreFiles files, Clock clock) {
  /** The policy without its limits: stories ask a lot in a minute. */
  public static final Policy UNHURRIED =
      Policy.STANDARD
          .with(PolicyKey.LISTED_ONLY, "")
          .with(PolicyKey.RUNNING_PER_PERSON, "100")
          .with(PolicyKey.PERSON_PER_MINUTE, "0")
          .with(PolicyKey.PERSON_PER_HOUR, "0")
          .with(PolicyKey.TEAM_PER_MINUTE, "0")
          .with(PolicyKey.TEAM_PER_HOUR, "0")
          .with(PolicyKey.PERSON_DAY_RUNS, "0")
          .with(PolicyKey.TEAM_DAY_RUNS, "0");

  private static final int MEMORY_TOKENS = 1_500;

  public TestCore(JdbiStore store, Clock clock) {
    this(store, new StoreFiles(store.files(), store.turns()), clock);
  }

  /** What drives turns by that model in that sandbox, at no price. */
  public StepwiseDriver driver(LanguageModel model, Sandbox sandbox) {
    return new StepwiseDriver(
        new TurnEffects(
            model,
            sandbox,
            files,
            profiles(),
            PromptTexts.shipped(),
            name -> Optional.empty(),
            DataSources.NONE,
            clock),
        new StoreJournal(store.turns()),
        clock);
  }

  /**
   * Every command.
   *
   * @param administrator who is one besides those whom the policy names
   */
  public CommandInterpreter commands(Predicate<Person> administrator) {
    return new CommandInterpreter(
        new CommandDependencies(
            store,
            profiles(),
            files::read,
            files::forget,
            FileLimits.DEFAULT,
            RequestLimit.DEFAULT,
            administrator,
            MEMORY_TOKENS,
            ScheduleSettings.DEFAULT,
            List.of(),
            clock));
  }

  /** What a delivery needs on its way. */
  public DeliveryDependencies deliveries(
      TurnDriver driver, Admission admission, Interpreter commands) {
    return new DeliveryDependencies(
        store,
        new StoreJournal(store.turns()),
        files,
        driver,
        TurnSettings.DEFAULT,
        AskerContext.UTC,
        MEMORY_TOKENS,
        FileLimits.DEFAULT,
        new PlainImporter(),
        profiles(),
        admission,
        commands,
        clock,
        incoming -> List.of(),
        AddressFetcher.NONE);
  }

  private static FileProfiles profiles() {
    return new FileProfiles(new PlainImporter());
  }
}
