package dev.reckon.core.store;

import dev.reckon.core.policy.AdmissionState;
import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.PolicyChanges;

/**
 * The whole store, as the program assembles it; each class takes the ports that it uses. Safe for
 * use by any number of threads. Every method of a port may throw {@link StoreException}.
 */
public interface Store extends Transactions, AutoCloseable {
  Deliveries deliveries();

  /** The processes that share this store. */
  Replicas replicas();

  Conversations conversations();

  Turns turns();

  Outbox outbox();

  Files files();

  /** The contents of large files that are in an object store. */
  StoredObjects objects();

  Computations computations();

  Schedules schedules();

  Memory memory();

  Feedback feedback();

  Preferences preferences();

  Offers offers();

  Audit audit();

  Statistics statistics();

  /** Figures for operators. */
  Operations operations();

  Privacy privacy();

  Export export();

  /** What was used so far, for budgets. */
  Ledger ledger();

  /** Who runs what and how often people asked, for replicas. */
  AdmissionState admissionState();

  /** What administrators changed. */
  PolicyChanges policyChanges();

  /** Browsers that are signed in. */
  WebSessions webSessions();

  /** Links by which computations are shared further. */
  WebShares webShares();

  /** What pages in the browser show. */
  WebMessages webMessages();

  /** Where the app was installed by the workspaces themselves. */
  Installations installations();

  /** What waits at this moment. */
  Backlog backlog();

  @Override
  void close();
}
