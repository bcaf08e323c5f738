package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A real Chromium: the system's own, driven by Playwright. Each {@link #profile} is a browser of
 * its own to Reckon, with its own cookies. For use by one thread.
 */
public final class StoryBrowser implements AutoCloseable {
  /** How long a page may take for what it is waited for; on a busy machine everything is slow. */
  public static final int PATIENCE_MS = 120_000;

  private static final boolean PICTURES = "write".equals(System.getProperty("reckon.docs"));
  private static final Path HOME = Path.of(System.getProperty("reckon.root"));
  private static final Path DOCS = HOME.resolve("docs/web");
  private static final Path ALL_PICTURES = HOME.resolve("adapters/target/web-pictures");
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
  private static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the Chromium that is installed. Without one that starts, the stories are skipped: that
   * is the machine's matter, not Reckon's.
   */
  public static StoryBrowser start() {
    Path chromium =
        installed()
            .orElseThrow(
                () ->
                    new TestAbortedException(
                        "SKIPPED: the stories in a browser, since no Chromium is installed"
                            + " (apt install chromium)"));
    try {
      return new StoryBrowser(chromium);
    } catch (PlaywrightException e) {
      throw new TestAbortedException(
          "SKIPPED: the stories in a browser, since Chromium does not start: " + e.getMessage(), e);
    }
  }

  /** A page of a browser that Reckon has not seen before. */
  public Page profile() {
    return profile(true);
  }

  /** The same, where scripts may be switched off. */
  public Page profile(boolean scripts) {
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
  public List<String> complaints() {
    List<String> until = List.copyOf(complaints);
    complaints.clear();
    return until;
  }

  /**
   * What axe finds serious or worse on a page, in light and dark, one line each; empty where
   * everybody can use it.
   */
  private List<String> inaccessible(Page page) {
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
  private static boolean isTooWideForPhones(Page page) {
    page.setViewportSize(PHONE, 844);
    Object wider =
        page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth + 1");
    page.setViewportSize(WIDE, 800);
    return Boolean.TRUE.equals(wider);
  }

  /** What a page has in bytes as the server sends it, with its style sheet and scripts. */
  public static int weight(Page page) {
    String base = page.url().replaceFirst("(://[^/]+).*", "$1/assets/");
    return Stream.concat(
            Stream.of(page.url()),
            Stream.of("app.css", "app.js", "chat.js", "composer.js", "table.js").map(base::concat))
        .mapToInt(address -> page.context().request().get(address).body().length)
        .sum();
  }

  /** Milliseconds from the navigation to the page's first content. */
  private static double firstPaint(Page page) {
    return ((Number)
            page.evaluate(
                "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"))
        .doubleValue();
  }

  /**
   * Checks that everybody can use a page, on a phone too. With {@code -Dreckon.docs=write} it also
   * takes pictures: each page light and dark, wide and on a phone in {@code target/web-pictures},
   * two of them for docs/web.
   */
  public void check(Page page, String name) throws IOException {
    assertEquals(List.of(), inaccessible(page), name);
    assertFalse(isTooWideForPhones(page), name + " has to be scrolled sideways");
    if (!PICTURES) {
      return;
    }
    System.out.printf(
        Locale.ROOT, "MEASURE %s: first paint after %.0f ms%n", name, firstPaint(page));
    picture(page, name);
    Files.createDirectories(DOCS);
    for (String file : List.of(name + ".png", name + "-phone-dark.png")) {
      Files.copy(
          ALL_PICTURES.resolve(file), DOCS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * {@code NAME.png}, {@code NAME-dark.png}, {@code NAME-phone.png}, {@code NAME-phone-dark.png}.
   */
  private static void picture(Page page, String name) throws IOException {
    Files.createDirectories(ALL_PICTURES);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : List.of(WIDE, PHONE)) {
        page.setViewportSize(width, width == WIDE ? 800 : 844);
        String file =
            name
                + (width == WIDE ? "" : "-phone")
                + (scheme == ColorScheme.LIGHT ? "" : "-dark")
                + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(ALL_PICTURES.resolve(file)));
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
