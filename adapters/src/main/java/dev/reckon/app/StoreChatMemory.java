package dev.reckon.app;

import dev.reckon.adapters.cli.ChatMemory;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.Store;
import java.util.List;
import java.util.Optional;

/** What conversations at the terminal have in the store. */
record StoreChatMemory(Store store, String team) implements ChatMemory {
  @Override
  public List<String> computations() {
    return store.computations().list(team).stream().map(SavedComputation::name).toList();
  }

  @Override
  public List<Kept> files(ConversationId conversation) {
    return store.files().list(conversation).stream()
        .map(file -> new Kept(file.id(), file.name(), file.turn() != 0))
        .toList();
  }

  @Override
  public Optional<byte[]> read(String id) {
    return store.files().read(id);
  }
}
