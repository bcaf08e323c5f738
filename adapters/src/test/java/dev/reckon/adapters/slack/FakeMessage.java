package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A message in the fake workspace; its content changes by edits. */
final class FakeMessage {
  final String channel;
  final String ts;
  final String thread;
  final String onlyFor;
  final List<String> history = new ArrayList<>();
  private String text;
  private JsonNode blocks;
  private boolean deleted;

  FakeMessage(
      String channel, String ts, String thread, String text, JsonNode blocks, String onlyFor) {
    this.channel = channel;
    this.ts = ts;
    this.thread = thread;
    this.onlyFor = onlyFor;
    this.text = text;
    this.blocks = blocks;
    history.add(text);
  }

  synchronized void change(String newText, JsonNode newBlocks) {
    text = newText;
    blocks = newBlocks;
    history.add(newText);
  }

  synchronized void delete() {
    deleted = true;
  }

  synchronized boolean deleted() {
    return deleted;
  }

  synchronized String text() {
    return text;
  }

  synchronized JsonNode blocks() {
    return blocks;
  }

  /** All words that it shows, block by block. */
  synchronized String shown() {
    return blocks.isEmpty() ? text : BlockText.of(blocks);
  }

  /** The value of the button or menu entry with that label. */
  synchronized String button(String label) {
    for (JsonNode element : blocks.findParents("value")) {
      if (element.path("text").path("text").asText().contains(label)) {
        return element.path("value").asText();
      }
    }
    throw new AssertionError("no button " + label + " in " + blocks);
  }

  @Override
  public String toString() {
    String place = channel + (thread.isEmpty() ? "" : " thread " + thread);
    String readers = onlyFor.isEmpty() ? "" : " (only " + onlyFor + " sees it)";
    return place + " " + ts + readers + (deleted() ? " (deleted)" : "") + "\n" + shown().indent(4);
  }
}
