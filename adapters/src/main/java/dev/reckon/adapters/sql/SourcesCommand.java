package dev.reckon.adapters.sql;

import dev.reckon.core.command.CommandExtension;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The word {@code sources}: which databases may be asked about here. */
public final class SourcesCommand implements CommandExtension {
  private static final int MOST_TABLES = 30;

  private final JdbcSources sources;
  private final Function<Incoming, List<String>> allowed;

  /**
   * The word.
   *
   * @param allowed names of the databases that somebody may query there
   */
  public SourcesCommand(JdbcSources sources, Function<Incoming, List<String>> allowed) {
    this.sources = sources;
    this.allowed = allowed;
  }

  @Override
  public String word() {
    return "sources";
  }

  @Override
  public String meaning() {
    return "lists the databases that you may ask about here";
  }

  @Override
  public Reply answer(Incoming incoming, String rest) {
    List<String> names = allowed.apply(incoming);
    if (names.isEmpty()) {
      return Reply.notice(
          sources.names().isEmpty()
              ? "There are no databases to ask about."
              : "There is no database that you may ask about here.",
          sources.names().isEmpty()
              ? "Whoever runs Reckon names them in its configuration, [sources.NAME]."
              : "An administrator can allow one: policy add sources NAME:" + incoming.team().id());
    }
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(List.of(name, sources.about(name), tables(name)));
    }
    return new Reply(
        0,
        Reply.Kind.NOTICE,
        "Databases that you may ask about; say what you want to know",
        List.of(new Block.Table(List.of("database", "about", "tables"), rows)),
        List.of());
  }

  private String tables(String name) {
    try {
      List<String> tables = sources.tables(name);
      return tables.isEmpty()
          ? "cannot be read now"
          : String.join(", ", tables.subList(0, Math.min(MOST_TABLES, tables.size())))
              + (tables.size() > MOST_TABLES
                  ? " and " + (tables.size() - MOST_TABLES) + " more"
                  : "");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
