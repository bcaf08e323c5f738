package dev.reckon.core.command;

import java.util.Map;
import java.util.Optional;

/** A parsed command or request. */
public sealed interface Command {
  /** A request in plain words. */
  record Ask(String request) implements Command {}

  record Run(String code) implements Command {}

  record Again() implements Command {}

  /** The last code, changed; empty asks for it. */
  record Edit(Optional<String> code) implements Command {}

  record Wrong(String complaint) implements Command {}

  record Cancel() implements Command {}

  record New() implements Command {}

  record History() implements Command {}

  record Show(int number) implements Command {}

  record Code() implements Command {}

  record Files() implements Command {}

  record Drop(String file) implements Command {}

  /** Keeps the last code; values name parameters and their defaults. */
  record Save(String name, Map<String, String> values) implements Command {
    public Save {
      values = Map.copyOf(values);
    }
  }

  record Do(String name, Map<String, String> values) implements Command {
    public Do {
      values = Map.copyOf(values);
    }
  }

  record Saved() implements Command {}

  record Forget(String name) implements Command {}

  record Share() implements Command {}

  /** Shows settings, or changes one. */
  record Setting(Optional<String> name, String value) implements Command {}

  /** Shows instructions, or changes them. */
  record Instructions(Optional<String> text) implements Command {}

  record Help(Optional<CommandSpec> word) implements Command {}

  /** Yes to what was asked last. */
  record Yes() implements Command {}

  /** One of the numbered suggestions. */
  record Pick(int number) implements Command {}

  /** A lone word that is nearly one of the vocabulary. */
  record Meant(String typed, CommandSpec word) implements Command {}

  /** A word in a form that it does not have. */
  record Misused(CommandSpec word) implements Command {}

  /** A word that another part of the program answers. */
  record Other(String word, String rest) implements Command {}
}
