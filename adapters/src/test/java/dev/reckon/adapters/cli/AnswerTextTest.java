package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.sandbox.SandboxFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTextTest {
  @TempDir private Path folder;

  private static Reply reply(Block... blocks) {
    return new Reply(1, Reply.Kind.VERIFIED, "Checked: it.", List.of(blocks), List.of());
  }

  @Test
  void theFirstTableBecomesCsv() {
    Block table = new Block.Table(List.of("name", "pay"), List.of(List.of("Ada, Countess", "5")));
    String csv = AnswerText.csv(reply(new Block.Output("before", 0), table)).orElseThrow();
    assertEquals(List.of("name,pay", "\"Ada, Countess\",5"), csv.lines().toList());
    assertEquals(Optional.empty(), AnswerText.csv(reply(new Block.Output("5", 0))));
  }

  @Test
  void markdownHasTheStatusAfterTheResultAndKeepsEverythingInItsPlace() {
    String text =
        AnswerText.markdown(
            reply(
                new Block.Finding("North is highest: 5"),
                new Block.Table(List.of("a|b", "c"), List.of(List.of("x|y", "1"))),
                new Block.Output("```\nend\n", 0),
                new Block.Code("print(1)"),
                new Block.Footer("2.0 s")));
    assertEquals(
        """
        **North is highest: 5**

        | a\\|b | c |
        | --- | --- |
        | x\\|y | 1 |

        ````
        ```
        end
        ````

        Checked: it.

        ```python
        print(1)
        ```

        _2.0 s_\
        """,
        text);
  }

  @Test
  void standardInputIsAFileLikeOthers() throws Exception {
    Path other = Files.writeString(folder.resolve("other.csv"), "b\n2\n");
    List<SandboxFile> files =
        CommandLineFiles.read(List.of(other.toString(), "-"), in("a\n1\n"), 1_000);
    assertEquals(List.of("other.csv", "stdin.csv"), files.stream().map(SandboxFile::name).toList());
    for (List<String> wrong : List.of(List.of("-", "-"), List.of("-", other.toString()))) {
      UsageException e =
          assertThrows(UsageException.class, () -> CommandLineFiles.read(wrong, in("too long"), 4));
      assertTrue(String.valueOf(e.getMessage()).length() > 10);
    }
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
