package dev.reckon.files;

import dev.reckon.files.encoding.TextDecoder;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.Profiler;

/**
 * Reads one attachment into files that programs can open.
 *
 * <p>Nothing that is in an attachment makes {@link #read} throw: what cannot be read is a notice in
 * the result, running out of memory included. May be used by several threads.
 */
public final class FileReading {
  private final ReadLimits limits;
  private final TextDecoder decoder = new TextDecoder();
  private final Profiler profiler;

  public FileReading(ReadLimits limits) {
    this.limits = limits;
    this.profiler = new Profiler(limits);
  }

  /**
   * Reads an attachment.
   *
   * @param name as the person attached it, whatever it holds
   * @param content its bytes; kept in the result where nothing has to be changed
   */
  public ReadResult read(String name, byte[] content) {
    return new AttachmentReader(limits, decoder, profiler, name).run(content);
  }
}
