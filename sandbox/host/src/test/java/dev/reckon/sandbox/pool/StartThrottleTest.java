package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartThrottleTest {
  private final StartThrottle starts = new StartThrottle();

  @Test
  void aStartCanBePutOffAndAShorterRestDoesNotShortenIt() {
    assertEquals(Duration.ZERO, starts.pause());
    starts.rest(Duration.ofHours(2));
    starts.rest(Duration.ofHours(1));
    assertTrue(starts.pause().compareTo(Duration.ofMinutes(90)) > 0);
  }

  @Test
  void failuresInARowMakeItBrokenUntilOneSucceeds() {
    starts.failed("first");
    starts.failed("second");
    assertFalse(starts.broken());
    starts.failed("third");
    assertTrue(starts.broken());
    assertEquals("the sandbox's worker does not start: third", starts.reason());
    starts.succeeded();
    assertFalse(starts.broken());
  }
}
