# Made figures.json beside it: for each set of make.py what COCO's own program computes, `cocoeval.py` of
# github.com/cocodataset/cocoapi at commit 8c9bcc3cf640524c4c20a9c40e89cb6a2f2fa0e9, with NumPy 2.4.6 and Python 3.11.7.
#
# PythonAPI/pycocotools/{coco,cocoeval}.py and common/maskApi.{c,h} of it lie in pycocotools/; no line of cocoeval.py is
# changed. What stands in for the rest: `np.float`, which NumPy has removed, is float; `pycocotools.mask.iou`, Cython
# around `bbIou` of maskApi.c, is the same around the same function, compiled by `gcc -O2 -shared -fPIC`; matplotlib, only
# imported, is empty.
#
#     gcc -O2 -shared -fPIC -o pycocotools/mask.so pycocotools/maskApi.c -lm && python3 reference.py
import contextlib
import ctypes
import io
import json
import sys
import types

import numpy as np

np.float = float
library = ctypes.CDLL("pycocotools/mask.so")


def iou(found, truths, crowds):
    d = np.ascontiguousarray(found, dtype=np.double).reshape(-1, 4)
    g = np.ascontiguousarray(truths, dtype=np.double).reshape(-1, 4)
    if len(d) == 0 or len(g) == 0:
        return []
    c = np.ascontiguousarray(crowds, dtype=np.uint8)
    out = np.zeros(len(d) * len(g), dtype=np.double)
    at = lambda array, kind: array.ctypes.data_as(ctypes.POINTER(kind))
    library.bbIou(at(d, ctypes.c_double), at(g, ctypes.c_double), ctypes.c_size_t(len(d)), ctypes.c_size_t(len(g)),
                  at(c, ctypes.c_ubyte), at(out, ctypes.c_double))
    return out.reshape((len(d), len(g)), order="F")


for name in ("matplotlib", "matplotlib.pyplot", "matplotlib.collections", "matplotlib.patches", "pycocotools",
             "pycocotools.mask"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["matplotlib.collections"].PatchCollection = sys.modules["matplotlib.patches"].Polygon = None
sys.modules["pycocotools"].__path__ = ["pycocotools"]
sys.modules["pycocotools"].mask = sys.modules["pycocotools.mask"]
sys.modules["pycocotools.mask"].iou = iou

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def evaluated(truths, found, classes):
    e = COCOeval(truths, found, "bbox")
    if classes:
        e.params.catIds = classes
    e.evaluate()
    e.accumulate()
    e.summarize()
    return e


figures = {}
for name in ("pixels", "crowds", "classes", "good"):
    with contextlib.redirect_stdout(io.StringIO()):
        truths = COCO(f"{name}-truths.json")
        found = truths.loadRes(f"{name}-found.json")
        e = evaluated(truths, found, None)
        classes = [evaluated(truths, found, [c]).stats.tolist() for c in sorted(truths.getCatIds())]
    precision, score = e.eval["precision"], e.eval["scores"]
    figures[name] = {
        "all": e.stats.tolist(),
        "classes": classes,
        # Of the first class, at overlaps .5 and .75: precision and score at each recall.
        "curves": [[precision[t, :, 0, 0, 2].tolist(), score[t, :, 0, 0, 2].tolist()] for t in (0, 5)],
    }
    print(name, e.stats)
with open("figures.json", "w") as file:
    json.dump(figures, file, indent=0, separators=(",", ":"))
    file.write("\n")
