package org.mobilenet4j.formats.torch;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// Converts PyTorch's tensors to this library's layouts, and tracks which were used.
///
/// | | PyTorch | here |
/// |---|---|---|
/// | convolution | `O x I x H x W` | `H x W x I x O` |
/// | depthwise | `C x 1 x H x W` | `H x W x C x 1` |
/// | dense | `O x I` | `I x O` |
final class TorchTensors {
    private final Map<String, Tensor> tensors;
    private final Set<String> used = new HashSet<>();

    TorchTensors(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /// The dimensions of the kernel of the convolution called `module`: `O x I x H x W`.
    List<Integer> kernelDims(String module) {
        return get(module + ".weight", 4).dims();
    }

    Tensor conv(String module) {
        var kernel = get(module + ".weight", 4);
        var dims = kernel.dims();
        int taps = dims.get(2) * dims.get(3);
        return reordered(kernel, dims.get(0), dims.get(1), taps, dims.get(2), dims.get(3), dims.get(1), dims.get(0));
    }

    Tensor depthwise(String module) {
        var kernel = get(module + ".weight", 4);
        var dims = kernel.dims();
        if (dims.get(1) != 1) {
            throw new BadValueException(
                    "the tensor " + module + ".weight is " + Tensor.text(dims) + ", which is not a depthwise kernel");
        }
        int taps = dims.get(2) * dims.get(3);
        return reordered(kernel, dims.get(0), 1, taps, dims.get(2), dims.get(3), dims.get(0), 1);
    }

    Tensor dense(String module) {
        var kernel = get(module + ".weight", 2);
        int outputs = kernel.dims().get(0);
        int inputs = kernel.dims().get(1);
        return reordered(kernel, outputs, inputs, 1, inputs, outputs);
    }

    Tensor vector(String name) {
        return get(name, 1);
    }

    /// @throws IllegalArgumentException if a tensor was not used, naming it
    void checkAllUsed() {
        for (var name : tensors.keySet()) {
            if (!used.contains(name)) {
                throw new BadValueException(
                        "has a tensor " + name + ", which a MobileNet v1 does not have; it is another network");
            }
        }
    }

    private Tensor get(String name, int rank) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new BadValueException("has no tensor " + name + ", which a MobileNet v1 needs");
        }
        if (tensor.dims().size() != rank) {
            throw new BadValueException("the tensor " + name + " is " + Tensor.text(tensor.dims()) + "; " + rank
                    + " dimensions are needed");
        }
        used.add(name);
        return tensor;
    }

    /// From output x input x tap to tap x input x output.
    private static Tensor reordered(Tensor kernel, int outputs, int inputs, int taps, int... dims) {
        var from = kernel.toArray();
        var to = new float[from.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                for (int tap = 0; tap < taps; tap++) {
                    to[(tap * inputs + i) * outputs + o] = from[(o * inputs + i) * taps + tap];
                }
            }
        }
        return Tensor.of(to, dims);
    }
}
