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

  /** A query of WITH. */
  void named(String name, Relation relation) {
    named.put(dialect.key(name), relation);
  }

  /** A result's name, by which ORDER BY and the like may call it. */
  void result(String name) {
    results.add(dialect.key(name));
  }

  /** The query of WITH that is called so here. */
  Optional<Relation> named(String name) {
    Relation found = named.get(dialect.key(name));
    return found != null
        ? Optional.of(found)
        : outer == null ? Optional.empty() : outer.named(name);
  }

  /** What is called so in FROM, here or around. */
  Optional<Relation> relation(String alias) {
    Relation found = relations.get(dialect.key(alias));
    return found != null
        ? Optional.of(found)
        : outer == null ? Optional.empty() : outer.relation(alias);
  }

  /** What is in FROM here. */
  Iterable<Relation> own() {
    return relations.values();
  }

  /** Refuses a column of that table, unless it may be seen. */
  void check(String alias, String column) {
    Relation relation =
        relation(alias)
            .orElseThrow(() -> new RefusedQueryException("no table is called " + alias + " here"));
    if (!relation.open() && !relation.columns().contains(dialect.key(column))) {
      throw new RefusedQueryException("there is no column " + alias + "." + column);
    }
  }

  /** Refuses a column by its name alone, unless whatever it may mean may be seen. */
  void check(String column) {
    String key = dialect.key(column);
    boolean known = false;
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Relation row = scope.relations.get(key);
      boolean secret = scope.relations.values().stream().anyMatch(r -> r.hidden().contains(key));
      if (secret || (row != null && !row.hidden().isEmpty())) {
        throw missing(column);
      }
      known |=
          scope.results.contains(key)
              || scope.relations.values().stream()
                  .anyMatch(r -> r.open() || r.columns().contains(key));
    }
    if (!known) {
      throw missing(column);
    }
  }

  private static RefusedQueryException missing(String column) {
    return new RefusedQueryException("there is no column " + column + " in these tables");
  }
}
