package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.FiftySentences.Sentence;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandParserTest {
  private final CommandParser vocabulary = new CommandParser(Set.of("stats", "forget-me"));

  private static Stream<Sentence> sentences() {
    return FiftySentences.all();
  }

  private Command typed(String text) {
    return vocabulary.parse(text, true, FiftySentences.KNOWN);
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void bareTextIsACommandOnlyWhenTheWholeOfItIs(Sentence sentence) {
    assertEquals(
        sentence.meaning(), vocabulary.parse(sentence.text(), false, FiftySentences.KNOWN));
  }

  @Test
  void thereAreFifty() {
    assertTrue(FiftySentences.all().count() >= 50);
  }

  @Test
  void inACommandsOwnFormTheFirstWordDecides() {
    assertEquals(new Command.Run("print(1)\nprint(2)"), typed("run print(1)\nprint(2)"));
    assertEquals(new Command.Ask("list primes"), typed("ask list primes"));
    assertEquals(new Command.Wrong("it counts refunds"), typed("wrong it counts refunds"));
    assertEquals(new Command.Misused(CommandSpec.LIST), typed("list primes below 100"));
    assertEquals(new Command.Drop("sales.csv"), typed("drop sales.csv"));
    assertEquals(new Command.Meant("hlep", CommandSpec.HELP), typed("hlep save"));
    assertEquals(
        new Command.Instructions(Optional.of("net revenue")), typed("instructions net revenue"));
    assertEquals(new Command.Other("stats", "all"), typed("stats all"));
    assertEquals(new Command.Do("burn", Map.of()), typed("burn"));
  }

  @Test
  void whatForgettingAsksForIsUnderstoodWithoutASlash() {
    assertEquals(
        new Command.Other("forget-me", "now"),
        vocabulary.parse("Forget-me  now", false, FiftySentences.KNOWN));
    assertEquals(
        new Command.Ask("forget-me not flowers"),
        vocabulary.parse("forget-me not flowers", false, FiftySentences.KNOWN));
  }

  @Test
  void typographicQuotesAreStraightenedInCodeAndKeptInProse() {
    assertEquals(new Command.Run("print(\"a\")"), typed("run print(\u201Ca\u201D)"));
    assertEquals(
        new Command.Run("print(\"\u201C\")"),
        vocabulary.parse("run ```print(\"\u201C\")```", false, FiftySentences.KNOWN));
    assertEquals(new Command.Edit(Optional.of("x = 'a'")), typed("edit ```x = \u2018a\u2019```"));
    assertEquals(new Command.Ask("sum of \u201Cfee\u201D"), typed("ask sum of \u201Cfee\u201D"));
    assertEquals(
        new Command.Save("burn", Map.of("label", "a b")), typed("save burn label=\u201Ca b\u201D"));
  }

  @Test
  void codeBetweenBackticksIsCode() {
    assertEquals(
        new Command.Run("print(6 * 7)"),
        vocabulary.parse("run `print(6 * 7)`", false, FiftySentences.KNOWN));
    assertEquals(new Command.Run("print(6 * 7)"), typed("run `print(6 * 7)`"));
  }

  @ParameterizedTest
  @EnumSource(CommandSpec.class)
  void everyExampleOfHelpIsUnderstood(CommandSpec word) {
    Command understood = typed(word.example());
    assertFalse(
        understood instanceof Command.Misused || understood instanceof Command.Meant,
        () -> word.example() + " is " + understood);
  }

  @Test
  void wordsCannotBeNames() {
    assertFalse(vocabulary.mayName("list"));
    assertFalse(vocabulary.mayName("stats"));
    assertFalse(vocabulary.mayName("yes"));
    assertFalse(vocabulary.mayName("Q1 burn"));
    assertTrue(vocabulary.mayName("burn-rate_2"));
  }
}
