"""Pinned versions with the hashes of their files: ``python -m benchmarks.pinned``.

It asks pip, which asks whatever index is set up, for each file of each version in
``constraints.txt`` on several platforms, installs nothing, and writes two files for

    pip install --require-hashes -r benchmarks/pinned/runtime.txt

It is run where the ``dev`` extra is installed, which tells what the library itself needs.
With ``--audit`` it asks nobody and says where what is installed here is not what is pinned, not
listed, or under a licence that is not allowed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.pinned.audit import audit
from benchmarks.pinned.versions import hashes, needed, pinned, written

HERE = Path(__file__).parent
EXTRAS = ("cli", "df", "ics", "mcp", "postgres", "serve", "xlsx")


def main() -> int:
    """Write both files, or audit what is installed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--audit", action="store_true")
    versions = pinned((HERE.parents[1] / "constraints.txt").read_text(encoding="utf-8"))
    runtime = needed("mentormatch", EXTRAS) - {"mentormatch"}
    if parser.parse_args().audit:
        faults = audit(versions, runtime, HERE.parents[1])
        for fault in faults:
            print(fault)
        print(f"{len(versions)} pinned packages audited, {len(faults)} faults")
        return int(bool(faults))
    files = hashes(versions)
    for name, packages in (("runtime", runtime), ("dev", set(versions))):
        chosen = {one: version for one, version in versions.items() if one in packages}
        (HERE / f"{name}.txt").write_text(written(chosen, files), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
