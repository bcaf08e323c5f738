package dev.reckon.adapters.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that count at a place of a query. For use while one query is checked. */
final class Scope {
  /**
   * Something with columns.
   *
   * @param columns that may be named
   * @param hidden that may not; empty for what is no table
   * @param open whether it may have columns of other names, too: results without a name
   */
  record Relation(Set<String> columns, Set<String> hidden, boolean open) {
    Relation {
      columns = Set.copyOf(columns);
      hidden = Set.copyOf(hidden);
    }
  }

  private final Dialect dialect;
  private final @Nullable Scope outer;
  private final Map<String, Relation> relations = new HashMap<>();
  private final Map<String, Relation> named = new HashMap<>();
  private final Set<String> announced = new HashSet<>();
  private final Set<String> results = new HashSet<>();

  Scope(Dialect dialect, @Nullable Scope outer) {
    this.dialect = dialect;
    this.outer = outer;
  }

  /** A table or subquery of FROM. */
  void relation(String alias, Relation relation) {
    if (relations.put(dialect.key(alias), relation) != null) {
      throw new RefusedQueryException(
          "two tables are called " + alias + " in one FROM; give each another name");
    }
  }

  /** A name of WITH whose query is still to come. */
  void announced(String name) {
    announced.add(dialect.key(name));
  }

  /** A query of WITH. */
  void named(String name, Relation relation) {
    named.put(dialect.key(name), relation);
  }

  /** A result's name, by which ORDER BY and the like may call it. */
  void result(String name) {
    results.add(dialect.key(name));
  }

  /**
   * The query of WITH that is called so here. What is only announced is PostgreSQL's outer one of
   * that name; other databases take it for the one to come, which is refused.
   */
  Optional<Relation> named(String name) {
    String key = dialect.key(name);
    Relation found = named.get(key);
    if (found != null) {
      return Optional.of(found);
    }
    if (announced.contains(key) && dialect != Dialect.POSTGRESQL) {
      throw new RefusedQueryException(
          name + " of WITH is used before it is complete; give it a name of its own");
    }
    return outer == null ? Optional.empty() : outer.named(name);
  }

  /**
   * The queries of WITH that are known here, without any table. SQLite looks up what a query of
   * WITH does not find in its own FROM where that query is used, not where it is written.
   */
  Scope withoutRelations() {
    Scope copy = new Scope(dialect, outer == null ? null : outer.withoutRelations());
    copy.named.putAll(named);
    copy.announced.addAll(announced);
    return copy;
  }

  private Relation relation(String alias) {
    String key = dialect.key(alias);
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Relation found = scope.relations.get(key);
      if (found != null) {
        return found;
      }
    }
    throw new RefusedQueryException("no table is called " + alias + " here");
  }

  /** What is in FROM here. */
  Iterable<Relation> own() {
    return relations.values();
  }

  /** What is called so, here or around, for all of its columns. */
  Relation whole(String alias) {
    String key = dialect.key(alias);
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Relation found = scope.relations.get(key);
      if (found != null && !found.hidden().isEmpty()) {
        throw hidesColumns();
      }
    }
    return relation(alias);
  }

  /**
   * Refuses a column of that table, unless it may be seen, whichever table of that name is meant:
   * in an ON, PostgreSQL passes over what is not joined there.
   */
  void check(String alias, String column) {
    Relation relation = relation(alias);
    String key = dialect.key(column);
    boolean known = relation.open() || relation.columns().contains(key);
    String table = dialect.key(alias);
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Relation meant = scope.relations.get(table);
      known &= meant == null || meant.hidden().isEmpty() || meant.columns().contains(key);
    }
    if (!known) {
      throw new RefusedQueryException("there is no column " + alias + "." + column);
    }
  }

  /** Refuses a column by its name alone, unless whatever it may mean may be seen. */
  void check(String column) {
    String key = dialect.key(column);
    boolean known = false;
    boolean open = false;
    boolean hiding = false;
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Relation row = scope.relations.get(key);
      boolean secret = scope.relations.values().stream().anyMatch(r -> r.hidden().contains(key));
      if (secret || (row != null && !row.hidden().isEmpty())) {
        throw missing(column);
      }
      known |=
          scope.results.contains(key)
              || scope.relations.values().stream().anyMatch(r -> r.columns().contains(key));
      open |= scope.relations.values().stream().anyMatch(Relation::open);
      hiding |= scope.relations.values().stream().anyMatch(r -> !r.hidden().isEmpty());
    }
    if (!known && (!open || hiding)) {
      throw missing(column);
    }
  }

  /** Refuses what is not the name of a result. */
  void checkResult(String name) {
    if (!results.contains(dialect.key(name))) {
      throw new RefusedQueryException(
          "there is no result " + name + "; name it with AS, or sort by its number");
    }
  }

  /** Why all columns of a table may not be asked for. */
  static RefusedQueryException hidesColumns() {
    return new RefusedQueryException(
        "* may not be used with a table that has hidden columns; name the columns");
  }

  private static RefusedQueryException missing(String column) {
    return new RefusedQueryException("there is no column " + column + " in these tables");
  }
}
