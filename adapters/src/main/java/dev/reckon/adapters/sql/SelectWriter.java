package dev.reckon.adapters.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a SELECT from the parts that are known and allowed, with every table and column looked
 * up in the schema. For one query.
 */
final class SelectWriter {
  private final Schema schema;
  private final TextGrowth growth = new TextGrowth();
  private final ExpressionWriter expressions;

  SelectWriter(Schema schema) {
    this.schema = schema;
    this.expressions = new ExpressionWriter(schema.dialect(), growth, this);
  }

  /**
   * A SELECT and what it yields.
   *
   * @param columns the names of its results
   * @param open whether it has results without a name
   */
  record Written(String sql, List<String> columns, boolean open) {
    Scope.Relation relation(Dialect dialect) {
      Set<String> keys = columns.stream().map(dialect::key).collect(Collectors.toSet());
      return new Scope.Relation(keys, Set.of(), open);
    }

    Written withSql(String text) {
      return new Written(text, columns, open);
    }
  }

  Written write(Select select, @Nullable Scope outer) {
    Scope around = new Scope(schema.dialect(), outer);
    String with = with(select.getWithItemsList(), around);
    Written body =
        switch (select) {
          case PlainSelect plain -> plain(plain, around);
          case SetOperationList set -> set(set, around);
          case ParenthesedSelect inner when inner.getAlias() == null -> parenthesed(inner, around);
          default -> throw new RefusedQueryException("only SELECT may be used in queries");
        };
    return body.withSql(with + body.sql());
  }

  /** A SELECT in parentheses, in FROM or as a value; without its alias. */
  Written parenthesed(ParenthesedSelect select, @Nullable Scope outer) {
    if (select.getClass() != ParenthesedSelect.class) {
      throw new RefusedQueryException("LATERAL may not be used in queries");
    }
    Scope around = new Scope(schema.dialect(), outer);
    String with = with(select.getWithItemsList(), around);
    Written inner = write(select.getSelect(), around);
    Scope results = new Scope(schema.dialect(), around);
    inner.columns().forEach(results::result);
    return inner.withSql(with + "(" + inner.sql() + ")" + tail(select, results));
  }

  private String with(@Nullable List<WithItem<?>> items, Scope around) {
    if (items == null || items.isEmpty()) {
      return "";
    }
    List<String> written = new ArrayList<>();
    for (WithItem<?> item : items) {
      if (item.isRecursive()) {
        throw new RefusedQueryException("recursive queries may not be used");
      }
      if (!(item.getParenthesedStatement() instanceof ParenthesedSelect select)) {
        throw new RefusedQueryException("WITH may hold SELECT only");
      }
      String name = AllowedNames.identifier(item.getAliasName());
      Written inner = growth.subquery(() -> parenthesed(select, around));
      List<String> columns = inner.columns();
      boolean open = inner.open();
      String renamed = "";
      if (item.getWithItemList() != null) {
        columns =
            item.getWithItemList().stream()
                .map(column -> AllowedNames.identifier(column.toString()))
                .toList();
        open = false;
        renamed = "(" + String.join(", ", columns) + ")";
      }
      Written named = new Written(inner.sql(), columns, open);
      around.named(name, named.relation(schema.dialect()));
      written.add(
          name + renamed + " AS " + (item.isMaterialized() ? "MATERIALIZED " : "") + named.sql());
    }
    return "WITH " + String.join(", ", written) + " ";
  }

  private Written set(SetOperationList set, Scope around) {
    StringBuilder sql = new StringBuilder();
    List<Written> parts = new ArrayList<>();
    for (int i = 0; i < set.getSelects().size(); i++) {
      if (i > 0) {
        sql.append(' ').append(operation(set.getOperation(i - 1).toString())).append(' ');
      }
      Written part = write(set.getSelect(i), around);
      parts.add(part);
      sql.append(part.sql());
    }
    Scope results = new Scope(schema.dialect(), around);
    parts.getFirst().columns().forEach(results::result);
    return parts.getFirst().withSql(sql + tail(set, results));
  }

  private static String operation(String name) {
    if (!Set.of(
            "UNION",
            "UNION ALL",
            "UNION DISTINCT",
            "INTERSECT",
            "INTERSECT ALL",
            "EXCEPT",
            "EXCEPT ALL")
        .contains(name)) {
      throw new RefusedQueryException(name + " may not be used in queries");
    }
    return name;
  }

