"""Finds out what scripts will find here. The value of this source is a table of functions."""


def _survey():
    import sys
    from importlib.machinery import PathFinder

    # Importing these does something: draws, opens a browser, prints, or tests for minutes.
    NOT_TRIED = {"antigravity", "this", "idlelib", "turtledemo", "test", "lib2to3", "__phello__"}

    EXPECTED = (
        "numpy pandas matplotlib scipy sklearn seaborn requests openpyxl xlrd xlsxwriter bs4 lxml "
        "yaml sympy statsmodels plotly PIL dateutil pytz tabulate nltk networkx polars pyarrow "
        "tensorflow torch cv2 flask django fastapi sqlalchemy httpx aiohttp tqdm rich faker "
        "pydantic psutil docx pypdf PyPDF2 reportlab jinja2 chardet simplejson attr unidecode"
    ).split()

    def version():
        return ".".join(map(str, sys.version_info[:3]))

    def candidates():
        return sorted(n for n in sys.stdlib_module_names if n[0] != "_" and n not in NOT_TRIED)

    def imports(name):
        try:
            __import__(name)
            return True
        except BaseException:
            return False

    def packages(folder):
        from os import listdir

        def has_code(name):
            spec = PathFinder.find_spec(name, [folder])
            # A folder without code is importable too, as a namespace.
            return spec is not None and spec.origin is not None

        names = {entry.removesuffix(".py") for entry in listdir(folder)}
        return sorted(n for n in names if n.isidentifier() and n[0] != "_" and has_code(n))

    def missing():
        return [n for n in EXPECTED if n not in sys.builtin_module_names and PathFinder.find_spec(n) is None]

    return (version, candidates, imports, packages, missing)


_survey()
