package dev.reckon.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Replaces secrets by asterisks in what another encoder writes, as the last defence. Messages of
 * exceptions are the likeliest to get that far.
 */
final class RedactingEncoder extends EncoderBase<ILoggingEvent> {
  private static final String STARS = "***";

  /** What is shorter is no secret but a stand-in, such as local model servers take. */
  private static final int SHORTEST = 8;

  private final Encoder<ILoggingEvent> encoder;
  private final List<String> secrets;

  /**
   * An encoder in front of another, which is started.
   *
   * @param secrets those of fewer than eight characters are left alone
   */
  RedactingEncoder(Encoder<ILoggingEvent> encoder, Set<String> secrets) {
    this.encoder = encoder;
    this.secrets = secrets.stream().filter(it -> it.length() >= SHORTEST).toList();
  }

  @Override
  public byte[] headerBytes() {
    return encoder.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
    for (String secret : secrets) {
      line = line.replace(secret, STARS);
    }
    return line.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return encoder.footerBytes();
  }
}
