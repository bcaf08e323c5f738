package dev.reckon.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import dev.reckon.sandbox.worker.WarmWorker.Line;
import dev.reckon.sandbox.worker.WarmWorker.Line.Answer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files into a script, in it, and out of it again. Needs a worker. */
@ExtendWith(WarmWorker.class)
class FilesTest {
  private static final Limits SMALL =
      new Limits(
          Duration.ofSeconds(30), Duration.ofSeconds(30), 65_536, 1_000_000, 100_000, 100_000, 10);

  @Test
  void attachedFilesLieInTheWorkingDirectory(Line worker) {
    Answer answer =
        worker.run(
            """
            import csv, os, pathlib
            print(os.getcwd(), sorted(os.listdir()))
            print([row['b'] for row in csv.DictReader(open('t.csv'))])
            print(pathlib.Path('sub/note.txt').read_text(), os.path.getsize('t.csv'))
            """,
            SandboxFile.text("t.csv", "a,b\n1,2\n3,4\n"),
            SandboxFile.text("sub/note.txt", "hi"));
    assertEquals(
        "/home/sandbox ['sub', 't.csv']\n['2', '4']\nhi 12\n",
        answer.stdout(),
        answer.everything());
    assertEquals(List.of(), answer.files());
  }

  @Test
  void truncatingMakesFilesShorterAndLongerAsPythonHasIt(Line worker) {
    Answer answer =
        worker.run(
            """
            with open('f', 'w+b') as f:
                f.write(b'abcdef')
                f.truncate(2)
                f.truncate(5)
                print(f.tell())
            print(open('f', 'rb').read())
            with open('f', 'ab') as f: f.truncate(7)
            print(len(open('f', 'rb').read()))
            """);
    assertEquals("6\nb'ab\\x00\\x00\\x00'\n7\n", answer.stdout(), answer.everything());
  }

  @Test
  void whichFilesWereReadIsToldHoweverTheirNamesCameAbout(Line worker) {
    Answer answer =
        worker.run(
            """
            import os, pathlib, shutil
            year = 2024
            open(f'sales_{year}.csv').read()
            open('log.txt', 'a').write('more')
            open('new.txt', 'w').write(pathlib.Path('sub/note.txt').read_text())
            open('new.txt').read()
            os.stat('ignored.csv'), os.listdir(), os.path.exists('ignored.csv')
            shutil.copy('copied.csv', 'copy.csv')
            """,
            SandboxFile.text("sales_2024.csv", "a\n1\n"),
            SandboxFile.text("sub/note.txt", "hi"),
            SandboxFile.text("log.txt", "first"),
            SandboxFile.text("copied.csv", "b\n2\n"),
            SandboxFile.text("ignored.csv", "c\n3\n"));
    assertEquals(
        List.of("sales_2024.csv", "sub/note.txt", "copied.csv"),
        answer.read(),
        answer.everything());
  }

  @Test
  void whatIsCreatedOrChangedComesBack(Line worker) {
    Answer answer =
        worker.run(
            """
            import os
            open('new.txt', 'w').write('new')
            open('same.txt').read()
            open('changed.txt', 'w').write('B')
            os.makedirs('out/deep')
            open('out/deep/x.bin', 'wb').write(b'x')
            open('.hidden', 'w').write('h')
            os.mkdir('__pycache__')
            open('__pycache__/y.pyc', 'w').write('y')
            os.remove('gone.txt')
            open('/tmp/t.txt', 'w').write('t')
            """,
            SandboxFile.text("same.txt", "S"),
            SandboxFile.text("changed.txt", "A"),
            SandboxFile.text("gone.txt", "G"));
    assertEquals(
        List.of("changed.txt", "new.txt", "out/deep/x.bin"),
        answer.files().stream().map(SandboxFile::name).toList(),
        answer.everything());
    assertEquals("B", answer.file("changed.txt"));
  }

