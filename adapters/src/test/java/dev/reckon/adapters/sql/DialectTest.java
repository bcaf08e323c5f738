package dev.reckon.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused for databases whose rules for names are not known. */
class DialectTest {
  private static final Schema SCHEMA =
      new Schema(
          Dialect.OTHER,
          List.of(""),
          List.of(
              table("employees", new Schema.Column("id", "int", true, ""), salary(false)),
              table("Twice", salary(true)),
              table("twice", salary(false))),
          List.of());

  private static Schema.Column salary(boolean visible) {
    return new Schema.Column("salary", "int", visible, "");
  }

  private static Schema.Table table(String name, Schema.Column... columns) {
    return new Schema.Table("", name, true, "", List.of(columns), List.of(), List.of());
  }

  @Test
  void aQueryOfWithIsNamedAsItIsSpelled() {
    String same = "WITH Employees AS (SELECT 1 AS salary) SELECT salary FROM Employees";
    assertEquals(same, QueryCheck.allowed(same, List.of(), SCHEMA).sql());
    refused("WITH Employees AS (SELECT 1 AS salary) SELECT salary FROM employees");
    refused("WITH \"employees\" AS (SELECT 1 AS salary) SELECT salary FROM employees");
  }

  @Test
  void anAliasOfAnotherCaseIsNoWayRound() {
    refused("SELECT (SELECT E.salary FROM (SELECT 1 AS salary) AS e) AS s FROM employees AS E");
  }

  @Test
  void tablesThatDifferInCaseAloneAreRefused() {
    refused("SELECT salary FROM Twice");
  }

  private static void refused(String sql) {
    assertThrows(
        RefusedQueryException.class, () -> QueryCheck.allowed(sql, List.of(), SCHEMA), sql);
  }
}
