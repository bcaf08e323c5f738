package dev.reckon.core.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a judge wrote and derives the verdict. The judge gives requirements with quotations;
 * that a quotation stands where it claims to stand is checked here. A form is found among other
 * text; several that disagree are no verdict. Servers that know no structured output answer in
 * other JSON or in words, which is read only where no requirement is named. What cannot be read is
 * no verdict.
 */
public final class JudgeReply {
  /** The JSON schema of the form that a judge fills in. */
  public static final String SCHEMA =
      """
      {"type":"object","additionalProperties":false,"required":["requirements","headline"],"properties":{\
      "requirements":{"type":"array","items":{"type":"object","additionalProperties":false,\
      "required":["requirement","kind","quote","mismatch"],"properties":{\
      "requirement":{"type":"string"},\
      "kind":{"type":"string","enum":["measure","filter","group","order","limit","unit","file","other"]},\
      "quote":{"type":"string"},"mismatch":{"type":"string"}}}},\
      "headline":{"type":"string"}}}\
      """;

  private static final List<String> VERDICTS =
      List.of("answers", "answer", "verdict", "verified", "correct", "passed", "pass", "ok");
  private static final List<String> REASONS =
      List.of("reason", "explanation", "mismatch", "objection", "because");
  private static final List<String> DOUBTS = List.of(" but ", "however", "except", "although");
  private static final int LONGEST = 600;
  private static final int LONGEST_HEADLINE = 200;
  private static final int MOST_REQUIREMENTS = 60;
  private static final int MOST_FORMS = 8;

  private JudgeReply() {}

  /**
   * The judgement; its headline is as the judge wrote it.
   *
   * @param evidence where a quotation of something met may come from: output, program, files
   * @param request where a quotation of something unmet may come from besides
   */
  public static Judgement read(
      String reply, List<String> evidence, String request, Language language) {
    String text = ReplyText.of(reply).strip();
    JsonValues json = JsonValues.in(text);
    if (json.isEmpty()) {
      return text.contains("{") && text.contains("requirement")
          ? Judgement.unsure(Label.JUDGE_UNREAD.in(language))
          : prose(text, language);
    }
    boolean named = names("requirements", text);
    List<JsonNode> forms = json.complete().stream().flatMap(value -> forms(value, !named)).toList();
    if (forms.size() > MOST_FORMS) {
      return Judgement.unsure(Label.JUDGE_UNREAD.in(language));
    }
    List<Judgement> judgements = new ArrayList<>();
    for (JsonNode form : forms) {
      ArrayNode requirements = requirements(form);
      judgements.add(
          requirements == null
              ? Judgement.unsure(Label.JUDGE_UNCLEAR.in(language))
              : derived(requirements, evidence, request, language)
                  .withHeadline(headline(form.path("headline"))));
    }
    if (!named && !names("requirement", text) && !json.unread()) {
      json.complete().stream()
          .filter(JsonNode::isObject)
          .forEach(value -> judgements.add(otherJson(value, language)));
    }
    return agreed(judgements, language);
  }

  /** Each object in a value that has requirements, or the value itself as a list of them. */
  private static Stream<JsonNode> forms(JsonNode value, boolean listsToo) {
    return listsToo && value.isArray() && value.valueStream().anyMatch(i -> i.has("requirement"))
        ? Stream.of(value)
        : value.findParents("requirements").stream();
  }

  private static boolean names(String field, String text) {
    return text.contains(field + '"') || text.contains(field + "'");
  }

  /** The first judgement, when no other one comes to another verdict. */
  private static Judgement agreed(List<Judgement> judgements, Language language) {
    if (judgements.isEmpty()) {
      return Judgement.unsure(Label.JUDGE_UNREAD.in(language));
    }
    return judgements.stream().map(Judgement::verdict).distinct().count() == 1
        ? judgements.getFirst()
        : Judgement.unsure(Label.JUDGE_UNCLEAR.in(language));
  }

  /** The requirements; some judges give the list alone, or one requirement without a list. */
  private static @Nullable ArrayNode requirements(JsonNode form) {
    JsonNode given = form.isArray() ? form : form.path("requirements");
    return switch (given) {
      case ArrayNode list -> list;
      case ObjectNode one when one.has("requirement") ->
          JsonNodeFactory.instance.arrayNode().add(one);
      default -> null;
    };
  }

  /** One line; empty when it is missing or longer than a headline. */
  private static String headline(JsonNode given) {
    String line = given.asText("").strip();
    boolean fits = line.length() <= LONGEST_HEADLINE && line.lines().count() == 1;
    return fits ? line : "";
  }

