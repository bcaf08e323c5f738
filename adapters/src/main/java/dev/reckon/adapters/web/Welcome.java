package dev.reckon.adapters.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an empty conversation shows: what Reckon does, and what can be asked at a click. */
final class Welcome {
  private Welcome() {}

  /** The examples; without a model, the demonstration and programs of the visitor's own. */
  static Html of(WebSettings settings, Demonstration demonstration) {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.el("h2").text("What would you like to compute?"));
    parts.add(
        Html.el("p")
            .text(
                "Reckon writes Python for your request, runs it in a locked sandbox, and checks"
                    + " that the output answers what you asked."));
    if (!settings.noModel().isEmpty()) {
      parts.add(
          Html.el("div", "banner")
              .add(
                  Html.el("p").add(Html.el("strong").text("No model is configured. ")),
                  Html.el("p").text(settings.noModel()),
                  Html.el("p")
                      .text(
                          "Until then you can play the demonstration below, whose model replies"
                              + " were written beforehand, and run Python of your own.")));
    }
    List<Demonstration.Scene> scenes = demonstration.scenes();
    if (!scenes.isEmpty()) {
      parts.add(Html.el("h3").text("Demonstration"));
      parts.add(Html.el("ul", "examples").add(scenes.stream().map(Welcome::scene).toList()));
    }
    List<Html> examples =
        settings.noModel().isEmpty()
            ? Arrays.asList(
                example("What is the 1,000th prime number?"),
                example(
                    "Monthly payment of a 250,000 loan over 25 years at 3.8 %, as a table by"
                        + " year"))
            : List.of(example("run ```\nprint(sum(range(101)))\n```"));
    parts.add(Html.el("h3").text(settings.noModel().isEmpty() ? "Examples" : "Run Python"));
    parts.add(Html.el("ul", "examples").add(examples));
    return Html.el("div", "welcome").attr("id", "welcome").add(parts);
  }

  private static Html scene(Demonstration.Scene scene) {
    return Html.el("li")
        .add(
            Html.el("button", "example")
                .attr("type", "button")
                .attr("data-scene", scene.number())
                .add(Html.el("strong").text(scene.title()), Html.el("span").text(scene.request())));
  }

  private static Html example(String text) {
    return Html.el("li")
        .add(
            Html.el("button", "example")
                .attr("type", "button")
                .attr("data-example", text)
                .add(Html.el("span").text(text)));
  }
}
