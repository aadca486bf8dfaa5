"""A Python that can `import torch`: LibTorch's own, which tools/get-libtorch installed.

Its wheel is one for GPUs: `import torch` opens CUDA libraries that nobody installs on a machine
without a GPU, and of which a CPU calls nothing. Empty libraries of their names are opened first.
"""
import ctypes
import importlib.util
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import warnings

VERSION = "2.11.0"
NEEDED = ("libcufile.so.0", "libcublas.so.13", "libcublasLt.so.13", "libcufft.so.12",
          "libcurand.so.10", "libcusparse.so.12", "libcusparseLt.so.0", "libcudnn.so.9",
          "libnccl.so.2", "libnvshmem_host.so.3")


OLDEST = (2, 6)  # before it, a pickle could run code in spite of weights_only


def fail(text):
    """Ends the program: something that it needs is not there."""
    print(f"tools/{pathlib.Path(sys.argv[0]).name}: {text}", file=sys.stderr)
    sys.exit(3)


def environment():
    """The folder of the environment that has LibTorch: bin/python, lib/python3*/site-packages."""
    named = os.environ.get("RECOMBINE_TORCH_ROOT")
    if named:
        return pathlib.Path(named).resolve().parents[3]  # above lib/python3*/site-packages/torch
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(cache) / "recombine" / f"libtorch-{VERSION}"


def site_packages():
    """Where that environment's modules are; None where there is no torch among them."""
    named = os.environ.get("RECOMBINE_TORCH_ROOT")
    found = [pathlib.Path(named)] if named else sorted(
        environment().glob("lib/python3*/site-packages/torch"))
    return found[0].parent if found and (found[0] / "__init__.py").exists() else None


def _has_torch():
    """Whether this Python finds a torch; the folder tools/torch, which has no modules, is none."""
    found = importlib.util.find_spec("torch")
    return found is not None and found.origin is not None


def go_on_in_torch_python():
    """Starts the program again in LibTorch's Python, unless it runs there already, or LibTorch is
    not there and this Python has a torch of its own."""
    python = environment() / "bin/python"
    if pathlib.Path(sys.prefix).resolve() == environment().resolve():
        return
    if site_packages() is not None and python.exists():
        os.execv(python, [str(python), "-B", *sys.argv])
    if not _has_torch():
        fail(f"needs LibTorch's Python, and {environment()} has none; run tools/get-libtorch")


def empty_library(name):
    """The bytes of a shared library (ELF, x86-64) of this name that holds nothing."""
    names = b"\0" + name.encode() + b"\0"
    head, entry = 64 + 3 * 56, struct.Struct("<QQ")
    symbols = head + 7 * entry.size  # one symbol of 24 bytes, a hash table of one bucket, names
    hashes, texts = symbols + 24, symbols + 24 + 16
    size = texts + len(names)
    dynamic = b"".join(entry.pack(tag, value) for tag, value in (
        (4, hashes), (5, texts), (6, symbols), (10, len(names)), (11, 24), (14, 1), (0, 0)))
    part = struct.Struct("<IIQQQQQQ")
    parts = (part.pack(1, 6, 0, 0, 0, size, size, 4096) +  # loaded, readable and writable
             part.pack(2, 6, head, head, head, len(dynamic), len(dynamic), 8) +
             part.pack(0x6474E551, 6, 0, 0, 0, 0, 0, 16))  # no executable stack
    start = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 3, 62, 1, 0, 64, 0, 0, 64, 56, 3, 64,
                        0, 0)
    return start + parts + dynamic + bytes(24) + struct.pack("<4I", 1, 1, 0, 0) + names


def _is_there(library):
    modules = pathlib.Path(importlib.util.find_spec("torch").origin).parents[1]
    if any(modules.glob(f"nvidia/*/lib/{library}")):
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _open_empty_libraries():
    with tempfile.TemporaryDirectory() as folder:
        for library in NEEDED:
            if not _is_there(library):
                file = pathlib.Path(folder) / library
                file.write_bytes(empty_library(library))
                ctypes.CDLL(str(file))


def _complete():
    """Installs what `import torch` needs besides LibTorch."""
    if importlib.util.find_spec("typing_extensions"):
        return
    print("installing typing_extensions (45 kB) beside LibTorch", file=sys.stderr)
    done = subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps",
                           "typing_extensions==4.15.0"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        fail(f"could not install typing_extensions: {done.stderr.strip()}")
    importlib.invalidate_caches()


def import_torch():
    """The module torch, for CPUs alone; from LibTorch where this Python has none of its own."""
    if not _has_torch():
        if site_packages() is None:
            fail(f"no torch in {environment()}; run tools/get-libtorch")
        sys.path.append(str(site_packages()))
    _complete()
    sys.setdlopenflags(os.RTLD_LAZY)  # a function that is never called need not be found
    _open_empty_libraries()
    warnings.filterwarnings("ignore", message="Failed to initialize NumPy")
    import torch  # pylint: disable=import-outside-toplevel,import-error
    if tuple(int(number) for number in torch.__version__.split(".")[:2]) < OLDEST:
        fail(f"needs PyTorch {OLDEST[0]}.{OLDEST[1]} or newer, and this is {torch.__version__}")
    torch.set_num_threads(1)
    return torch
