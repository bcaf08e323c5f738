package dev.reckon.core.reply;

import dev.reckon.core.turn.FirstReply;
import dev.reckon.core.turn.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a model's reply: a program, a plan, a question back, a refusal, or small talk. */
public final class ReplyReader {
  private static final int LONGEST = 4_000;

  private ReplyReader() {}

  /** What the reply is. A question or a refusal stands even when code follows; a plan does not. */
  public static FirstReply read(CharSequence reply) {
    String text = plain(ReplyText.of(reply));
    if (begins(text, "ASK")) {
      return new FirstReply.Ask(shortened(after(text, "ASK")));
    }
    if (begins(text, "DECLINE")) {
      return declined(after(text, "DECLINE"));
    }
    if (begins(text, "SAY")) {
      return new FirstReply.Say(shortened(after(text, "SAY")));
    }
    Optional<String> code = CodeExtraction.from(reply);
    if (code.isPresent()) {
      return new FirstReply.Code(code.get());
    }
    if (begins(text, "PLAN")) {
      List<PlanStep> steps = steps(after(text, "PLAN"));
      return steps.isEmpty()
          ? new FirstReply.Unusable("the plan has no numbered steps")
          : new FirstReply.Plan(steps);
    }
    return new FirstReply.Unusable(
        text.isEmpty() ? "the model's reply was empty" : "the model's reply contained no program");
  }

  /** Without a fence around the whole of it and without emphasis before its first word. */
  private static String plain(String reply) {
    List<String> lines = new ArrayList<>(reply.strip().lines().toList());
    if (lines.size() > 1 && isFence(lines.getFirst()) && isFence(lines.getLast())) {
      lines = lines.subList(1, lines.size() - 1);
    }
    String text = String.join("\n", lines).strip();
    int from = 0;
    while (from < text.length() && "*#_> ".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    return text.substring(from);
  }

  private static boolean isFence(String line) {
    String text = line.strip();
    return text.startsWith("```") && text.indexOf('`', 3) < 0;
  }

  private static boolean begins(String text, String form) {
    if (!text.startsWith(form)) {
      return false;
    }
    String rest = text.substring(form.length());
    return rest.isEmpty() || ":*\n".indexOf(rest.charAt(0)) >= 0;
  }

  private static String after(String text, String form) {
    int from = form.length();
    while (from < text.length() && ":* \n".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    return text.substring(from).strip();
  }

  private static FirstReply declined(String text) {
    int nearest = text.indexOf("NEAREST");
    if (nearest < 0) {
      return new FirstReply.Decline(shortened(text), "");
    }
    int end = nearest;
    while (end > 0 && "*_# \n".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    String reason = text.substring(0, end);
    return new FirstReply.Decline(
        shortened(reason), shortened(after(text.substring(nearest), "NEAREST")));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static List<PlanStep> steps(String text) {
    List<PlanStep> steps = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      String rest = afterNumber(line);
      if (!rest.isEmpty()) {
        steps.add(step(rest));
      }
    }
    return steps;
  }

  /** What follows "1." or "2)" or "Step 3:", or empty when the line begins no step. */
  private static String afterNumber(String line) {
    int at = 0;
    while (at < line.length() && "*#-_ ".indexOf(line.charAt(at)) >= 0) {
      at++;
    }
    if (line.toLowerCase(Locale.ROOT).startsWith("step ", at)) {
      at += "step ".length();
    }
    int digits = at;
    while (at < line.length() && Character.isDigit(line.charAt(at))) {
      at++;
    }
    if (at == digits || at >= line.length() || ".):".indexOf(line.charAt(at)) < 0) {
      return "";
    }
    return line.substring(at + 1).replace("**", "").strip();
  }

  private static PlanStep step(String text) {
    String title = text;
    List<String> reads = List.of();
    List<String> leaves = List.of();
    String[] parts = text.split("\\|", -1);
    if (parts.length > 1) {
      title = parts[0].strip();
      for (String part : parts) {
        reads = files(part, "reads", reads);
        leaves = files(part, "leaves", leaves);
      }
    }
    return new PlanStep(shortened(title), reads, leaves);
  }

  private static List<String> files(String part, String label, List<String> otherwise) {
    String text = part.strip();
    if (!text.toLowerCase(Locale.ROOT).startsWith(label)) {
      return otherwise;
    }
    String names = text.substring(label.length());
    return List.of(names.split("[,: ]", -1)).stream()
        .map(String::strip)
        .filter(name -> name.contains("."))
        .toList();
  }
}
