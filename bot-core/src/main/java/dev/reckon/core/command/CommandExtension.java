package dev.reckon.core.command;

import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;

/** A command that another part of the program answers. */
public interface CommandExtension {
  /** As it is typed, in lower case. */
  String word();

  /** What it does, in a few words, for help. */
  String meaning();

  /**
   * Answers.
   *
   * @param rest what follows the word; may be empty
   */
  Reply answer(Incoming incoming, String rest);
}
