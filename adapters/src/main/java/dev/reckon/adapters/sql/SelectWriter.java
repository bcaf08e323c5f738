package dev.reckon.adapters.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
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
import net.sf.jsqlparser.statement.select.OrderByElement;
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
    return inner.withSql(
        with + "(" + inner.sql() + ")" + sortedByResults(select, inner) + limits(select));
  }

  private String with(@Nullable List<WithItem<?>> items, Scope around) {
    if (items == null || items.isEmpty()) {
      return "";
    }
    List<String> written = new ArrayList<>();
    items.forEach(item -> around.announced(AllowedNames.identifier(item.getAliasName())));
    for (WithItem<?> item : items) {
      if (item.isRecursive()) {
        throw new RefusedQueryException("recursive queries may not be used");
      }
      if (!(item.getParenthesedStatement() instanceof ParenthesedSelect select)) {
        throw new RefusedQueryException("WITH may hold SELECT only");
      }
      String name = AllowedNames.identifier(item.getAliasName());
      Written inner = growth.subquery(() -> parenthesed(select, around.closed()));
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
    Written first = parts.getFirst();
    return first.withSql(sql + sortedByResults(set, first) + limits(set));
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
    String from = from(select, scope, around);
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
    sql.append(expressions.orderBy(select.getOrderByElements(), scope)).append(limits(select));
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
        open |= addAll(scope.whole(alias), columns);
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
      throw Scope.hidesColumns();
    }
    // Keys are lower case or as the database has them: quoted they mean themselves everywhere.
    relation.columns().forEach(key -> columns.add('"' + key + '"'));
    return relation.open();
  }

  /**
   * FROM. What an ON sees of it differs between databases, so all of it is known before the first
   * ON is checked.
   */
  private String from(PlainSelect select, Scope scope, Scope around) {
    if (select.getFromItem() == null) {
      return "";
    }
    List<Supplier<String>> parts = new ArrayList<>();
    item(select.getFromItem(), scope, around, parts);
    joins(select.getJoins(), scope, around, parts);
    return parts.stream().map(Supplier::get).collect(Collectors.joining("", " FROM ", ""));
  }

  private void joins(
      @Nullable List<Join> joins, Scope scope, Scope around, List<Supplier<String>> parts) {
    if (joins == null) {
      return;
    }
    for (Join join : joins) {
      if (join.isSimple()) {
        parts.add(() -> ", ");
        item(join.getFromItem(), scope, around, parts);
        continue;
      }
      String kind =
          (join.isLeft() ? "LEFT " : join.isRight() ? "RIGHT " : join.isFull() ? "FULL " : "")
              + (join.isCross() ? "CROSS " : "")
              + (join.isOuter() ? "OUTER " : join.isInner() ? "INNER " : "");
      parts.add(() -> " " + kind + "JOIN ");
      item(join.getFromItem(), scope, around, parts);
      for (Expression on : join.getOnExpressions()) {
        parts.add(() -> " ON " + expressions.write(on, scope));
      }
      if (!join.getUsingColumns().isEmpty()) {
        parts.add(() -> " USING (" + expressions.list(join.getUsingColumns(), scope) + ")");
      }
    }
  }

  private void item(FromItem item, Scope scope, Scope around, List<Supplier<String>> parts) {
    switch (item) {
      case Table table -> {
        String written = table(table, scope);
        parts.add(() -> written);
      }
      case ParenthesedSelect select -> {
        String written = subquery(select, scope, around);
        parts.add(() -> written);
      }
      case ParenthesedFromItem inner when inner.getAlias() == null -> {
        parts.add(() -> "(");
        item(inner.getFromItem(), scope, around, parts);
        joins(inner.getJoins(), scope, around, parts);
        parts.add(() -> ")");
      }
      default -> throw new RefusedQueryException("only tables and subqueries may stand in FROM");
    }
  }

  private String subquery(ParenthesedSelect select, Scope scope, Scope around) {
    Written inner = growth.subquery(() -> parenthesed(select, around));
    Alias alias = select.getAlias();
    if (alias == null || alias.getAliasColumns() != null) {
      throw new RefusedQueryException("a subquery in FROM needs a plain name");
    }
    String name = AllowedNames.identifier(alias.getName());
    scope.relation(name, inner.relation(schema.dialect()));
    return inner.sql() + (alias.isUseAs() ? " AS " : " ") + name;
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

  /**
   * ORDER BY outside of parentheses or after a set of queries: by numbers and names of results
   * alone, since PostgreSQL looks other names up in the tables inside.
   */
  private String sortedByResults(Select select, Written inner) {
    List<OrderByElement> elements = select.getOrderByElements();
    Scope results = new Scope(schema.dialect(), null);
    inner.columns().forEach(results::result);
    for (OrderByElement each : elements == null ? List.<OrderByElement>of() : elements) {
      switch (each.getExpression()) {
        case LongValue _ -> {}
        case Column name when name.getTable() == null -> results.checkResult(name.getColumnName());
        default ->
            throw new RefusedQueryException(
                "after parentheses or UNION, ORDER BY takes names or numbers of results");
      }
    }
    return expressions.orderBy(elements, results);
  }

  /** LIMIT, OFFSET, FETCH. */
  private static String limits(Select select) {
    StringBuilder sql = new StringBuilder();
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
    if (expression instanceof JdbcNamedParameter value) {
      return ExpressionWriter.value(value);
    }
    throw new RefusedQueryException("LIMIT and OFFSET take plain numbers");
  }
}
