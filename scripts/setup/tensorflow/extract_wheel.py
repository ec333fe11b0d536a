"""Unpacks TensorFlow's C library and its headers from a wheel: extract_wheel.py WHEEL FOLDER."""

import os
import shutil
import sys
import zipfile

LIBRARIES = ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2")
HEADERS = (
    "tensorflow/include/tensorflow/c/",
    "tensorflow/include/tensorflow/core/platform/ctstring",
    "tensorflow/include/tsl/c/",
    "tensorflow/include/tsl/platform/ctstring",
)
# The names under which tfjs-node's add-on, and its own installer, look for the two libraries.
LINKS = {
    "libtensorflow.so": LIBRARIES[0],
    "libtensorflow.so.2.9.1": LIBRARIES[0],
    "libtensorflow_framework.so": LIBRARIES[1],
}


def destination(name):
    """The path below the folder for a wheel's member, or None where it is not needed."""
    folder, _, file = name.rpartition("/")
    if folder == "tensorflow" and file in LIBRARIES:
        return os.path.join("lib", file)
    if name.startswith(HEADERS) and name.endswith(".h"):
        return name.removeprefix("tensorflow/")
    return None


def main(wheel, folder):
    found = set()
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            below = destination(member.filename)
            if below is None:
                continue
            path = os.path.join(folder, below)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with archive.open(member) as source, open(path, "wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            found.add(os.path.basename(below))
    missing = [library for library in LIBRARIES if library not in found]
    if missing:
        sys.exit(f"{os.path.basename(wheel)} has no {' and no '.join(missing)}")
    for link, target in LINKS.items():
        os.symlink(target, os.path.join(folder, "lib", link))


main(*sys.argv[1:])
