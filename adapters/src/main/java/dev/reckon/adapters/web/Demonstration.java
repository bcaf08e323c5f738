package dev.reckon.adapters.web;

import dev.reckon.core.message.Attachment;
import java.util.List;

/** What can be tried out without a model: requests whose model replies were written beforehand. */
public interface Demonstration {
  /** Nothing. */
  Demonstration NONE = List::of;

  /** The scenes, in their order. */
  List<Scene> scenes();

  /**
   * One request.
   *
   * @param number counted from 1
   */
  record Scene(int number, String title, String request, List<Attachment> files) {
    public Scene {
      files = List.copyOf(files);
    }
  }
}
