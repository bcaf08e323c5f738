package dev.reckon.core.surface.render;

import dev.reckon.core.message.Block;
import dev.reckon.core.surface.ReplySurface.FileContents;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** A file that goes out with a reply. */
public sealed interface Upload {
  /** Tells it from the other files of the reply, and changes with the content; has no space. */
  String key();

  /** What it is called on the platform. */
  String name();

  /** Its bytes, or empty when they are no longer kept. */
  Optional<byte[]> content(FileContents files);

  /** Text that was too long for a message. */
  record Written(String name, String text) implements Upload {
    @Override
    public String key() {
      CRC32 sum = new CRC32();
      sum.update(text.getBytes(StandardCharsets.UTF_8));
      return name + "#" + HexFormat.of().toHexDigits((int) sum.getValue());
    }

    @Override
    public Optional<byte[]> content(FileContents files) {
      return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * A picture that a run drew, which platforms show where they can.
   *
   * @param file has its PNG bytes
   * @param width in pixels, as the file's header says
   * @param height in pixels, as the file's header says
   * @param caption one visible line that says what it shows
   */
  record Picture(Stored file, int width, int height, String caption) implements Upload {
    @Override
    public String key() {
      return file.key();
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public Optional<byte[]> content(FileContents files) {
      return file.content(files);
    }
  }

  /** A file that a run produced. */
  record Stored(Block.File file) implements Upload {
    private static final int LONGEST_NAME = 100;

    @Override
    public String key() {
      return "file:" + (file.id() + "/" + name()).replace(' ', '_');
    }

    @Override
    public String name() {
      return Sanitizer.fileName(file.name(), LONGEST_NAME);
    }

    @Override
    public Optional<byte[]> content(FileContents files) {
      return files.read(file.id());
    }
  }
}
