package dev.reckon.adapters.setup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A person who answers as scripted, and a transcript; runs dry into silence. */
public final class ScriptedDialogue implements Dialogue {
  private final Deque<String> answers;
  private final StringBuilder transcript = new StringBuilder();

  public ScriptedDialogue(String... answers) {
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  @Override
  public void say(String words) {
    transcript.append(words).append('\n');
  }

  @Override
  public String ask(String question) {
    String answer = answers.isEmpty() ? "" : answers.remove();
    transcript.append(question).append(answer).append('\n');
    return answer;
  }

  @Override
  public String askSecret(String question) {
    transcript.append(question).append("(typed unseen)\n");
    return answers.isEmpty() ? "" : answers.remove();
  }

  /** Everything that was on the screen. */
  public String transcript() {
    return transcript.toString();
  }
}
