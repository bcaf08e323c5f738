package dev.reckon.core.surface;

/**
 * A platform that both delivers events and shows replies, as the program wires it. The core's parts
 * take the half that they use.
 */
public interface Surface extends EventSource, ReplySurface {
  @Override
  String name();
}
