package dev.reckon.adapters.web;

import dev.reckon.adapters.http.EventStream.EventSink;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that are open and wait for changes. Each has a virtual thread that asks the store for what
 * is newer than what the page has, so that nothing is lost between two connections and a page that
 * reads slowly holds up nobody. Safe for use by any number of threads.
 */
final class OpenPages implements AutoCloseable {
  /** Proxies and browsers give up on a connection on which nothing comes for longer. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(OpenPages.class);
  private static final Duration AWAY = Duration.ofSeconds(1);
  private static final int READING_AT_ONCE = 3;

  private final Semaphore reading = new Semaphore(READING_AT_ONCE, true);
  private final int most;
  private final int mostPerSession;
  private final List<OpenPage> open = new ArrayList<>();
  private boolean closed;

  OpenPages(int most, int mostPerSession) {
    this.most = most;
    this.mostPerSession = mostPerSession;
  }

  /** What is to be sent to a page. */
  record Change(long version, String markup) {}

  /** What a page is sent, in the order of versions. */
  interface Source {
    /** Some of what is newer than that version, the oldest first; empty when nothing is. */
    List<Change> after(long version);

    /** Whether the person may still see it. */
    boolean isAllowed();
  }

  /** One page. */
  private static final class OpenPage {
    private final ConversationId conversation;
    private final String session;
    private final Semaphore news = new Semaphore(1);
    private volatile boolean surplus;

    OpenPage(ConversationId conversation, String session) {
      this.conversation = conversation;
      this.session = session;
    }

    void wake() {
      if (news.availablePermits() == 0) {
        news.release();
      }
    }
  }

  /** Keeps a page up to date until it is closed, on the calling thread. */
  void serve(ConversationId conversation, String session, EventSink sink, long from, Source source)
      throws IOException, InterruptedException {
    OpenPage page = new OpenPage(conversation, session);
    if (!add(page)) {
      return;
    }
    try {
      long version = from;
      while (isOpen(page) && source.isAllowed()) {
        if (page.news.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
          version = send(page, sink, version, source);
        } else {
          sink.beat();
        }
      }
      if (page.surplus) {
        sink.event("surplus", "", "");
      } else if (!source.isAllowed()) {
        sink.event("signed-out", "", "");
      }
    } finally {
      remove(page);
    }
  }

  private long send(OpenPage page, EventSink sink, long from, Source source)
      throws IOException, InterruptedException {
    long version = from;
    List<Change> changes = read(page, source, version);
    while (!changes.isEmpty()) {
      for (Change change : changes) {
        sink.event("message", change.markup(), Long.toString(change.version()));
        version = change.version();
      }
      changes = read(page, source, version);
    }
    return version;
  }

  /** A few pages read at a time, however many are told of the same change. */
  private List<Change> read(OpenPage page, Source source, long version)
      throws InterruptedException {
    reading.acquire();
    try {
      return source.after(version);
    } catch (StoreException away) {
      LOG.info("An open page waits for the store: {}", away.getMessage());
      page.wake();
      Thread.sleep(AWAY);
      return List.of();
    } finally {
      reading.release();
    }
  }

  private synchronized boolean add(OpenPage page) {
    if (closed) {
      return false;
    }
    open.add(page);
    long mine = open.stream().filter(each -> each.session.equals(page.session)).count();
    OpenPage surplus =
        mine > mostPerSession ? oldest(page.session) : open.size() > most ? open.getFirst() : null;
    if (surplus != null) {
      open.remove(surplus);
      surplus.surplus = true;
      surplus.wake();
    }
    return true;
  }

  private @Nullable OpenPage oldest(String session) {
    return open.stream().filter(each -> each.session.equals(session)).findFirst().orElse(null);
  }

  private synchronized void remove(OpenPage page) {
    open.remove(page);
  }

  private synchronized boolean isOpen(OpenPage page) {
    return !closed && open.contains(page);
  }

  /** Something changed in a conversation. */
  synchronized void changed(ConversationId conversation) {
    open.stream().filter(page -> page.conversation.equals(conversation)).forEach(OpenPage::wake);
  }

  /** Sessions were revoked: pages are closed that must not stay. */
  synchronized void checkAll() {
    open.forEach(OpenPage::wake);
  }

  /** How many are open. */
  synchronized int count() {
    return open.size();
  }

  @Override
  public void close() {
    List<OpenPage> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open);
    }
    left.forEach(OpenPage::wake);
  }
}
