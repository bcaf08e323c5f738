package dev.reckon.adapters.setup;

import java.io.IOException;
import java.net.URI;

/** Asks questions of the person who sets Reckon up. For use by one thread. */
public interface Dialogue {
  /** The next thing to do; numbered and set off from what came before. */
  void step(String words);

  /** A line or some, as they are. */
  void say(String words);

  /**
   * A link on a line of its own.
   *
   * @param shown a short address that works by itself
   * @param behind what opens where the terminal knows links, such as the same with a form filled in
   */
  void link(String shown, URI behind);

  /** An address as a code that a phone's camera reads; nothing where the window is too narrow. */
  void code(URI address);

  /** Something that was checked and is well. */
  void good(String words);

  /** Something that was checked and is not, with what to do about it; may be empty. */
  void wrong(String words, String remedy);

  /**
   * Asks, and waits for a line.
   *
   * @return what was typed, stripped; empty for a mere Enter
   * @throws IOException when nobody can answer any more
   */
  String ask(String question) throws IOException;

  /** The same for a secret: it is shown neither while it is typed nor later. */
  String askSecret(String question) throws IOException;
}
