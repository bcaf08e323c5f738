package dev.reckon.adapters.setup;

/** A talk with the person who sets something up. For use by one thread. */
public interface Dialogue {
  /** Says something, one or more lines. */
  void say(String words);

  /** Asks; empty where the person gives nothing, or nobody is there any more. */
  String ask(String question);

  /** Asks for a key or token, which is not shown while it is typed. */
  String askSecret(String question);
}
