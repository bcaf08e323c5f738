package dev.reckon.sandbox.worker.files;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * One time zone in the format of RFC 8536 (TZif, version 2), made from the JDK's rules. Transitions
 * are written out up to a fixed year; the format's footer, which would carry a rule for the time
 * after that, stays empty, so that later times keep the last offset.
 */
final class ZoneFile {
  private static final int LAST_YEAR = 2200;
  private static final int HEADER_RESERVED_BYTES = 15;

  private final ZoneId zone;
  private final ZoneRules rules;
  private final Map<Kind, Integer> kinds = new LinkedHashMap<>();
  private final List<Long> times = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();

  /** One way in which local time can be told. */
  private record Kind(int offsetSeconds, boolean daylight, String abbreviation) {}

  private ZoneFile(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  static byte[] of(ZoneId zone) {
    ZoneFile file = new ZoneFile(zone);
    file.collect();
    try {
      return file.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void collect() {
    List<ZoneOffsetTransition> transitions = rules.getTransitions();
    Instant first =
        transitions.isEmpty() ? Instant.EPOCH : transitions.getFirst().getInstant().minusSeconds(1);
    index(first);
    Instant last = first;
    for (ZoneOffsetTransition transition : transitions) {
      add(transition.getInstant());
      last = transition.getInstant();
    }
    Instant end = LocalDate.of(LAST_YEAR, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    ZoneOffsetTransition next = rules.nextTransition(last);
    while (next != null && next.getInstant().isBefore(end)) {
      add(next.getInstant());
      next = rules.nextTransition(next.getInstant());
    }
  }

  private void add(Instant at) {
    times.add(at.getEpochSecond());
    indexes.add(index(at));
  }

  private int index(Instant at) {
    boolean daylight = rules.isDaylightSavings(at);
    Kind kind =
        new Kind(rules.getOffset(at).getTotalSeconds(), daylight, abbreviation(at, daylight));
    return kinds.computeIfAbsent(kind, ignored -> kinds.size());
  }

  /** The name in use today; a zone without one is called by its offset, as in the tz database. */
  private String abbreviation(Instant at, boolean daylight) {
    int seconds = rules.getOffset(at).getTotalSeconds();
    String name =
        TimeZone.getTimeZone(zone).getDisplayName(daylight, TimeZone.SHORT, Locale.ENGLISH);
    if (name.matches("[A-Z]{3,5}")) {
      return name;
    }
    int minutes = Math.abs(seconds) / 60;
    String digits = "%s%02d".formatted(seconds < 0 ? "-" : "+", minutes / 60);
    return minutes % 60 == 0 ? digits : digits + "%02d".formatted(minutes % 60);
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    Map<String, Integer> starts = new LinkedHashMap<>();
    for (Kind kind : kinds.keySet()) {
      if (!starts.containsKey(kind.abbreviation())) {
        starts.put(kind.abbreviation(), names.size());
        names.write(kind.abbreviation().getBytes(StandardCharsets.US_ASCII));
        names.write(0);
      }
    }
    // The first block is for readers of 32-bit times; it may hold a single kind and nothing else.
    header(out, 0, 1, 1);
    out.writeInt(0);
    out.writeByte(0);
    out.writeByte(0);
    out.writeByte(0);
    header(out, times.size(), kinds.size(), names.size());
    for (long time : times) {
      out.writeLong(time);
    }
    for (int index : indexes) {
      out.writeByte(index);
    }
    for (Kind kind : kinds.keySet()) {
      out.writeInt(kind.offsetSeconds());
      out.writeBoolean(kind.daylight());
      out.writeByte(starts.getOrDefault(kind.abbreviation(), 0));
    }
    names.writeTo(out);
    out.writeBytes("\n\n");
    return bytes.toByteArray();
  }

  private static void header(DataOutputStream out, int times, int kinds, int nameBytes)
      throws IOException {
    out.writeBytes("TZif2");
    out.write(new byte[HEADER_RESERVED_BYTES]);
    out.writeInt(0);
    out.writeInt(0);
    out.writeInt(0);
    out.writeInt(times);
    out.writeInt(kinds);
    out.writeInt(nameBytes);
  }
}
