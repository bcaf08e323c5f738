package dev.reckon.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page that one test writes, while the rest is written by hand or by another test. */
public final class PageSection {
  private final Path page;
  private final String begin;
  private final String end;

  public PageSection(Path page, String name) {
    this.page = page;
    this.begin = "<!-- " + name + " begins -->\n";
    this.end = "<!-- " + name + " ends -->\n";
  }

  /** Replaces the section; at the end of the page where there is none yet. */
  public void write(String text) throws IOException {
    String all = Files.exists(page) ? Files.readString(page) : "";
    String section = begin + text.strip() + "\n" + end;
    int from = all.indexOf(begin);
    int to = all.indexOf(end);
    Files.writeString(
        page,
        from < 0 || to < from
            ? (all.isEmpty() ? "" : all.stripTrailing() + "\n\n") + section
            : all.substring(0, from) + section + all.substring(to + end.length()));
  }

  /** The section as it is, for whoever writes the rest of the page; empty where there is none. */
  public String text() throws IOException {
    String all = Files.exists(page) ? Files.readString(page) : "";
    int from = all.indexOf(begin);
    int to = all.indexOf(end);
    return from < 0 || to < from ? "" : "\n" + all.substring(from, to + end.length());
  }
}