  @Test
  void namesAreCleaned(Line worker) {
    Answer answer =
        worker.run("for n in ('a\\nb', 'c\\\\d', 'e\\u202ef', '-x'): open(n, 'w').write('1')");
    assertEquals(
        List.of("-x", "a_b", "c_d", "e_f"),
        answer.files().stream().map(SandboxFile::name).toList(),
        answer.everything());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f = open('a', 'wb')\nwhile True: f.write(b'x' * 1000)",
        "f = open('/tmp/a', 'wb')\nwhile True: f.write(b'x' * 1000); f.flush()",
        "f = open('a', 'wb'); f.seek(10**6); f.write(b'x'); f.flush()",
        "f = open('a', 'wb'); f.seek(2**50); f.write(b'x'); f.flush()",
        "for i in range(20): open(f'f{i}', 'w').close()",
        "import os\nfor i in range(20): os.mkdir(f'd{i}')",
        """
        import os
        while True:
            f = open('a', 'wb')
            f.write(b'x' * 30_000)
            f.flush()
            globals().setdefault('keep', []).append(f)
            os.remove('a')
        """,
        "import pathlib\nfor i in range(20): pathlib.Path(f'f{i}').write_bytes(b'x' * 9_000)",
        """
        import shutil
        open('a', 'wb').write(b'x' * 40_000)
        for i in range(5): shutil.copy('a', f'b{i}')
        """,
      })
  void beyondTheQuotaTheDiskIsFull(String source, Line worker) {
    Answer answer = worker.run(source, SMALL);
    assertEquals(Ending.FAILED, answer.finished().ending(), answer.everything());
    assertTrue(
        answer.everything().contains("[Errno 28] No space left on device"), answer.everything());
  }

  @Test
  void deletingMakesRoom(Line worker) {
    Answer answer =
        worker.run(
            """
            import os
            for i in range(50):
                with open('a', 'wb') as f: f.write(b'x' * 90_000)
                os.remove('a')
            print('ok')
            """,
            SMALL);
    assertEquals("ok\n", answer.stdout(), answer.everything());
  }

  @Test
  void longNamesAndDeepFoldersAreRefused(Line worker) {
    Answer answer =
        worker.run(
            """
            import os
            for make in (lambda: open('n' * 300, 'w'), lambda: os.makedirs('/'.join('d' * 60))):
                try:
                    make()
                except OSError as e:
                    print(e.errno, e.strerror)
            """);
    assertEquals("36 File name too long\n36 File name too long\n", answer.stdout());
  }

  @Test
  void theUsualLibrariesWork(Line worker) {
    Answer answer =
        worker.run(
            """
            import glob, gzip, io, json, os, pathlib, pickle, shelve, shutil, tempfile, zipfile
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, 'a.gz')
                with gzip.open(path, 'wt') as f: f.write('zipped')
                print(gzip.open(path, 'rt').read())
            with tempfile.NamedTemporaryFile('w+') as f:
                f.write('temporary'); f.seek(0); print(f.read())
            with zipfile.ZipFile('z.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('in.txt', 'inside')
            print(zipfile.ZipFile('z.zip').read('in.txt').decode())
            json.dump({'a': 1}, open('a.json', 'w')); print(json.load(open('a.json')))
            pickle.dump([1], open('a.pkl', 'wb')); print(pickle.load(open('a.pkl', 'rb')))
            pathlib.Path('p/q').mkdir(parents=True); pathlib.Path('p/q/r.txt').write_text('r')
            print(sorted(str(x) for x in pathlib.Path('.').rglob('*.txt')), glob.glob('*.json'))
            os.rename('a.json', 'b.json'); shutil.move('b.json', 'p'); print(os.listdir('p'))
            shutil.copytree('p', 'copy'); shutil.rmtree('p'); print(os.path.exists('p'))
            print([e.name for e in os.scandir('copy') if e.is_file()], os.stat('z.zip').st_size > 0)
            with open('log.txt', 'a') as f: f.write('1')
            with open('log.txt', 'a') as f: f.write('2')
            with open('log.txt', 'r+') as f: f.truncate(1); print(f.read())
            """);
    assertEquals(
        """
        zipped
        temporary
        inside
        {'a': 1}
        [1]
        ['p/q/r.txt'] ['a.json']
        ['b.json', 'q']
        False
        ['b.json'] True
        1
        """,
        answer.stdout().replace("['q', 'b.json']", "['b.json', 'q']"),
        answer.everything());
  }

  @Test
  void timeZonesAgreeWithJavas(Line worker) {
    List<String> zones =
        List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC");
    StringBuilder expected = new StringBuilder();
    StringBuilder script = new StringBuilder("import zoneinfo, datetime\n");
    for (String zone : zones) {
      for (int year : List.of(1950, 1999, 2026, 2087)) {
        for (int month : List.of(1, 7)) {
          script.append(
              "print(int(datetime.datetime(%d, %d, 1, 12, tzinfo=zoneinfo.ZoneInfo('%s'))"
                      .formatted(year, month, zone)
                  + ".utcoffset().total_seconds()))\n");
          expected
              .append(
                  LocalDateTime.of(year, month, 1, 12, 0)
                      .atZone(ZoneId.of(zone))
                      .getOffset()
                      .getTotalSeconds())
              .append('\n');
        }
      }
    }
    script.append(
        "print(datetime.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')))\n");
    script.append(
        "print(datetime.datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo('US/Eastern')).tzname())\n");
    script.append("print('Asia/Tokyo' in zoneinfo.available_timezones())\n");
    expected.append("2026-07-01 00:00:00+02:00\nEST\nTrue\n");
    Answer answer = worker.run(script.toString());
    assertEquals(expected.toString(), answer.stdout(), answer.everything());
  }
}
