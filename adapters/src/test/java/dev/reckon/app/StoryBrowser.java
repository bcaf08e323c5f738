package dev.reckon.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Chromium: the system's own, driven by Playwright. Each {@link #profile} is a browser of
 * its own to Reckon, with its own cookies. For use by one thread.
 */
final class StoryBrowser implements AutoCloseable {
  /** How long a page may take for what it is waited for; on a busy machine everything is slow. */
  static final int PATIENCE_MS = 120_000;

  private static final int WIDE = 1280;
  private static final int PHONE = 390;

  private final Playwright playwright;
  private final Browser browser;
  private final String axe = resource("/axe/axe.min.js");

  /** What pages reported: scripts that failed, and what the Content-Security-Policy forbade. */
  private final List<String> complaints = new ArrayList<>();

  private StoryBrowser(Path chromium) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    // Chromium's own sandbox does not start for root, nor in most containers.
                    .setChromiumSandbox(false)
                    .setArgs(List.of("--disable-gpu", "--disable-dev-shm-usage"))
                    .setTimeout(PATIENCE_MS));
  }

  /** Where this machine has a Chromium, if it has one. */
  static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the Chromium that is installed. */
  static StoryBrowser start() {
    return new StoryBrowser(installed().orElseThrow());
  }

  /** A page of a browser that Reckon has not seen before. */
  Page profile() {
    return profile(true);
  }

  /** The same, where scripts may be switched off. */
  Page profile(boolean scripts) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDE, 800)
                .setLocale("en-GB")
                .setJavaScriptEnabled(scripts));
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // A refused connection is logged by Chromium itself, and the page tells it to the person.
          if (message.type().equals("error") && !message.text().contains("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    return page;
  }

  /** What pages reported since they were last asked. */
  List<String> complaints() {
    List<String> until = List.copyOf(complaints);
    complaints.clear();
    return until;
  }

  /**
   * What axe finds serious or worse on a page, in light and dark, one line each; empty where
   * everybody can use it.
   */
  List<String> inaccessible(Page page) {
    List<String> found = new ArrayList<>();
    page.evaluate(axe);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      Object violations =
          page.evaluate(
              """
              async () => (await axe.run({ resultTypes: ["violations"] })).violations
                .filter((one) => ["serious", "critical"].includes(one.impact))
                .map((one) => one.id + ": " + one.nodes.map((node) =>
                  node.html + " " + node.failureSummary).join("\\n"))
              """);
      ((List<?>) violations).forEach(one -> found.add(scheme + " " + one));
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    return found;
  }

  /** Whether a page is wider than a phone, so that one has to scroll sideways. */
  boolean isTooWideForPhones(Page page) {
    page.setViewportSize(PHONE, 844);
    Object wider =
        page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth + 1");
    page.setViewportSize(WIDE, 800);
    return Boolean.TRUE.equals(wider);
  }

  /** What a page has in bytes as the server sends it, with its style sheet and scripts. */
  static int weight(Page page) {
    String base = page.url().replaceFirst("(://[^/]+).*", "$1/assets/");
    return Stream.concat(
            Stream.of(page.url()),
            Stream.of("app.css", "app.js", "chat.js", "composer.js", "table.js").map(base::concat))
        .mapToInt(address -> page.context().request().get(address).body().length)
        .sum();
  }

  /** Milliseconds from the navigation to the page's first content. */
  double firstPaint(Page page) {
    return ((Number)
            page.evaluate(
                "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"))
        .doubleValue();
  }

  /**
   * Takes pictures of a page: {@code NAME.png} and {@code NAME-dark.png} on a wide screen, {@code
   * NAME-phone.png} and {@code NAME-phone-dark.png} on a phone.
   */
  void picture(Page page, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : List.of(WIDE, PHONE)) {
        page.setViewportSize(width, width == WIDE ? 800 : 844);
        String file =
            name
                + (width == WIDE ? "" : "-phone")
                + (scheme == ColorScheme.LIGHT ? "" : "-dark")
                + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(file)));
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(WIDE, 800);
  }

  private static String resource(String name) {
    try (InputStream in = StoryBrowser.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
