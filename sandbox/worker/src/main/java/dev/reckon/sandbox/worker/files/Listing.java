package dev.reckon.sandbox.worker.files;

import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** A folder's entries, read already: a listing that nobody closes holds nothing. */
record Listing(List<Path> entries) implements DirectoryStream<Path> {
  Listing {
    entries = List.copyOf(entries);
  }

  @Override
  public Iterator<Path> iterator() {
    return entries.iterator();
  }

  @Override
  public void close() {}
}
