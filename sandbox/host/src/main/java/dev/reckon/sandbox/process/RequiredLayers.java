package dev.reckon.sandbox.process;

import dev.reckon.sandbox.Environment.Layer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which layers of the operating system a locked child has. */
public final class RequiredLayers {
  private RequiredLayers() {}

  /** Which layer is missing and what to do, in a sentence; empty when all of them stand. */
  public static Optional<String> missing(Set<String> required, List<Layer> layers) {
    Set<String> missing = new TreeSet<>(required);
    layers.stream().filter(Layer::active).map(Layer::name).forEach(missing::remove);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String reasons =
        layers.stream()
            .filter(layer -> missing.contains(layer.name()))
            .map(layer -> layer.name() + ": " + layer.detail())
            .reduce("", (all, each) -> all + "; " + each);
    return Optional.of(
        "these layers of protection are required but not available: "
            + String.join(", ", missing)
            + reasons
            + "; use a system that has them, or set sandbox.require_lockdown = false");
  }
}
