"""Prepares one context for one script, runs the script as __main__, and says how it ended.

Nothing here is a wall: a script may reach and change all of it, and hurts only its own context.
The value of this source is the function that runs a script.
"""


def _prepare():
    import builtins
    import sys

    SCRIPT = "script.py"
    HOME = "/home/sandbox"
    ZONES = "/usr/share/zoneinfo"
    LONGEST_NAME = 200
    LONGEST_TEXT = 4_000
    MOST_FRAMES = 200
    LONGEST_TRACEBACK = 16_000
    NOT_HERE = "not available in this sandbox: "

    def refuse(kind, capability, *arguments):
        error = kind(*arguments, NOT_HERE + capability)
        error.capability = capability
        return error

    def refusing(capability, kind=PermissionError, *arguments):
        def unavailable(*args, **kwargs):
            raise refuse(kind, capability, *arguments)

        return unavailable

    def take_away():
        import _posixsubprocess
        import _thread
        import posix

        # Before os is loaded, which takes its functions from posix: loading it costs as much as half
        # a context, and small scripts do without.
        def put(module, names, function):
            for name in names.split():
                if hasattr(module, name):
                    setattr(module, name, function)

        starting = refusing("starting another program", PermissionError, 1)
        put(posix, "system execv execve posix_spawn posix_spawnp", starting)
        put(_posixsubprocess, "fork_exec", starting)
        forking = refusing("starting a process", PermissionError, 1)
        put(posix, "fork1 forkpty openpty", forking)
        posix.fork = forking  # not there at all, which would say nothing to who calls it
        put(posix, "kill killpg", refusing("sending signals", PermissionError, 1))
        ending = refusing("ending the process at once; use sys.exit()", PermissionError, 1)
        put(posix, "_exit abort", ending)
        threads = refusing("starting a thread", RuntimeError)
        put(_thread, "start_new_thread start_new start_joinable_thread", threads)
        here = posix.uname_result(("Linux", "sandbox", "", "", "x86_64"))
        put(posix, "uname", lambda: here)

    def without_network(socket):
        offline = refusing("the network", OSError, 101)
        socket.socket.__init__ = offline
        for name in ("create_connection", "create_server", "socketpair", "fromfd", "getaddrinfo",
                     "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
            setattr(socket, name, offline)
        socket.gethostname = socket.getfqdn = lambda *name: "sandbox"

    def without_signals(signal):
        for name in ("signal", "alarm", "setitimer", "raise_signal", "pthread_kill"):
            setattr(signal, name, refusing("signals", PermissionError, 1))

    def without_processes(process):
        process.BaseProcess.__init__ = refusing("starting a process", PermissionError, 1)

    def without_programs(subprocess):
        subprocess.Popen.__init__ = refusing("starting another program", PermissionError, 1)

    def without_descriptors(shutil):
        """Folders cannot be opened as descriptors here, so trees are removed by their paths."""
        shutil._use_fd_functions = False

    def adapted(name, path, adapt):
        """Has a module of the library changed right after it has been loaded."""
        from _frozen_importlib_external import PathFinder

        spec = PathFinder.find_spec(name, path)
        load = spec.loader.exec_module

        def load_and_adapt(module):
            load(module)
            adapt(module)

        spec.loader.exec_module = load_and_adapt
        return spec

    def run_without_sockets(events):
        """An event loop without its pair of sockets: there is nothing outside to wait for."""
        import time

        class Clock(events.selectors._BaseSelectorImpl):
            def select(self, timeout=None):
                if timeout is None:
                    raise RuntimeError(
                        "every task waits for something that cannot come: there are no threads and "
                        "no network in this sandbox"
                    )
                if timeout > 0:
                    time.sleep(timeout)
                return []

        def nothing(self, *args):
            return None

        loop = events.BaseSelectorEventLoop
        prepare = loop.__init__
        loop.__init__ = lambda self, selector=None: prepare(self, selector or Clock())
        loop._make_self_pipe = loop._close_self_pipe = loop._write_to_self = nothing

    class NotHere:
        """Finds the modules that need native code and says so in words."""

        names = {
            "_ctypes": "ctypes (calling native code)",
            "ctypes": "ctypes (calling native code)",
            "_sqlite3": "sqlite3 (needs native code; use dictionaries, csv or json instead)",
            "sqlite3": "sqlite3 (needs native code; use dictionaries, csv or json instead)",
            "_tkinter": "tkinter (a graphical display)",
            "tkinter": "tkinter (a graphical display)",
            "turtle": "turtle (a graphical display)",
            "_curses": "curses (a terminal)",
            "curses": "curses (a terminal)",
            "readline": "readline (a terminal)",
            "_multiprocessing": "multiprocessing (starting a process)",
            "_bz2": "bz2 (needs native code; gzip, zlib and lzma work)",
            "bz2": "bz2 (needs native code; gzip, zlib and lzma work)",
            "_crypt": "crypt (calling native code)",
            "crypt": "crypt (calling native code)",
            "nis": "nis (the network)",
            "cffi": "cffi (calling native code)",
        }

        adaptations = {
            "asyncio.selector_events": run_without_sockets,
            "linecache": lambda linecache: linecache.cache.update(lines_of_script),
            "multiprocessing.process": without_processes,
            "shutil": without_descriptors,
            "signal": without_signals,
            "socket": without_network,
            "subprocess": without_programs,
            "zoneinfo": lambda zoneinfo: zoneinfo.reset_tzpath([ZONES]),
        }

        def find_spec(self, name, path=None, target=None):
            adapt = self.adaptations.get(name)
            if adapt is not None:
                return adapted(name, path, adapt)
            capability = self.names.get(name)
            if capability is not None:
                error = refuse(ImportError, capability)
                error.name = name
                raise error
            return None

    # What tracebacks show of the script, as linecache keeps it.
    lines_of_script = {}

    # CPython closes a file at once when nobody holds it any more. Here it lingers, its last words
    # unwritten, so they are written before another file is opened and when the script is over.
    lingering = []

    def write_out():
        """Returns the first error, such as a full disk."""
        trouble = None
        lingering[:] = [file for file in lingering if not file.closed]
        for file in lingering:
            try:
                file.flush()
            except OSError as error:
                trouble = trouble or error
        return trouble

    def opening():
        import _io

        really_open = _io.open

        def open(
            file,
            mode="r",
            buffering=-1,
            encoding=None,
            errors=None,
            newline=None,
            closefd=True,
            opener=None,
        ):
            write_out()
            opened = really_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
            if not opened.closed and opened.writable():
                lingering.append(opened)
            return opened

        open.__module__ = "_io"
        open.__doc__ = really_open.__doc__
        builtins.open = _io.open = open

    def no_input(prompt="", /):
        if prompt:
            sys.stdout.write(str(prompt))
            sys.stdout.flush()
        raise EOFError(
            "input() has nothing to read here: nobody is at a keyboard. Attach a file, or write the "
            "value into the script."
        )

    class Quitter:
        def __init__(self, name):
            self.name = name

        def __repr__(self):
            return f"Use {self.name}() to exit"

        def __call__(self, code=None):
            raise SystemExit(code)

    def cut(text, longest):
        if len(text) <= longest:
            return text
        half = longest // 2
        return f"{text[:half]}\n... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"

    def text_of(value):
        try:
            text = str(value)
            return text if type(text) is str else "<unprintable>"
        except BaseException:
            return "<unprintable>"

    def own(filename):
        return filename == SCRIPT or filename.startswith(HOME)

    def keep_own_frames(report, seen):
        if report is None or id(report) in seen:
            return
        seen.add(id(report))
        frames = [frame for frame in report.stack if own(frame.filename)]
        report.stack[:] = frames
        keep_own_frames(report.__cause__, seen)
        keep_own_frames(report.__context__, seen)
        for each in getattr(report, "exceptions", None) or ():
            keep_own_frames(each, seen)

    def last_line(error):
        if isinstance(error, SyntaxError) and error.filename == SCRIPT:
            # The script may have made the error itself, with anything for a line.
            known = type(error.lineno) is int and 0 < error.lineno < 10_000_000
            return error.lineno if known else 0
        line = 0
        step = error.__traceback__
        while step is not None:
            if step.tb_frame.f_code.co_filename == SCRIPT:
                line = step.tb_lineno
            step = step.tb_next
        return line

    def traceback_of(error):
        try:
            import traceback

            report = traceback.TracebackException(
                type(error), error, error.__traceback__, limit=-MOST_FRAMES
            )
            keep_own_frames(report, set())
            return cut("".join(report.format()), LONGEST_TRACEBACK)
        except BaseException as trouble:
            name = type(error).__name__
            return f"{name[:LONGEST_NAME]}: {cut(text_of(error), LONGEST_TEXT)}\n"

    def capability_of(error, depth=0):
        """What was refused: here, or in the error that led to this one."""
        if error is None or depth > 8:
            return ""
        capability = getattr(error, "capability", None)
        if type(capability) is str:
            return capability
        return capability_of(error.__cause__, depth + 1) or capability_of(
            None if error.__suppress_context__ else error.__context__, depth + 1
        )

    def told(kind, error, traceback, capability=""):
        name = type(error).__name__
        return (
            kind,
            name[:LONGEST_NAME] if type(name) is str else "Exception",
            cut(text_of(error), LONGEST_TEXT),
            last_line(error),
            traceback,
            capability[:LONGEST_NAME],
        )

    def ended(error):
        """How the script ended, whatever its error does when it is asked."""
        try:
            return ended_by(error, type(error))
        except BaseException:
            return ("error", "Exception", "an error that cannot be shown", 0, "", "")

    def ended_by(error, kind):
        if issubclass(kind, SystemExit):
            code = error.code
            if code is None or (isinstance(code, int) and code == 0):
                return ("ok",)
            if not isinstance(code, int):
                print(text_of(code), file=sys.stderr)
            return told("exit", error, "")
        if issubclass(kind, MemoryError):
            return told("memory", error, "")
        capability = capability_of(error)
        return told("blocked" if capability else "error", error, traceback_of(error), capability)

    def flush():
        for stream in {id(s): s for s in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)}.values():
            try:
                stream.flush()
            except BaseException:
                pass

    def run(source):
        """Runs a script; returns how it ended as a flat tuple of texts and one number."""
        main = type(sys)("__main__")
        space = main.__dict__
        space["__file__"] = SCRIPT
        space["__builtins__"] = builtins
        sys.modules["__main__"] = main
        sys.argv[:] = [SCRIPT]
        lines_of_script[SCRIPT] = (len(source), None, source.splitlines(True), SCRIPT)
        linecache = sys.modules.get("linecache")
        if linecache is not None:
            linecache.cache.update(lines_of_script)
        try:
            exec(compile(source, SCRIPT, "exec", dont_inherit=True), space)
            error = None
        except BaseException as raised:
            error = raised
        # Not while it is handled: every error of our own would be given it as a context, and where a
        # script has made its contexts a circle, GraalPy looks for their end for good.
        result = ("ok",) if error is None else ended(error)
        exits = sys.modules.get("atexit")
        if exits is not None:
            exits._run_exitfuncs()
        trouble = write_out()
        if trouble is not None and result == ("ok",):
            result = ended(trouble)
        flush()
        return result

    take_away()
    opening()
    sys.meta_path.insert(0, NotHere())
    sys.path[:] = [HOME] + [path for path in sys.path if path not in ("", HOME)]
    sys.dont_write_bytecode = True
    builtins.input = no_input
    builtins.exit = Quitter("exit")
    builtins.quit = Quitter("quit")
    return run


_prepare()
