package dev.reckon.adapters.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.MySQLGroupConcat;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TimezoneExpression;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import org.jspecify.annotations.Nullable;

/** Rewrites expressions that are known and allowed, and refuses all others. */
final class ExpressionWriter {
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d.]*(?:[eE][+-]?\\d+)?|\\.\\d+");
  private static final Pattern MOMENT = Pattern.compile("'[0-9:.T +Z-]{1,40}'");
  private static final Pattern SPAN = Pattern.compile("'[0-9A-Za-z:. +-]{1,60}'|\\d{1,9}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z_]\\w{0,62}");
  private static final Pattern WORDS = Pattern.compile("[A-Za-z_ ]{1,40}");

  /** What tells of the session where a name could stand. */
  private static final Set<String> SESSION =
      Set.of(
          "user",
          "current_user",
          "session_user",
          "system_user",
          "current_role",
          "current_catalog",
          "current_schema");

  private final Dialect dialect;
  private final TextGrowth growth;
  private final SelectWriter selects;

  ExpressionWriter(Dialect dialect, TextGrowth growth, SelectWriter selects) {
    this.dialect = dialect;
    this.growth = growth;
    this.selects = selects;
  }

  String write(Expression expression, Scope scope) {
    return switch (expression) {
      case Column column -> column(column, scope);
      case StringValue text -> text(text);
      case LongValue number -> matched(NUMBER, number.getStringValue());
      case DoubleValue number -> matched(NUMBER, number.toString());
      case JdbcNamedParameter value -> value(value);
      case NullValue _ -> "NULL";
      case BooleanValue value -> value.toString();
      case DateTimeLiteralExpression moment ->
          moment.getType().name() + " " + matched(MOMENT, moment.getValue());
      case IntervalExpression interval -> interval(interval, scope);
      case TimeKeyExpression time -> AllowedNames.time(time.getStringValue());
      case SignedExpression signed ->
          String.valueOf(signed.getSign()) + write(signed.getExpression(), scope);
      case NotExpression not ->
          (not.isExclamationMark() ? "! " : "NOT ") + write(not.getExpression(), scope);
      case LikeExpression like -> like(like, scope);
      case Concat joined -> joined(joined, scope);
      case BinaryExpression binary -> binary(binary, scope);
      case InExpression in ->
          write(in.getLeftExpression(), scope)
              + (in.isNot() ? " NOT IN " : " IN ")
              + write(listed(in.getRightExpression()), scope);
      case Between between ->
          write(between.getLeftExpression(), scope)
              + (between.isNot() ? " NOT" : "")
              + " BETWEEN "
              + write(between.getBetweenExpressionStart(), scope)
              + " AND "
              + write(between.getBetweenExpressionEnd(), scope);
      case IsNullExpression is ->
          write(is.getLeftExpression(), scope) + (is.isNot() ? " IS NOT NULL" : " IS NULL");
      case IsBooleanExpression is ->
          write(is.getLeftExpression(), scope)
              + (is.isNot() ? " IS NOT " : " IS ")
              + (is.isTrue() ? "TRUE" : "FALSE");
      case ExistsExpression exists ->
          (exists.isNot() ? "NOT EXISTS " : "EXISTS ") + write(exists.getRightExpression(), scope);
      case CaseExpression choice -> choice(choice, scope);
      case CastExpression cast -> cast(cast, scope);
      case ExtractExpression part ->
          "EXTRACT("
              + matched(WORDS, part.getName())
              + " FROM "
              + write(part.getExpression(), scope)
              + ")";
      case TimezoneExpression moved ->
          write(moved.getLeftExpression(), scope)
              + moved.getTimezoneExpressions().stream()
                  .map(zone -> " AT TIME ZONE " + write(zone, scope))
                  .collect(Collectors.joining());
      case TrimFunction trim -> trim(trim, scope);
      case JsonExpression json -> json(json, scope);
      case MySQLGroupConcat joined -> joined(joined, scope);
      case Function function -> function(function, scope);
      case AnalyticExpression window -> window(window, scope);
      case ParenthesedSelect select -> selects.parenthesed(select, scope).sql();
      case ParenthesedExpressionList<?> list -> "(" + list(list, scope) + ")";
      default -> throw refused(expression);
    };
  }

  /** Several expressions, separated by commas. */
  String list(Iterable<? extends Expression> expressions, Scope scope) {
    StringBuilder list = new StringBuilder();
    for (Expression each : expressions) {
      list.append(list.isEmpty() ? "" : ", ").append(write(each, scope));
    }
    return list.toString();
  }

  String orderBy(@Nullable List<OrderByElement> elements, Scope scope) {
    if (elements == null || elements.isEmpty()) {
      return "";
    }
    return elements.stream()
        .map(
            each ->
                write(each.getExpression(), scope)
                    + (each.isAsc() ? (each.isAscDescPresent() ? " ASC" : "") : " DESC")
                    + nulls(each.getNullOrdering()))
        .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  private static String nulls(OrderByElement.@Nullable NullOrdering order) {
    return switch (order) {
      case null -> "";
      case NULLS_FIRST -> " NULLS FIRST";
      case NULLS_LAST -> " NULLS LAST";
    };
  }

  /** SQLite takes a name after IN for a table's. */
  private static Expression listed(Expression right) {
    if (right instanceof ParenthesedSelect || right instanceof ParenthesedExpressionList) {
      return right;
    }
    throw new RefusedQueryException("after IN write a list or a SELECT in parentheses");
  }

  private String column(Column column, Scope scope) {
    String name = AllowedNames.identifier(column.getColumnName());
    String table = column.getTable() == null ? "" : column.getTable().getFullyQualifiedName();
    if (table.isEmpty()) {
      if (dialect != Dialect.SQLITE && SESSION.contains(dialect.key(name)) && isBare(name)) {
        throw new RefusedQueryException(
            name + " may not be used in queries; quote a column's name");
      }
      scope.check(name);
      return name;
    }
    if (column.getTable().getNameParts().size() > 1) {
      throw new RefusedQueryException(
          "write " + column.getTable().getName() + "." + name + " without its schema");
    }
    scope.check(AllowedNames.identifier(table), name);
    return table + "." + name;
  }

  private static boolean isBare(String name) {
    return Character.isLetter(name.charAt(0));
  }

  private String text(StringValue text) {
    String value = text.getValue();
    boolean sound =
        text.getPrefix() == null
            && value.replace("''", "").indexOf('\'') < 0
            && value.indexOf('\0') < 0
            && (dialect.plainBackslash() || value.indexOf('\\') < 0);
    if (!sound) {
      throw new RefusedQueryException("text in a query is quoted 'like this'");
    }
    return "'" + value + "'";
  }

  /** A value of the program, by its name; {@link AllowedQuery} puts the driver's sign for it. */
  static String value(JdbcNamedParameter value) {
    if (!value.getParameterCharacter().equals(":")) {
      throw refused(value);
    }
    return ":" + matched(VALUE, value.getName());
  }

  private String interval(IntervalExpression interval, Scope scope) {
    String unit = interval.getIntervalType();
    String span =
        interval.getExpression() == null
            ? matched(SPAN, interval.getParameter())
            : write(interval.getExpression(), scope);
    if (!interval.isUsingIntervalKeyword()) {
      throw refused(interval);
    }
    return "INTERVAL " + span + (unit == null ? "" : " " + matched(WORDS, unit));
  }

  private String like(LikeExpression like, Scope scope) {
    boolean known =
        like.getLikeKeyWord() == LikeExpression.KeyWord.LIKE
            || like.getLikeKeyWord() == LikeExpression.KeyWord.ILIKE;
    if (!known) {
      throw refused(like);
    }
    return write(like.getLeftExpression(), scope)
        + (like.isNot() ? " NOT " : " ")
        + like.getLikeKeyWord()
        + " "
        + write(like.getRightExpression(), scope)
        + (like.getEscape() == null ? "" : " ESCAPE " + write(like.getEscape(), scope));
  }

  private String binary(BinaryExpression binary, Scope scope) {
    switch (binary) {
      case Addition _, Subtraction _, Multiplication _, Division _, Modulo _ -> {}
      case AndExpression _, OrExpression _ -> {}
      case EqualsTo _, NotEqualsTo _, GreaterThan _, GreaterThanEquals _ -> {}
      case MinorThan _, MinorThanEquals _, IsDistinctExpression _, RegExpMatchOperator _ -> {}
      default -> throw refused(binary);
    }
    return write(binary.getLeftExpression(), scope)
        + " "
        + binary.getStringExpression().strip()
        + " "
        + write(binary.getRightExpression(), scope);
  }

  /** A chain of {@code ||} is one joining of all its texts. */
  private String joined(Concat last, Scope scope) {
    List<Expression> texts = new ArrayList<>();
    Expression first = last;
    while (first instanceof Concat joined) {
      texts.addFirst(joined.getRightExpression());
      first = joined.getLeftExpression();
    }
    texts.addFirst(first);
    return growth.within(
        texts.size(),
        () -> texts.stream().map(text -> write(text, scope)).collect(Collectors.joining(" || ")));
  }

  private String choice(CaseExpression choice, Scope scope) {
    StringBuilder words = new StringBuilder("CASE");
    if (choice.getSwitchExpression() != null) {
      words.append(' ').append(write(choice.getSwitchExpression(), scope));
    }
    for (WhenClause when : choice.getWhenClauses()) {
      words.append(" WHEN ").append(write(when.getWhenExpression(), scope));
      words.append(" THEN ").append(write(when.getThenExpression(), scope));
    }
    if (choice.getElseExpression() != null) {
      words.append(" ELSE ").append(write(choice.getElseExpression(), scope));
    }
    words.append(" END");
    return choice.isUsingBrackets() ? "(" + words + ")" : words.toString();
  }

  private String cast(CastExpression cast, Scope scope) {
    if (cast.getColDataType() == null) {
      throw refused(cast);
    }
    String type = AllowedNames.type(cast.getColDataType().toString());
    String value = write(cast.getLeftExpression(), scope);
    if (cast.isImplicitCast()) {
      return type + " " + value;
    }
    return cast.keyword == null || cast.keyword.isEmpty()
        ? value + "::" + type
        : "CAST(" + value + " AS " + type + ")";
  }

  private String trim(TrimFunction trim, Scope scope) {
    StringBuilder words = new StringBuilder("TRIM(");
    if (trim.getTrimSpecification() != null) {
      words.append(trim.getTrimSpecification().name()).append(' ');
    }
    if (trim.getExpression() != null) {
      words.append(write(trim.getExpression(), scope));
    }
    if (trim.getFromExpression() != null) {
      words.append(trim.isUsingFromKeyword() ? " FROM " : ", ");
      words.append(write(trim.getFromExpression(), scope));
    }
    return words.append(")").toString();
  }

  private String json(JsonExpression json, Scope scope) {
    StringBuilder words = new StringBuilder(write(json.getExpression(), scope));
    for (Map.Entry<Expression, String> step : json.getIdentList()) {
      if (!step.getValue().equals("->") && !step.getValue().equals("->>")) {
        throw refused(json);
      }
      words.append(step.getValue()).append(write(step.getKey(), scope));
    }
    return words.toString();
  }

  private String joined(MySQLGroupConcat joined, Scope scope) {
    if (joined.getSeparator() != null) {
      throw refused(joined);
    }
    return "GROUP_CONCAT("
        + (joined.isDistinct() ? "DISTINCT " : "")
        + growth.within(
            TextGrowth.factor("group_concat", joined.getExpressionList()),
            () -> list(joined.getExpressionList(), scope))
        + orderBy(joined.getOrderByElements(), scope)
        + ")";
  }

  private String function(Function function, Scope scope) {
    String name = AllowedNames.function(function.getName());
    ExpressionList<?> given = function.getParameters();
    return name
        + "("
        + (function.isDistinct() ? "DISTINCT " : "")
        + (given == null ? "" : arguments(name, given, scope))
        + orderBy(function.getOrderByElements(), scope)
        + ")";
  }

  private String arguments(String name, ExpressionList<?> given, Scope scope) {
    boolean all = given.size() == 1 && isAll(given.getFirst());
    if (all && name.equalsIgnoreCase("count")) {
      return "*";
    }
    return growth.within(TextGrowth.factor(name, given), () -> list(given, scope));
  }

  private static boolean isAll(Object expression) {
    return expression instanceof AllColumns all
        && !(all instanceof AllTableColumns)
        && all.toString().equals("*");
  }

  private String window(AnalyticExpression window, Scope scope) {
    StringBuilder words = new StringBuilder(AllowedNames.function(window.getName())).append('(');
    words.append(window.isDistinct() ? "DISTINCT " : "");
    if (window.getExpression() != null) {
      boolean all = isAll(window.getExpression()) && window.getName().equalsIgnoreCase("count");
      words.append(
          all
              ? "*"
              : growth.within(
                  TextGrowth.factor(window.getName(), List.of()),
                  () -> write(window.getExpression(), scope)));
      if (window.getOffset() != null) {
        words.append(", ").append(write(window.getOffset(), scope));
        if (window.getDefaultValue() != null) {
          words.append(", ").append(write(window.getDefaultValue(), scope));
        }
      }
    } else if (window.isAllColumns()) {
      words.append('*');
    }
    words.append(orderBy(window.getFuncOrderBy(), scope)).append(")");
    if (window.getFilterExpression() != null) {
      words.append(" FILTER (WHERE ");
      words.append(write(window.getFilterExpression(), scope)).append(')');
    }
    return switch (window.getType()) {
      case FILTER_ONLY -> words.toString();
      case OVER, WITHIN_GROUP ->
          words
              .append(window.getType() == AnalyticType.OVER ? " OVER " : " WITHIN GROUP ")
              .append(definition(window, scope))
              .toString();
      case WITHIN_GROUP_OVER -> throw refused(window);
    };
  }

  private String definition(AnalyticExpression window, Scope scope) {
    WindowDefinition definition = window.getWindowDefinition();
    if (window.getWindowName() != null || definition == null) {
      throw refused(window);
    }
    StringBuilder words = new StringBuilder();
    ExpressionList<?> parts = definition.getPartitionExpressionList();
    if (parts != null && !parts.isEmpty()) {
      words.append("PARTITION BY ").append(list(parts, scope));
    }
    words.append(orderBy(definition.getOrderByElements(), scope));
    WindowElement frame = definition.getWindowElement();
    if (frame != null) {
      words.append(' ').append(frame.getType().name()).append(frame(frame, scope));
    }
    return "(" + words.toString().strip() + ")";
  }

  private String frame(WindowElement frame, Scope scope) {
    return frame.getRange() != null
        ? " BETWEEN"
            + bound(frame.getRange().getStart(), scope)
            + " AND"
            + bound(frame.getRange().getEnd(), scope)
        : bound(frame.getOffset(), scope);
  }

  private String bound(WindowOffset bound, Scope scope) {
    if (bound.getExpression() != null) {
      return " " + write(bound.getExpression(), scope) + " " + bound.getType();
    }
    return switch (bound.getType()) {
      case PRECEDING -> " UNBOUNDED PRECEDING";
      case FOLLOWING -> " UNBOUNDED FOLLOWING";
      case CURRENT -> " CURRENT ROW";
      case EXPR ->
          throw new RefusedQueryException("this window's frame may not be used in queries");
    };
  }

  private static String matched(Pattern form, @Nullable String text) {
    if (text == null || !form.matcher(text).matches()) {
      throw new RefusedQueryException(text + " may not be used in queries");
    }
    return text;
  }

  private static RefusedQueryException refused(Expression expression) {
    String text = expression.toString();
    return new RefusedQueryException(
        (text.length() > 200 ? text.substring(0, 200) + "…" : text)
            + " may not be used in queries");
  }
}
