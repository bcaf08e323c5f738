package dev.reckon.adapters.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    /** Whether some database may find a hidden column under that name. */
    boolean hides(String key) {
      String loose = Dialect.loose(key);
      return hidden.stream().anyMatch(each -> Dialect.loose(each).equals(loose));
    }
  }

  private final Dialect dialect;
  private final @Nullable Scope outer;
  private final boolean closed;
  private final Map<String, Relation> relations = new HashMap<>();
  private final Map<String, Relation> named = new HashMap<>();
  private final Map<String, String> spellings = new HashMap<>();
  private final Set<String> announced = new HashSet<>();
  private final Set<String> results = new HashSet<>();

  Scope(Dialect dialect, @Nullable Scope outer) {
    this(dialect, outer, false);
  }

  private Scope(Dialect dialect, @Nullable Scope outer, boolean closed) {
    this.dialect = dialect;
    this.outer = outer;
    this.closed = closed;
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
    spellings.put(dialect.key(name), name);
  }

  /** A result's name, by which ORDER BY and the like may call it. */
  void result(String name) {
    results.add(dialect.key(name));
  }

  /**
   * The query of WITH that is called so here. What is only announced is PostgreSQL's outer one of
   * that name; other databases take it for the one to come, which is refused. Databases that are
   * not known may tell names apart by case or quotes, so there it is spelled as WITH has it.
   */
  Optional<Relation> named(String name) {
    String key = dialect.key(name);
    Relation found = named.get(key);
    if (found != null) {
      if (dialect == Dialect.OTHER && !name.equals(spellings.get(key))) {
        throw new RefusedQueryException("write " + spellings.get(key) + " as WITH has it");
      }
      return Optional.of(found);
    }
    if (announced.contains(key) && dialect != Dialect.POSTGRESQL) {
      throw new RefusedQueryException(
          name + " of WITH is used before it is complete; give it a name of its own");
    }
    return outer == null ? Optional.empty() : outer.named(name);
  }

  /**
   * The place of a query of WITH, which may use no column from around it: SQLite looks up what it
   * does not find in its own FROM where that query is used, PostgreSQL where it is written.
   */
  Scope closed() {
    return new Scope(dialect, this, true);
  }

  private Relation relation(String alias) {
    String key = dialect.key(alias);
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Relation found = scope.relations.get(key);
      if (found != null) {
        return found;
      }
      if (scope.closed) {
        if (scope.outer != null && scope.outer.isAround(alias)) {
          throw outside(alias);
        }
        break;
      }
    }
    throw new RefusedQueryException("no table is called " + alias + " here");
  }

  /** Whether a table is called so here or around, whatever is closed. */
  private boolean isAround(String alias) {
    return relations.containsKey(dialect.key(alias)) || (outer != null && outer.isAround(alias));
  }

  private static RefusedQueryException outside(String name) {
    return new RefusedQueryException(
        "a query of WITH may not use "
            + name
            + ", which belongs to the query around it; join WITH's result to it instead");
  }

  /** What is in FROM here. */
  Iterable<Relation> own() {
    return relations.values();
  }

  /** Everything that some database may find under that name, here or around. */
  private List<Relation> meant(String alias) {
    String loose = Dialect.loose(dialect.key(alias));
    List<Relation> meant = new ArrayList<>();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      scope.relations.forEach(
          (key, relation) -> {
            if (Dialect.loose(key).equals(loose)) {
              meant.add(relation);
            }
          });
    }
    return meant;
  }

  /** What is called so, here or around, for all of its columns. */
  Relation whole(String alias) {
    Relation relation = relation(alias);
    if (meant(alias).stream().anyMatch(each -> !each.hidden().isEmpty())) {
      throw hidesColumns();
    }
    return relation;
  }

  /**
   * Refuses a column of that table, unless it may be seen, whichever table of that name is meant:
   * in an ON, PostgreSQL passes over what is not joined there.
   */
  void check(String alias, String column) {
    Relation relation = relation(alias);
    String key = dialect.key(column);
    boolean known =
        (relation.open() || relation.columns().contains(key))
            && meant(alias).stream()
                .allMatch(
                    each ->
                        each.hidden().isEmpty()
                            || (each.columns().contains(key) && !each.hides(key)));
    if (!known) {
      throw new RefusedQueryException("there is no column " + alias + "." + column);
    }
  }

  /** Refuses a column by its name alone, unless whatever it may mean may be seen. */
  void check(String column) {
    String key = dialect.key(column);
    boolean known = false;
    boolean around = false;
    boolean open = false;
    boolean within = true;
    boolean hiding = false;
    if (meant(column).stream().anyMatch(row -> !row.hidden().isEmpty())) {
      throw missing(column);
    }
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.relations.values().stream().anyMatch(r -> r.hides(key))) {
        throw missing(column);
      }
      if (within) {
        known |=
            scope.results.contains(key)
                || scope.relations.values().stream().anyMatch(r -> r.columns().contains(key));
        open |= scope.relations.values().stream().anyMatch(Relation::open);
      } else {
        around |= scope.relations.values().stream().anyMatch(r -> r.columns().contains(key));
      }
      within &= !scope.closed;
      hiding |= scope.relations.values().stream().anyMatch(r -> !r.hidden().isEmpty());
    }
    if (!known && (!open || hiding)) {
      throw around ? outside(column) : missing(column);
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
