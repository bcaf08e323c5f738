package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedLineTest {
  @TempDir private Path folder;

  @Test
  void aSlashAndAWordIsACommand() {
    assertEquals(new TypedLine.Word("save", "burn month=3"), TypedLine.of(" /Save  burn month=3"));
    assertEquals(new TypedLine.Word("no-such", ""), TypedLine.of("/no-such"));
    assertEquals(new TypedLine.Word("file", ""), TypedLine.of("/file"));
    assertEquals(
        new TypedLine.Word("wrong", "it counts refunds"),
        TypedLine.of("/wrong: it counts refunds"));
    assertEquals(new TypedLine.Nothing(), TypedLine.of("  "));
    assertEquals(new TypedLine.Text("2/3 of it"), TypedLine.of("2/3 of it"));
    assertEquals(new TypedLine.Text("'quoted' words"), TypedLine.of("'quoted' words"));
  }

  @Test
  void aPathIsAttachedWithTheRestAsTheQuestion() throws IOException {
    Path file = Files.writeString(folder.resolve("sales 1.csv"), "a\n1\n");
    TypedLine.File asked = new TypedLine.File(file.toString(), "how many rows?");
    String escaped = file.toString().replace(" ", "\\ ");
    for (String written : new String[] {"'" + file + "'", "\"" + file + "\"", escaped}) {
      assertEquals(asked, TypedLine.of(written + " how many rows?"), written);
    }
    assertEquals(new TypedLine.File(file.toString(), ""), TypedLine.of(file.toString()));
    assertEquals(
        new TypedLine.File(file.toString(), ""),
        TypedLine.of("file://" + file.toString().replace(" ", "%20")));
  }

  @Test
  void theNameOfAFileThatIsHereIsAPathToo() {
    assertEquals(new TypedLine.File("pom.xml", "how long?"), TypedLine.of("pom.xml how long?"));
    assertEquals(new TypedLine.Text("none.csv how long?"), TypedLine.of("none.csv how long?"));
    assertEquals(new TypedLine.Text("src is a folder"), TypedLine.of("src is a folder"));
  }

  @Test
  void aPathThatIsNotThereIsNoRequest() {
    String missing = folder.resolve("none.csv").toString();
    assertEquals(new TypedLine.Missing(missing), TypedLine.of(missing + " how many rows?"));
    assertEquals(new TypedLine.Missing("./none.csv"), TypedLine.of("./none.csv"));
  }
}
