"""Reads a script without running it: what it imports, calls and uses, by its syntax tree.

The value of this source is a function that takes the modules known to import and gives a function
that reads one source. Rules follow the shortest honest path: names are resolved through imports and
plain assignments, whatever their scope, because the result is advice and never the wall.
"""


def _screening(known):
    import ast
    import builtins
    import sys
    from importlib.machinery import PathFinder

    known = frozenset(known)
    BUILTINS = frozenset(dir(builtins))
    MOST_ROWS = 5_000
    UNKNOWN = object()

    SEEDS = {"random.seed", "random.Random"}
    ALWAYS_RANDOM = ("secrets.", "uuid.uuid1", "uuid.uuid4", "os.urandom", "random.SystemRandom")
    CLOCKS = {
        "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.asctime",
        "time.monotonic", "time.perf_counter", "time.process_time", "time.perf_counter_ns",
        "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
        "datetime.date.today",
    }
    PRINTERS = {
        "print", "traceback.print_exc", "logging.error", "logging.exception", "logging.warning",
        "sys.stderr.write", "sys.stdout.write",
    }
    BROAD = {"Exception", "BaseException"}
    IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError"}

    def available(module):
        parts = module.split(".")
        if parts[0] not in known:
            return False
        path = None
        for end in range(1, len(parts) + 1):
            name = ".".join(parts[:end])
            if name in sys.builtin_module_names or name in sys.modules:
                path = getattr(sys.modules.get(name), "__path__", None)
                continue
            spec = PathFinder.find_spec(name, path) if end == 1 or path else None
            if spec is None:
                # A module that another one puts in place, such as os.path.
                return end > 1 and (name == "os.path" or hasattr(sys.modules.get(parts[0]), parts[1]))
            path = spec.submodule_search_locations
        return True

    class Names:
        """What each name stands for, where that is one and the same thing everywhere."""

        def __init__(self, tree):
            self.bound = {}
            self.constants = set()
            changing = set()
            for node in ast.walk(tree):
                if isinstance(node, ast.Import):
                    for alias in node.names:
                        whole = alias.name if alias.asname else alias.name.split(".")[0]
                        self.bind(alias.asname or whole, whole)
                elif isinstance(node, ast.ImportFrom):
                    for alias in node.names:
                        if alias.name != "*" and not node.level:
                            self.bind(alias.asname or alias.name, f"{node.module}.{alias.name}")
                elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    self.bind(node.name, UNKNOWN)
                elif isinstance(node, ast.arg):
                    self.bind(node.arg, UNKNOWN)
            assigned = []
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and len(node.targets) == 1:
                    if isinstance(node.targets[0], ast.Name):
                        assigned.append((node.targets[0], node.value))
                elif isinstance(node, ast.AnnAssign) and node.value is not None:
                    if isinstance(node.target, ast.Name):
                        assigned.append((node.target, node.value))
                elif isinstance(node, ast.NamedExpr):
                    assigned.append((node.target, node.value))
                elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
                    assigned.append((node.optional_vars, node.context_expr))
            plain = {id(target) for target, _ in assigned}
            for node in ast.walk(tree):
                if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                    if id(node) not in plain:
                        self.bind(node.id, UNKNOWN)
                        changing.add(node.id)
            resolved = [(target.id, self.dotted(value), value) for target, value in assigned]
            for name, meaning, value in resolved:
                self.bind(name, meaning or UNKNOWN)
                if literal(value, frozenset()):
                    self.constants.add(name)
                else:
                    changing.add(name)
            self.constants -= changing
            self.constants -= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}

        def bind(self, name, meaning):
            before = self.bound.get(name, meaning)
            self.bound[name] = meaning if before == meaning else UNKNOWN

        def dotted(self, node):
            """The dotted name of an expression, through calls and literal look-ups; or None."""
            tail = []
            while True:
                if isinstance(node, ast.Attribute):
                    tail.append(node.attr)
                    node = node.value
                elif isinstance(node, ast.Call):
                    named = self.looked_up(node)
                    if named is not None:
                        tail.append(named)
                        break
                    node = node.func
                elif isinstance(node, ast.Await):
                    node = node.value
                elif isinstance(node, ast.Name):
                    meaning = self.bound.get(node.id)
                    if meaning is UNKNOWN:
                        if not tail:
                            return None
                        meaning = node.id
                    tail.append(meaning or node.id)
                    break
                else:
                    return None
            name = ".".join(reversed(tail))
            for prefix in ("builtins.", "__builtins__."):
                name = name.removeprefix(prefix)
            return name

        def looked_up(self, call):
            """getattr(os, "system"), __import__("os") and importlib.import_module("os")."""
            texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if isinstance(call.func, ast.Name) and call.func.id == "getattr" and texts and call.args:
                base = self.dotted(call.args[0])
                return base and f"{base}.{texts[0]}"
            if imported_name(self, call):
                return texts[0]
            return None

    def imported_name(names, call):
        if not call.args or not isinstance(call.args[0], ast.Constant):
            return None
        name = call.args[0].value
        if not isinstance(name, str):
            return None
        function = call.func
        if isinstance(function, ast.Name) and function.id == "__import__":
            return name
        if isinstance(function, (ast.Name, ast.Attribute)):
            if names.dotted(function) == "importlib.import_module":
                return name
        return None

    def literal(node, constants):
        if isinstance(node, ast.Constant):
            return True
        if isinstance(node, ast.Name):
            return node.id in constants
        if isinstance(node, ast.JoinedStr):
            return all(literal(value, constants) for value in node.values)
        if isinstance(node, ast.FormattedValue):
            return literal(node.value, constants)
        if isinstance(node, ast.UnaryOp):
            return literal(node.operand, constants)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return all(literal(each, constants) for each in node.elts)
        if isinstance(node, ast.Dict):
            return all(k is not None and literal(k, constants) for k in node.keys) and all(
                literal(v, constants) for v in node.values
            )
        # "=" * 40 is a rule across the page and computes nothing.
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Add)):
            texts = [n for n in (node.left, node.right) if isinstance(n, ast.Constant)]
            return any(isinstance(n.value, str) for n in texts) and (
                literal(node.left, constants) and literal(node.right, constants)
            )
        return False

    def broad(handler, names):
        return handler.type is None or bool(caught(handler, names) & BROAD)

    def prepared(tree, names):
        """Imports that the script goes on without: those in a try that catches their failing."""
        found = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Try) and any(
                broad(h, names) or caught(h, names) & IMPORT_ERRORS for h in node.handlers
            ):
                inside = [each for statement in node.body for each in ast.walk(statement)]
                found.update(id(n) for n in inside if isinstance(n, (ast.Import, ast.ImportFrom)))
        return found

    def caught(handler, names):
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return {names.dotted(kind) for kind in kinds if kind is not None}

    def swallows(handler, names):
        prints = False
        for statement in handler.body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Raise):
                    return False
                if isinstance(node, ast.Call):
                    called = names.dotted(node.func)
                    if called in ("sys.exit", "exit", "quit") or called == "os._exit":
                        return False
                    prints = prints or called in PRINTERS
        return prints

    def traits(tree, names, calls, uses):
        found = []
        printed = [node for node, name in calls if name == "print"]
        written = any(name in ("sys.stdout.write", "sys.stdout.writelines", "pprint.pprint", "pprint.pp")
                      for _, name in calls)
        if printed and not written and all(
            literal(argument, names.constants) for node in printed for argument in node.args
        ):
            found.append("PRINTS_ONLY_LITERALS")
        if any(
            isinstance(node, ast.ExceptHandler) and broad(node, names) and swallows(node, names)
            for node in ast.walk(tree)
        ):
            found.append("CATCHES_AND_PRINTS")
        seeded = any(name in SEEDS and (node.args or node.keywords) for node, name in calls)
        called = {name for _, name in calls}
        random = any(name.startswith("random.") and name not in SEEDS for name in called)
        if (random and not seeded) or any(name.startswith(ALWAYS_RANDOM) for name in called):
            found.append("RANDOM")
        if called & CLOCKS:
            found.append("CLOCK")
        if "input" in called or any(
            name.startswith(("sys.stdin", "fileinput.")) for name in called | {u[1] for u in uses}
        ):
            found.append("READS_STDIN")
        return found

    def read(source):
        """Rows of (kind, text, line, flag): import, use, trait; and lines first."""
        rows = [("lines", "", len(source.splitlines()), False)]
        tree = ast.parse(source, "script.py")
        names = Names(tree)
        calls = []
        called_nodes = set()
        inner = set()
        uses = []
        imports = []
        optional = prepared(tree, names)
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    imports.append((alias.name, node.lineno, id(node) in optional))
            elif isinstance(node, ast.ImportFrom):
                module = "." * node.level + (node.module or "")
                imports.append((module, node.lineno, id(node) in optional))
                for alias in node.names:
                    whole = f"{module}.{alias.name}"
                    if not node.level and whole != "os.path" and alias.name != "*":
                        uses.append((node.lineno, whole, False))
            elif isinstance(node, ast.Call):
                name = names.dotted(node.func)
                called_nodes.add(id(node.func))
                if name is not None:
                    calls.append((node, name))
                    uses.append((node.lineno, name, True))
                module = imported_name(names, node)
                if module:
                    imports.append((module, node.lineno, False))
                looked = names.looked_up(node)
                if looked and not module:
                    uses.append((node.lineno, looked, False))
            if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Attribute, ast.Name)):
                inner.add(id(node.value))
        for node in ast.walk(tree):
            if id(node) in called_nodes or id(node) in inner:
                continue
            if isinstance(node, ast.Attribute):
                name = names.dotted(node)
                if name is not None:
                    uses.append((node.lineno, name, False))
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                meaning = names.bound.get(node.id)
                if meaning is None and node.id in BUILTINS:
                    uses.append((node.lineno, node.id, False))
                elif isinstance(meaning, str) and "." in meaning:
                    uses.append((node.lineno, meaning, False))
        uses.sort(key=lambda use: use[0])
        imports.sort(key=lambda found: found[1])
        rows += [("import", m, line, spare or available(m)) for m, line, spare in imports]
        rows += [("use", name, line, call) for line, name, call in uses[:MOST_ROWS]]
        rows += [("trait", trait, 0, False) for trait in traits(tree, names, calls, uses)]
        return rows

    def inspect(source):
        try:
            return read(source)
        except SyntaxError as error:
            import traceback

            text = "".join(traceback.format_exception_only(error))
            return [
                ("lines", "", len(source.splitlines()), False),
                ("error", type(error).__name__, error.lineno or 0, False),
                ("message", str(error.msg), 0, False),
                ("traceback", text, 0, False),
            ]
        except (RecursionError, MemoryError, ValueError) as error:
            text = "the script is nested too deeply to be read"
            if isinstance(error, ValueError):
                text = str(error)
            return [
                ("lines", "", len(source.splitlines()), False),
                ("error", "SyntaxError", 0, False),
                ("message", text, 0, False),
                ("traceback", f"SyntaxError: {text}\n", 0, False),
            ]

    return inspect


_screening
