package dev.reckon.core.turn.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PngHeaderTest {
  private static byte[] png(int width, int height) {
    return ByteBuffer.allocate(40)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .putInt(0x49484452)
        .putInt(width)
        .putInt(height)
        .array();
  }

  @Test
  void theSizeStandsInTheHeader() {
    assertEquals(Optional.of(new PngHeader(1080, 690)), PngHeader.of(png(1080, 690)));
  }

  @Test
  void sizesThatNoSurfaceShowsAndOtherFilesAreNoPictures() {
    assertEquals(Optional.empty(), PngHeader.of(png(0, 690)));
    assertEquals(Optional.empty(), PngHeader.of(png(-1, 690)));
    assertEquals(Optional.empty(), PngHeader.of(png(20_000, 10)));
    assertEquals(Optional.empty(), PngHeader.of(png(9_000, 9_000)));
    assertEquals(Optional.empty(), PngHeader.of(Arrays.copyOf(png(10, 10), 23)));
    byte[] other = png(10, 10);
    other[0] = 'G';
    assertEquals(Optional.empty(), PngHeader.of(other));
  }
}
