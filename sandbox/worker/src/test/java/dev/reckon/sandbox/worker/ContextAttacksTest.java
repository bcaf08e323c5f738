package dev.reckon.sandbox.worker;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import dev.reckon.sandbox.worker.WarmWorker.Line;
import dev.reckon.sandbox.worker.WarmWorker.Line.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks on the context's layer alone: the worker runs in this JVM, unconfined. Each prints {@code
 * ESCAPED} where it gets what it wants. Needs a worker.
 */
@ExtendWith(WarmWorker.class)
class ContextAttacksTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallTime(Duration.ofSeconds(10));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open('/etc/passwd').read(); print('ESCAPED')",
        "open('/home/sandbox/../../etc/passwd').read(); print('ESCAPED')",
        "open('/usr/lib/python/../../../etc/hostname').read(); print('ESCAPED')",
        "open('/proc/self/environ').read(); print('ESCAPED')",
        "open('/usr/lib/python/lib/python3.12/os.py', 'a'); print('ESCAPED')",
        "open('/etc/x', 'w'); print('ESCAPED')",
        "import os; os.symlink('/etc/passwd', 'p'); print('ESCAPED')",
        "import os; os.link('/etc/passwd', 'p'); print('ESCAPED')",
        "import os; os.rename('/usr/lib/python/lib', '/tmp/l'); print('ESCAPED')",
        "import os; os.remove('/usr/lib/python/lib/python3.12/os.py'); print('ESCAPED')",
        "import os; os.chdir('/etc'); print('ESCAPED')",
        "open('a\\0b', 'w'); print('ESCAPED')",
        "import os; os.system('id'); print('ESCAPED')",
        "import os; os.popen('id').read(); print('ESCAPED')",
        "import os; os.execl('/bin/ls', 'ls'); print('ESCAPED')",
        "import subprocess; subprocess.check_output(['id']); print('ESCAPED')",
        "import pty; pty.spawn('sh'); print('ESCAPED')",
        "import ctypes; ctypes.string_at(0); print('ESCAPED')",
        "import socket; socket.create_connection(('127.0.0.1', 22)); print('ESCAPED')",
        "import _socket; _socket.getaddrinfo('localhost', 80); print('ESCAPED')",
        """
        import _thread, importlib; importlib.reload(_thread).start_new_thread(print, ()); print('ESCAPED')
        """,
        "import java; java.type('java.lang.System'); print('ESCAPED')",
        "import polyglot; polyglot.eval(language='js', string='1'); print('ESCAPED')",
        "import polyglot; polyglot.export_value('a', 1); print('ESCAPED')",
        "import java.lang; java.lang.System.exit(3); print('ESCAPED')",
        "import __graalpython__ as g; g.read_file('/etc/passwd'); print('ESCAPED')",
        "import pickle; pickle.loads(b\"cos\\nsystem\\n(S'id'\\ntR.\"); print('ESCAPED')",
        "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == 'Popen'][0]('id')",
        "__loader__.load_module('posix').system('id'); print('ESCAPED')",
        "import sys; sys.modules['posix'].__dict__['system']('id'); print('ESCAPED')",
      })
  void nothingOutsideIsReached(String attack, Line worker) {
    Answer answer = worker.run(attack, LIMITS);
    assertNotEquals(Ending.COMPLETED, answer.finished().ending(), answer.everything());
    assertFalse(answer.stdout().contains("ESCAPED"), answer.everything());
    assertFalse(answer.everything().contains("root:"), answer.everything());
    nextScriptIsUnharmed(worker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import sys; print(sys.path, sys.prefix, sys.executable, sys.orig_argv, sys.version)",
        "import os, json; print(os.__file__, json.__file__, os.environ, os.getcwd())",
        "import __graalpython__ as g\nfor n in dir(g):\n    print(n, getattr(g, n))",
        "import sysconfig; print(sysconfig.get_paths(), sysconfig.get_config_vars())",
        "import platform, socket; print(platform.uname(), socket.gethostname())",
        "import traceback, json\ntry: json.loads('{')\nexcept ValueError: traceback.print_exc()",
        """
        import sys
        code = compile('1/0', '/etc/passwd', 'exec')
        try: exec(code)
        except Exception as e: sys.__excepthook__(type(e), e, e.__traceback__)
        """,
        "import os; print(os.stat('/usr/lib/python'), os.path.expanduser('~'), os.listdir('/'))",
        "import gc; print([repr(x)[:200] for x in gc.get_objects()][:2000])",
        """
        import sys
        f = sys._getframe()
        while f:
            print(f.f_code, f.f_globals.keys())
            f = f.f_back
        """,
        "import tempfile; print(tempfile.gettempdir())",
      })
  void nothingOfTheHostIsShown(String attack, Line worker) {
    Answer answer = worker.run(attack, LIMITS);
    for (String secret :
        List.of(
            System.getProperty("reckon.root"),
            System.getProperty("java.home"),
            "root:x:",
            ".m2/repository",
            Preparation.defaultDirectory().toString())) {
      assertFalse(answer.everything().contains(secret), answer.everything());
    }
    nextScriptIsUnharmed(worker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "try:\n    while True: pass\nfinally:\n    while True: pass",
        """
        class A:
            def __del__(self):
                while True: pass
        a = A()
        del a
        while True: pass
        """,
        "import re; re.match('((a+)\\\\2)+b', 'a' * 60)\nwhile True: pass",
        "import sys\nwhile True:\n    try: sys.exit()\n    except SystemExit: pass",
        "import _thread; l = _thread.allocate_lock(); l.acquire(); l.acquire()",
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E()",
      })
  void whatRunsForeverEndsAtTheDeadline(String attack, Line worker) {
    Answer answer = worker.run(attack, Limits.DEFAULT.withWallTime(Duration.ofSeconds(1)));
    assertEquals(Ending.WALL_TIME, answer.finished().ending(), answer.everything());
    nextScriptIsUnharmed(worker);
  }

  @Test
  void outputThatLooksLikeTheProtocolStaysOutput(Line worker) {
    Answer answer =
        worker.run("import sys\nsys.stdout.buffer.write(b'\\0\\0\\0\\x01\\x05' * 9)\n", LIMITS);
    assertEquals(Ending.COMPLETED, answer.finished().ending());
    assertEquals("\0\0\0\1\5".repeat(9), answer.stdout());
    nextScriptIsUnharmed(worker);
  }

  @Test
  void brokenTextEndsInPythonsOwnError(Line worker) {
    assertEquals(
        "UnicodeEncodeError",
        requireNonNull(worker.run("print(chr(56550))", LIMITS).finished().error()).type());
  }

  private static void nextScriptIsUnharmed(Line worker) {
    Answer honest =
        worker.run("print(open('in.txt').read(), 6 * 7)", SandboxFile.text("in.txt", "hi"));
    assertEquals("hi 42\n", honest.stdout(), honest.everything());
  }
}
