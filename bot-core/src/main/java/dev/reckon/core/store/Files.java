package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Files of conversations. Equal contents are kept once. Where an object store holds the large ones
 * and does not answer, storing and reading wait for it; in a transaction they must not be read.
 */
public interface Files {
  /**
   * A file.
   *
   * @param id names this content under this name; never used again
   * @param name as scripts see it
   * @param attached what the person attached that it came from, under the name that they know: its
   *     own name mostly, {@code budget.xlsx} for the {@code budget.csv} that was made of it
   * @param turn the turn that produced it, or 0 when a person attached it
   */
  record StoredFile(
      String id,
      ConversationId conversation,
      String name,
      String attached,
      long bytes,
      String sha256,
      long turn,
      Instant createdAt) {}

  /**
   * Keeps a file; one of the same name in the same conversation is replaced, and stays readable by
   * its id until it expires.
   */
  StoredFile put(ConversationId conversation, String name, byte[] content, long turn);

  /** The same for what a person attached, perhaps under another name. */
  StoredFile putAttached(ConversationId conversation, String name, String attached, byte[] content);

  /**
   * Keeps a file for a turn alone: it is readable by its id until it expires, and none of the
   * conversation's files.
   */
  StoredFile putAside(ConversationId conversation, String name, byte[] content, long turn);

  /**
   * Does beforehand what may take long about storing a large file, for whoever then stores it in a
   * transaction; not to be called in one. Otherwise a transaction keeps the bytes in the database.
   */
  void prepare(ConversationId conversation, byte[] content);

  /** Gives up what was prepared and that no file uses; does nothing where one does. */
  void abandon(ConversationId conversation, byte[] content);

  /**
   * Stores a file in another conversation as well, as what a person attached, without reading it;
   * one of the same name there is replaced. Empty where the file is gone.
   */
  Optional<StoredFile> copy(StoredFile file, ConversationId to);

  /** The conversation's files by name, without replaced ones. */
  List<StoredFile> list(ConversationId conversation);

  /**
   * The conversation's files as they were at that time, by name, as far as they were neither
   * dropped nor have expired. What turns produced and replaced since is left out.
   */
  List<StoredFile> listAt(ConversationId conversation, Instant at);

  Optional<StoredFile> find(ConversationId conversation, String name);

  /** The bytes, or empty when it has been dropped or has expired. */
  Optional<byte[]> read(String id);

  /**
   * Removes a file and those it replaced.
   *
   * @return whether there was one
   */
  boolean drop(ConversationId conversation, String name);

  /** Bytes kept for a conversation, replaced ones included. */
  long bytesOf(ConversationId conversation);

  /** Bytes kept for a conversation's whole team. */
  long bytesOfTeam(ConversationId conversation);
}
