package dev.reckon.adapters.telegram;

import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.ModelRequest.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * A scripted model: what it writes depends on the words of the last message. A request that it was
 * not told of fails loudly. The judge accepts what the output shows.
 */
final class PlayedModel implements LanguageModel {
  private final Map<String, List<String>> lines = new LinkedHashMap<>();
  private final Map<String, Integer> next = new LinkedHashMap<>();
  private final Map<String, CountDownLatch> gates = new LinkedHashMap<>();
  private final List<ModelRequest> asked = new ArrayList<>();

  /** When a prompt has these words, it writes these replies, one after another. */
  PlayedModel when(String words, String... replies) {
    lines.put(words, List.of(replies));
    return this;
  }

  /** Holds the answer to these words until the gate is open. */
  synchronized CountDownLatch hold(String words) {
    CountDownLatch gate = new CountDownLatch(1);
    gates.put(words, gate);
    return gate;
  }

  @Override
  public ModelReply complete(ModelRequest request) throws InterruptedException {
    CountDownLatch gate;
    String reply;
    synchronized (this) {
      asked.add(request);
      String prompt = request.messages().getLast().text();
      String key = key(request, prompt);
      gate = gates.get(key);
      reply = request.purpose() == Purpose.JUDGE ? verdict(key) : line(key);
    }
    if (gate != null) {
      gate.await();
    }
    return new ModelReply(reply, "played", null);
  }

  private String key(ModelRequest request, String prompt) {
    String where =
        request.purpose() == Purpose.GENERATE || request.purpose() == Purpose.JUDGE
            ? prompt
            : request.messages().stream()
                .map(ModelRequest.Message::text)
                .collect(Collectors.joining("\n"));
    return lines.keySet().stream()
        .filter(where::contains)
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("nobody told the model of: " + where));
  }

  private String line(String key) {
    List<String> replies = lines.getOrDefault(key, List.of());
    int at = next.merge(key, 1, Integer::sum) - 1;
    return replies.get(Math.min(at, replies.size() - 1));
  }

  private static String verdict(String key) {
    return """
    {"requirements":[{"requirement":"%s","kind":"measure","quote":"result","mismatch":""}]}\
    """
        .formatted(key);
  }

  synchronized List<ModelRequest> asked() {
    return List.copyOf(asked);
  }

  @Override
  public String modelFor(Purpose purpose) {
    return "played";
  }
}
