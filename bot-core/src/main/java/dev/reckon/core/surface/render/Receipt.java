package dev.reckon.core.surface.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a platform has of a reply so far.
 *
 * @param messages the platform's ids of the messages, in order
 * @param files the platform's ids of what stands for each file, by {@link Upload#key()}
 */
public record Receipt(List<String> messages, Map<String, String> files) {
  /** Nothing was sent yet. */
  public static final Receipt NOTHING = new Receipt(List.of(), Map.of());

  public Receipt {
    messages = List.copyOf(messages);
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  Receipt withMessage(String id) {
    List<String> more = new ArrayList<>(messages);
    more.add(id);
    return new Receipt(more, files);
  }

  Receipt withMessages(int count) {
    return new Receipt(messages.subList(0, count), files);
  }

  Receipt withFile(String key, String id) {
    Map<String, String> more = new LinkedHashMap<>(files);
    more.put(key, id);
    return new Receipt(messages, more);
  }

  Receipt withoutFile(String key) {
    Map<String, String> fewer = new LinkedHashMap<>(files);
    fewer.remove(key);
    return new Receipt(messages, fewer);
  }
}