  private static Judgement derived(
      ArrayNode form, List<String> evidence, String request, Language language) {
    QuotationCheck shown = new QuotationCheck(evidence);
    List<String> all = new ArrayList<>(evidence);
    all.add(request);
    QuotationCheck anywhere = new QuotationCheck(all);
    List<TurnResult.Requirement> requirements = new ArrayList<>();
    String objection = "";
    String doubt = form.isEmpty() ? Label.JUDGE_NO_REQUIREMENT.in(language) : "";
    if (form.size() > MOST_REQUIREMENTS) {
      return Judgement.unsure("the judge named more than " + MOST_REQUIREMENTS + " requirements");
    }
    for (JsonNode item : form) {
      String name = shortened(item.path("requirement").asText());
      String quote = shortened(item.path("quote").asText());
      String written = written(item.path("mismatch"));
      String mismatch = shortened(written) + " (“" + quote + "”)";
      MismatchText.Reading reading = MismatchText.read(written, name, quote);
      if (reading == MismatchText.Reading.NOTHING && shown.contains(quote)) {
        requirements.add(new TurnResult.Requirement(name, true, quote));
      } else if (reading == MismatchText.Reading.OBJECTION && anywhere.contains(quote)) {
        requirements.add(new TurnResult.Requirement(name, false, mismatch));
        objection = objection.isEmpty() ? mismatch : objection;
      } else if (reading == MismatchText.Reading.DOUBT && anywhere.contains(quote)) {
        requirements.add(new TurnResult.Requirement(name, false, mismatch));
        doubt = Label.JUDGE_UNCLEAR.in(language);
      } else {
        requirements.add(
            new TurnResult.Requirement(
                name, false, "the judge's quotation is nowhere to be found"));
        doubt = Label.JUDGE_NO_EVIDENCE.in(language, name);
      }
    }
    if (!objection.isEmpty()) {
      return new Judgement(Judgement.Verdict.REJECTED, objection, requirements);
    }
    if (!doubt.isEmpty()) {
      return new Judgement(Judgement.Verdict.UNSURE, doubt, requirements);
    }
    return new Judgement(
        Judgement.Verdict.ANSWERS, "every requirement has its evidence.", requirements);
  }

  /** A mismatch that is a list or an object says something too. */
  private static String written(JsonNode mismatch) {
    return mismatch.isContainerNode() && !mismatch.isEmpty()
        ? mismatch.toString()
        : mismatch.asText();
  }

  private static Judgement otherJson(JsonNode form, Language language) {
    String reason = "";
    for (String field : REASONS) {
      reason = reason.isEmpty() ? shortened(form.path(field).asText("")) : reason;
    }
    for (String field : VERDICTS) {
      JsonNode verdict = form.path(field);
      if (verdict.isBoolean()) {
        return plain(verdict.booleanValue(), reason, language);
      }
      if (verdict.isTextual()) {
        String word = verdict.textValue().strip().toLowerCase(Locale.ROOT);
        if (List.of("yes", "true", "pass", "passed", "correct").contains(word)) {
          return plain(true, reason, language);
        }
        if (List.of("no", "false", "fail", "failed", "incorrect", "wrong").contains(word)) {
          return plain(false, reason, language);
        }
      }
    }
    return Judgement.unsure(Label.JUDGE_UNCLEAR.in(language));
  }

  private static Judgement prose(String text, Language language) {
    String line =
        text.lines().map(JudgeReply::bare).filter(l -> !l.isEmpty()).findFirst().orElse("");
    String lower = line.toLowerCase(Locale.ROOT);
    boolean yes = isWord(lower, "yes");
    boolean no = isWord(lower, "no");
    if (yes && DOUBTS.stream().noneMatch(text.toLowerCase(Locale.ROOT)::contains)) {
      return plain(true, "", language);
    }
    if (no) {
      String rest = text.substring(text.indexOf(line) + 2).strip();
      return plain(false, shortened(trimmedStart(rest)), language);
    }
    return Judgement.unsure(Label.JUDGE_UNCLEAR.in(language));
  }

  private static Judgement plain(boolean answers, String reason, Language language) {
    if (answers) {
      return new Judgement(
          Judgement.Verdict.ANSWERS,
          "the judge said yes and quoted nothing.",
          List.of(),
          Judgement.Method.PLAIN);
    }
    return reason.isBlank()
        ? Judgement.unsure(Label.JUDGE_NO_REASON.in(language))
        : new Judgement(Judgement.Verdict.REJECTED, reason, List.of());
  }

  private static boolean isWord(String line, String word) {
    return line.startsWith(word)
        && (line.length() == word.length() || !Character.isLetter(line.charAt(word.length())));
  }

  private static String bare(String line) {
    return trimmedStart(line.strip());
  }

  private static String trimmedStart(String text) {
    int from = 0;
    while (from < text.length() && "*_#`>:,.- –—\"'".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    return text.substring(from);
  }

  private static String shortened(String text) {
    String line = text.strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
