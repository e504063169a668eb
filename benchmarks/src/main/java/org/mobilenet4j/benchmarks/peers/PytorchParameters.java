package org.mobilenet4j.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Converts a network's tensors to PyTorch's layout and back: kernels are `O x I x H x W` there and `H x W x I x O`
/// here, everything else is the same.
final class PytorchParameters {
    private final SequencedMap<String, Parameter> parameters;
    private final SequencedMap<String, NDArray> arrays = new LinkedHashMap<>();

    PytorchParameters(NDManager manager, Network network, Weights weights) {
        this.parameters = network.parameters();
        parameters.forEach((name, parameter) -> {
            var order = Order.of(parameter);
            var array = manager.create(order.toPytorch(weights.get(name).toArray()), order.shape());
            array.setRequiresGradient(parameter.role() != Parameter.Role.STATISTIC);
            arrays.put(name, array);
        });
    }

    /// The tensor of that name, valid until this is closed.
    NDArray get(String name) {
        var array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("the network has no tensor " + name);
        }
        return array;
    }

    /// The parameters with a gradient: all but the moving statistics.
    List<NDArray> trained() {
        return arrays.values().stream().filter(NDArray::hasGradient).toList();
    }

    /// A copy of all tensors.
    Weights weights() {
        var tensors = new LinkedHashMap<String, Tensor>();
        parameters.forEach((name, parameter) -> {
            var dims = parameter.dims().stream().mapToInt(Integer::intValue).toArray();
            tensors.put(name, Tensor.of(Order.of(parameter).toOurs(get(name).toFloatArray()), dims));
        });
        return new Weights(tensors);
    }

    /// The index of a value in the other layout. A depthwise kernel, `H x W x C x M`, has one input per output.
    private record Order(int rows, int columns, int inputs, int outputs, int rank) {
        static Order of(Parameter parameter) {
            var dims = parameter.dims();
            return switch (dims.size()) {
                case 1 -> new Order(1, 1, 1, dims.getFirst(), 1);
                case 2 -> new Order(1, 1, dims.get(0), dims.get(1), 2);
                default ->
                    parameter.name().equals("depthwise_kernel")
                            ? new Order(dims.get(0), dims.get(1), 1, dims.get(2) * dims.get(3), 4)
                            : new Order(dims.get(0), dims.get(1), dims.get(2), dims.get(3), 4);
            };
        }

        Shape shape() {
            return switch (rank) {
                case 1 -> new Shape(outputs);
                case 2 -> new Shape(outputs, inputs);
                default -> new Shape(outputs, inputs, rows, columns);
            };
        }

        /// The index in our layout of the value at `index` in PyTorch's.
        private int ours(int index) {
            int taps = rows * columns;
            int output = index / (inputs * taps);
            int input = index / taps % inputs;
            return (index % taps * inputs + input) * outputs + output;
        }

        float[] toPytorch(float[] values) {
            var ordered = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                ordered[i] = values[ours(i)];
            }
            return ordered;
        }

        float[] toOurs(float[] values) {
            var ordered = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                ordered[ours(i)] = values[i];
            }
            return ordered;
        }
    }
}