  private Written plain(PlainSelect select, Scope around) {
    Scope scope = new Scope(schema.dialect(), around);
    StringBuilder from = new StringBuilder();
    if (select.getFromItem() != null) {
      from.append(" FROM ").append(item(select.getFromItem(), scope, around));
      from.append(joins(select.getJoins(), scope, around));
    }
    StringBuilder sql = new StringBuilder("SELECT ");
    if (select.getDistinct() != null) {
      sql.append("DISTINCT ");
      if (select.getDistinct().getOnSelectItems() != null) {
        sql.append("ON (");
        sql.append(
            expressions.list(
                select.getDistinct().getOnSelectItems().stream()
                    .map(SelectItem::getExpression)
                    .map(Expression.class::cast)
                    .toList(),
                scope));
        sql.append(") ");
      }
    }
    Results results = results(select.getSelectItems(), scope);
    sql.append(results.sql()).append(from);
    results.aliases().forEach(scope::result);
    if (select.getWhere() != null) {
      sql.append(" WHERE ").append(expressions.write(select.getWhere(), scope));
    }
    sql.append(groupBy(select.getGroupBy(), scope));
    if (select.getHaving() != null) {
      sql.append(" HAVING ").append(expressions.write(select.getHaving(), scope));
    }
    sql.append(tail(select, scope));
    return new Written(sql.toString(), results.columns(), results.open());
  }

  private record Results(String sql, List<String> columns, Set<String> aliases, boolean open) {}

  private Results results(List<SelectItem<?>> items, Scope scope) {
    List<String> written = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    Set<String> aliases = new HashSet<>();
    boolean open = false;
    for (SelectItem<?> item : items) {
      Expression expression = item.getExpression();
      if (expression instanceof AllTableColumns all) {
        String alias = AllowedNames.identifier(all.getTable().getFullyQualifiedName());
        Scope.Relation relation =
            scope
                .relation(alias)
                .orElseThrow(
                    () -> new RefusedQueryException("no table is called " + alias + " here"));
        open |= addAll(relation, columns);
        written.add(alias + ".*");
      } else if (expression instanceof AllColumns) {
        for (Scope.Relation relation : scope.own()) {
          open |= addAll(relation, columns);
        }
        written.add("*");
      } else {
        String sql = expressions.write(expression, scope);
        Alias alias = item.getAlias();
        if (alias != null) {
          String name = AllowedNames.identifier(alias.getName());
          columns.add(name);
          aliases.add(name);
          written.add(sql + (alias.isUseAs() ? " AS " : " ") + name);
        } else {
          written.add(sql);
          if (expression instanceof Column column) {
            columns.add(column.getColumnName());
          } else {
            open = true;
          }
        }
      }
    }
    return new Results(String.join(", ", written), columns, aliases, open);
  }

  /** All of a relation's columns, which must all be visible. */
  private static boolean addAll(Scope.Relation relation, List<String> columns) {
    if (!relation.hidden().isEmpty()) {
      throw new RefusedQueryException(
          "* may not be used with a table that has hidden columns; name the columns");
    }
    // Keys are lower case or as the database has them: quoted they mean themselves everywhere.
    relation.columns().forEach(key -> columns.add('"' + key + '"'));
    return relation.open();
  }

  private String joins(@Nullable List<Join> joins, Scope scope, Scope around) {
    if (joins == null) {
      return "";
    }
    StringBuilder sql = new StringBuilder();
    for (Join join : joins) {
      if (join.isSimple()) {
        sql.append(", ").append(item(join.getFromItem(), scope, around));
        continue;
      }
      sql.append(' ');
      sql.append(
          join.isLeft() ? "LEFT " : join.isRight() ? "RIGHT " : join.isFull() ? "FULL " : "");
      sql.append(join.isCross() ? "CROSS " : "");
      sql.append(join.isOuter() ? "OUTER " : join.isInner() ? "INNER " : "").append("JOIN ");
      sql.append(item(join.getFromItem(), scope, around));
      for (Expression on : join.getOnExpressions()) {
        sql.append(" ON ").append(expressions.write(on, scope));
      }
      if (!join.getUsingColumns().isEmpty()) {
        sql.append(" USING (").append(expressions.list(join.getUsingColumns(), scope)).append(')');
      }
    }
    return sql.toString();
  }

