package dev.reckon.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * The log, on standard error. Logback finds this class by its service file, so that no XML is
 * looked for and parsed at every start.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  /** Conversation and turn come from the scope in which a line is written. */
  private static final String LINE =
      "%d{HH:mm:ss.SSS} %-5level %replace([conversation=%X{conversation:-} turn=%X{turn:-}]"
          + " ){'\\[conversation= turn=\\] ', ''}%logger{0} - %replace(%msg){'\\p{Cntrl}', ' '}%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    attach(context, text(context, false));
    root(context).setLevel(Level.WARN);
    // Tells every failed poll with a trace; the Telegram adapter says it once and in plain words.
    context.getLogger("org.telegram.telegrambots.longpolling").setLevel(Level.OFF);
    // Warns of each connection that a restarted database leaves behind; the store says it once.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    // Its request parser warns of payloads that it does not know, with what people wrote in them.
    context.getLogger("com.slack.api").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Applies what was configured. Libraries stay at {@code info} where Reckon's own lines are wanted
   * from {@code debug} on: at theirs, HTTP headers and bodies are written out, keys among them.
   *
   * @param secrets what no line may have in it, whoever wrote it
   */
  static void apply(Settings.LogSettings settings, Set<String> secrets) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root(context).detachAndStopAllAppenders();
    Level level = settings.level().level();
    root(context).setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    context.getLogger("dev.reckon").setLevel(level);
    if (settings.json()) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.setWithFormattedMessage(true);
      encoder.setWithMessage(false);
      encoder.setWithArguments(false);
      encoder.setWithContext(false);
      encoder.setWithSequenceNumber(false);
      encoder.start();
      attach(context, new RedactingEncoder(encoder, secrets));
    } else {
      attach(
          context, new RedactingEncoder(text(context, level.toInt() <= Level.INFO_INT), secrets));
    }
  }

  /** Faults show where they come from to those only who asked for more than warnings. */
  private static Encoder<ILoggingEvent> text(LoggerContext context, boolean traces) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LINE + (traces ? "%ex" : "%nopex"));
    encoder.start();
    return encoder;
  }

  private static void attach(LoggerContext context, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    root(context).addAppender(appender);
  }

  private static Logger root(LoggerContext context) {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
