package dev.reckon.sandbox.wire;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a message; {@link WireInput} reads them back. */
public final class WireOutput {
  private final DataOutputStream out;

  public WireOutput(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** Writes one item of a list. */
  @FunctionalInterface
  public interface Item<T> {
    void write(T item) throws IOException;
  }

  public void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  public void small(int value) throws IOException {
    out.writeByte(value);
  }

  public void integer(int value) throws IOException {
    out.writeInt(value);
  }

  public void number(long value) throws IOException {
    out.writeLong(value);
  }

  public void real(double value) throws IOException {
    out.writeDouble(value);
  }

  public void bytes(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public void text(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public <T> void list(Collection<T> items, Item<T> item) throws IOException {
    out.writeInt(items.size());
    for (T each : items) {
      item.write(each);
    }
  }

  public <T> void optional(@Nullable T value, Item<T> item) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      item.write(value);
    }
  }
}
