package dev.reckon.adapters.demo;

import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.ModelRequest.Message;
import dev.reckon.core.model.ScriptedModel;
import java.util.List;
import java.util.Optional;

/**
 * Stands in where no model is configured: plays the scenes of the demonstration when their requests
 * are asked, and says for everything else that there is no model. It goes by what it is shown
 * alone, so a scene continues after a restart. Safe for use by any number of threads.
 */
public final class SceneModel implements LanguageModel {
  private final List<DemoScene> scenes;
  private final String missing;

  /**
   * A model.
   *
   * @param missing what to do to have a real one
   */
  public SceneModel(List<DemoScene> scenes, String missing) {
    this.scenes = List.copyOf(scenes);
    this.missing = missing;
  }

  @Override
  public ModelReply complete(ModelRequest request) throws ModelException {
    String shown = String.join("\n", request.messages().stream().map(Message::text).toList());
    for (DemoScene scene : scenes) {
      if (shown.contains(scene.request())) {
        Optional<String> reply =
            request.purpose() == ModelRequest.Purpose.JUDGE
                ? judgement(scene, shown)
                : program(scene, shown);
        if (reply.isPresent()) {
          return new ModelReply(reply.get(), ScriptedModel.NAME, null);
        }
      }
    }
    throw new ModelException(ModelException.Kind.NOT_CONFIGURED, missing);
  }

  /** The program after the last one that was tried. */
  private static Optional<String> program(DemoScene scene, String shown) {
    List<String> programs = scene.replies().stream().filter(SceneModel::isProgram).toList();
    int tried = 0;
    for (String program : programs) {
      if (shown.contains(code(program))) {
        tried++;
      }
    }
    return tried < programs.size() ? Optional.of(programs.get(tried)) : Optional.empty();
  }

  /** What was written about the program that is shown. */
  private static Optional<String> judgement(DemoScene scene, String shown) {
    List<String> replies = scene.replies();
    for (int i = replies.size() - 2; i >= 0; i--) {
      if (isProgram(replies.get(i)) && shown.contains(code(replies.get(i)))) {
        return Optional.of(replies.get(i + 1)).filter(next -> !isProgram(next));
      }
    }
    return Optional.empty();
  }

  private static boolean isProgram(String reply) {
    return reply.contains("```python");
  }

  private static String code(String reply) {
    int start = reply.indexOf("```python") + "```python".length();
    return reply.substring(start, reply.indexOf("```", start)).strip();
  }

  @Override
  public String modelFor(ModelRequest.Purpose purpose) {
    return ScriptedModel.NAME;
  }
}
