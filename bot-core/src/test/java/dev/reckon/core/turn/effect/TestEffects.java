package dev.reckon.core.turn.effect;

import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelPrices;
import dev.reckon.core.prompt.PromptTexts;
import dev.reckon.core.source.DataSources;
import dev.reckon.sandbox.Sandbox;
import java.time.InstantSource;

/** Effects of turns that query no databases, with the shipped prompts. */
final class TestEffects {
  private TestEffects() {}

  static TurnEffects of(LanguageModel model, Sandbox sandbox, TurnFiles files, ModelPrices prices) {
    return new TurnEffects(
        model,
        sandbox,
        files,
        new FileProfiles(new PlainImporter()),
        PromptTexts.shipped(),
        prices,
        DataSources.NONE,
        InstantSource.system());
  }
}