  private String item(FromItem item, Scope scope, Scope around) {
    return switch (item) {
      case Table table -> table(table, scope);
      case ParenthesedSelect select -> {
        Written inner = growth.subquery(() -> parenthesed(select, around));
        Alias alias = select.getAlias();
        if (alias == null || alias.getAliasColumns() != null) {
          throw new RefusedQueryException("a subquery in FROM needs a plain name");
        }
        String name = AllowedNames.identifier(alias.getName());
        scope.relation(name, inner.relation(schema.dialect()));
        yield inner.sql() + (alias.isUseAs() ? " AS " : " ") + name;
      }
      case ParenthesedFromItem inner when inner.getAlias() == null ->
          "("
              + item(inner.getFromItem(), scope, around)
              + joins(inner.getJoins(), scope, around)
              + ")";
      default -> throw new RefusedQueryException("only tables and subqueries may stand in FROM");
    };
  }

  private String table(Table table, Scope scope) {
    List<String> parts = table.getNameParts().reversed();
    String name = AllowedNames.identifier(parts.getLast());
    Optional<String> place =
        parts.size() == 2
            ? Optional.of(AllowedNames.identifier(parts.getFirst()))
            : Optional.empty();
    if (parts.size() > 2 || parts.contains(null)) {
      throw new RefusedQueryException(table.getFullyQualifiedName() + " may not be queried");
    }
    Alias alias = table.getAlias();
    if (alias != null && alias.getAliasColumns() != null) {
      throw new RefusedQueryException("columns of a table may not be renamed in FROM");
    }
    String called = alias == null ? name : AllowedNames.identifier(alias.getName());
    Optional<Scope.Relation> named = place.isEmpty() ? scope.named(name) : Optional.empty();
    scope.relation(called, named.orElseGet(() -> relation(place, name)));
    return place.map(each -> each + ".").orElse("")
        + name
        + (alias == null ? "" : (alias.isUseAs() ? " AS " : " ") + called);
  }

  private Scope.Relation relation(Optional<String> place, String name) {
    Schema.Table found =
        schema
            .find(place, name)
            .filter(Schema.Table::visible)
            .orElseThrow(
                () ->
                    new RefusedQueryException(
                        "there is no table "
                            + place.map(each -> each + ".").orElse("")
                            + name
                            + " to query here"));
    Map<Boolean, Set<String>> columns = schema.columns(found);
    return new Scope.Relation(
        columns.getOrDefault(true, Set.of()), columns.getOrDefault(false, Set.of()), false);
  }

  private String groupBy(@Nullable GroupByElement group, Scope scope) {
    if (group == null) {
      return "";
    }
    ExpressionList<?> list = group.getGroupByExpressionList();
    if (list == null || !group.getGroupingSets().isEmpty()) {
      throw new RefusedQueryException("GROUPING SETS may not be used in queries");
    }
    String written = expressions.list(list, scope);
    return " GROUP BY "
        + (list instanceof ParenthesedExpressionList ? "(" + written + ")" : written);
  }

  /** ORDER BY, LIMIT, OFFSET, FETCH. */
  private String tail(Select select, Scope scope) {
    StringBuilder sql = new StringBuilder(expressions.orderBy(select.getOrderByElements(), scope));
    if (select.getLimit() != null) {
      sql.append(" LIMIT ");
      if (select.getLimit().getOffset() != null) {
        sql.append(number(select.getLimit().getOffset())).append(", ");
      }
      sql.append(number(select.getLimit().getRowCount()));
    }
    if (select.getOffset() != null) {
      sql.append(" OFFSET ").append(number(select.getOffset().getOffset()));
      String rows = select.getOffset().getOffsetParam();
      sql.append("ROWS".equals(rows) || "ROW".equals(rows) ? " " + rows : "");
    }
    if (select.getFetch() != null) {
      sql.append(select.getFetch().isFetchParamFirst() ? " FETCH FIRST " : " FETCH NEXT ");
      sql.append(number(select.getFetch().getExpression())).append(" ROWS ONLY");
    }
    return sql.toString();
  }

  private static String number(@Nullable Expression expression) {
    if (expression instanceof LongValue value && value.getStringValue().matches("\\d{1,18}")) {
      return value.getStringValue();
    }
    throw new RefusedQueryException("LIMIT and OFFSET take plain numbers");
  }
}
