package dev.reckon.adapters.web;

import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.List;

/** Names a browser as people know it, by what it says of itself. */
final class BrowserName {
  private static final int LONGEST = 60;

  private record Mark(String sign, String name) {}

  /** The most specific first: most browsers claim to be Chrome and Safari as well. */
  private static final List<Mark> BROWSERS =
      List.of(
          new Mark("Edg", "Edge"),
          new Mark("OPR/", "Opera"),
          new Mark("SamsungBrowser/", "Samsung Internet"),
          new Mark("Vivaldi/", "Vivaldi"),
          new Mark("Firefox/", "Firefox"),
          new Mark("FxiOS/", "Firefox"),
          new Mark("CriOS/", "Chrome"),
          new Mark("Chromium/", "Chromium"),
          new Mark("HeadlessChrome/", "Chrome without a window"),
          new Mark("Chrome/", "Chrome"),
          new Mark("Safari/", "Safari"));

  private static final List<Mark> SYSTEMS =
      List.of(
          new Mark("iPhone", "iPhone"),
          new Mark("iPad", "iPad"),
          new Mark("Android", "Android"),
          new Mark("CrOS", "ChromeOS"),
          new Mark("Windows", "Windows"),
          new Mark("Mac OS X", "macOS"),
          new Mark("Linux", "Linux"));

  private BrowserName() {}

  /** Such as "Firefox on Windows"; the beginning of what it says where that is not known. */
  static String of(String agent) {
    String browser = find(agent, BROWSERS);
    String system = find(agent, SYSTEMS);
    if (browser.isEmpty()) {
      return Truncation.cut(Sanitizer.oneLine(agent), LONGEST);
    }
    return system.isEmpty() ? browser : browser + " on " + system;
  }

  private static String find(String agent, List<Mark> marks) {
    return marks.stream()
        .filter(mark -> agent.contains(mark.sign()))
        .map(Mark::name)
        .findFirst()
        .orElse("");
  }
}
