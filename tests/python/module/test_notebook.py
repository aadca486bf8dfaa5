"""The example notebook, run by a kernel of its own."""

import nbclient
import nbformat
from common import ROOT


def test_the_notebook_runs():
    notebook = nbformat.read(ROOT / "python/examples/episodes.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)  # none is kept: pictures are large
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    pictures = [output for output in outputs if "image/svg+xml" in output.get("data", {})]
    assert len(pictures) == 2
    said = "".join(output.get("data", {}).get("text/plain", "") for output in outputs)
    assert "[True, True" in " ".join(said.split()) and "'exact': True" in said
