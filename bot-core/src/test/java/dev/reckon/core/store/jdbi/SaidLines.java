package dev.reckon.core.store.jdbi;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. Safe for any threads. */
final class SaidLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private SaidLines(Class<?> by) {
    logger = (Logger) LoggerFactory.getLogger(by);
  }

  static SaidLines of(Class<?> by) {
    SaidLines said = new SaidLines(by);
    said.start();
    said.logger.addAppender(said);
    return said;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
