package dev.reckon.adapters.slack;

import dev.reckon.core.store.Installations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** For an adapter with a configured token alone, which has no reason to look at installations. */
final class NoInstallations implements Installations {
  private static AssertionError asked() {
    return new AssertionError("no workspace installs the app itself here");
  }

  @Override
  public Installation install(Installation installation) {
    throw asked();
  }

  @Override
  public Optional<Installation> find(String id) {
    throw asked();
  }

  @Override
  public List<Installation> all(String surface) {
    throw asked();
  }

  @Override
  public boolean replaceTokens(String id, long version, String sealed) {
    throw asked();
  }

  @Override
  public boolean remove(String id, Instant removedAt) {
    throw asked();
  }

  @Override
  public void serve(String team, String installation) {
    throw asked();
  }

  @Override
  public Optional<String> serving(String team) {
    throw asked();
  }

  @Override
  public Set<String> served(String installation) {
    throw asked();
  }

  @Override
  public void leave(String team, String installation) {
    throw asked();
  }
}
