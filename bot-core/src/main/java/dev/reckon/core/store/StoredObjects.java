package dev.reckon.core.store;

/**
 * The contents of large files, in an object store, for whoever operates it. Deleting a file deletes
 * its object a moment later; what could not be deleted is tried again.
 */
public interface StoredObjects {
  /**
   * How much is there.
   *
   * @param objects that files refer to
   * @param bytes of all of them together
   */
  record Kept(long objects, long bytes) {}

  /** Counts what is in an object store, also where none is configured any more. */
  Kept kept();

  /**
   * Deletes the objects that no file needs, among them those whose upload was interrupted a day
   * ago; does nothing where no object store is configured.
   *
   * @return how many were deleted
   * @throws StoreException when the object store does not delete them; they remain due
   */
  int sweep();

  /**
   * Asks an object store that did not answer lately whether it does now.
   *
   * @throws StoreException when it still does not
   */
  void probe();

  /** Whether the object store answered when it was last used; true where none is configured. */
  boolean answers();
}
