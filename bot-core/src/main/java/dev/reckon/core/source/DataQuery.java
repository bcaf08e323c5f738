package dev.reckon.core.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query that a program begins with.
 *
 * @param source the name of the database, as the configuration has it
 * @param file the CSV file that the result becomes
 * @param sql hostile text; one {@code SELECT} if all is well
 * @param values what the program assigns to the names that the SQL uses as {@code :name}; bound,
 *     never written into the SQL
 */
public record DataQuery(
    String source,
    String file,
    String sql,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BoundValue> values) {
  public DataQuery {
    values = List.copyOf(values);
  }

  /**
   * A value of the program.
   *
   * @param name the variable
   * @param text plain text; a number as Python writes it; {@code true} or {@code false}
   */
  public record BoundValue(String name, ValueType type, String text) {}

  /** What a value is. */
  public enum ValueType {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN
  }

  /** The SQL for people, with its values behind it as a comment. */
  public String shown() {
    return values.isEmpty()
        ? sql
        : sql
            + values.stream()
                .map(each -> ":" + each.name() + " = " + each.text())
                .collect(Collectors.joining(", ", "\n-- ", ""));
  }
}
