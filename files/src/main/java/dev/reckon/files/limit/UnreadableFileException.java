package dev.reckon.files.limit;

/** A file cannot be read. The message is a sentence for the person who sent it. */
public class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1;

  public UnreadableFileException(String message) {
    super(message);
  }
}
