"""Writes data/SHA256SUMS, the checksums that every loader compares a file with.

Usage: python data/checksums.py            (after a wanted change of a file in uci/ or lectures/)

Any system can check them without this project: `cd data && sha256sum --check SHA256SUMS`.
"""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent
FOLDERS = ("lectures", "uci")


def main():
    files = sorted(
        path
        for folder in FOLDERS
        for path in (FOLDER / folder).iterdir()
        if path.suffix in (".csv", ".json")
    )
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(FOLDER).as_posix()}\n"
        for path in files
    ]
    (FOLDER / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"SHA256SUMS: {len(lines)} files")


if __name__ == "__main__":
    main()
