package dev.reckon.app;

import dev.reckon.adapters.demo.DemoScene;
import dev.reckon.adapters.web.Demonstration;
import dev.reckon.core.message.Attachment;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The demonstration's scenes for pages; the one that draws only where something can. */
record WebDemonstration(Sandbox sandbox) implements Demonstration {
  @Override
  public List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    for (DemoScene scene : DemoScene.all(draws())) {
      List<Attachment> files =
          scene.content().stream()
              .<Attachment>map(file -> new Attachment.Inline(file.name(), file.content()))
              .toList();
      scenes.add(new Scene(scenes.size() + 1, scene.title(), scene.request(), files));
    }
    return scenes;
  }

  /** Not while it is not known: a page does not wait for the sandbox. */
  private boolean draws() {
    CompletableFuture<Environment> known = sandbox.environment();
    return known.isDone()
        && !known.isCompletedExceptionally()
        && packages(known.join()).stream().anyMatch(each -> each.startsWith("matplotlib"));
  }

  private static List<String> packages(Environment environment) {
    return environment.second().orElse(environment).packages();
  }
}
