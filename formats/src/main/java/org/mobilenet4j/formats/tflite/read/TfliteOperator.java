package org.mobilenet4j.formats.tflite.read;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;

/// An operator of a TFLite file.
///
/// @param place its position in the order of execution, from 0
/// @param kind the schema's name, such as `CONV_2D`; `custom operator X` for a custom one
/// @param inputs indices of tensors; negative for an optional one that is left out
/// @param outputs indices of tensors
/// @param options strides, padding and the like
public record TfliteOperator(
        int place, String kind, List<Integer> inputs, List<Integer> outputs, TfliteOptions options) {
    public TfliteOperator {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// The index of the tensor it reads at `position`.
    public int input(int position) {
        if (inputs.size() <= position || inputs.get(position) < 0) {
            throw odd("its input " + position + " is missing");
        }
        return inputs.get(position);
    }

    /// The index of its only output tensor.
    int output() {
        if (outputs.size() != 1 || outputs.getFirst() < 0) {
            throw odd("it has " + outputs.size() + " outputs; only one is supported");
        }
        return outputs.getFirst();
    }

    /// Whether it has the optional third input, a bias.
    boolean hasBias() {
        return inputs.size() > 2 && inputs.get(2) >= 0;
    }

    /// Strides, padding and the like.
    TfliteOptions.Sliding sliding() {
        if (options instanceof TfliteOptions.Sliding sliding) {
            return sliding;
        }
        throw odd("its strides and padding are missing");
    }

    /// A window of `rows` and `columns` with the strides, dilations and padding of the options.
    Window window(int rows, int columns) {
        var sliding = sliding();
        if (sliding.dilationRows() != sliding.dilationColumns()) {
            throw odd("its dilations " + sliding.dilationRows() + "x" + sliding.dilationColumns()
                    + " differ between rows and columns; only equal ones are supported");
        }
        var padding = switch (sliding.padding()) {
            case "SAME" -> Padding.SAME;
            case "VALID" -> Padding.VALID;
            default -> throw odd("its padding is " + sliding.padding() + "; only SAME and VALID are supported");
        };
        return new Window(
                rows, columns, sliding.strideRows(), sliding.strideColumns(), sliding.dilationRows(), padding);
    }

    /// The operator as `layers`, followed by its fused activation, if it has one, which is named after `name`.
    Layer[] fused(String name, Layer... layers) {
        var function = switch (options.fused()) {
            case "NONE" -> null;
            case "RELU" -> Activation.Function.RELU;
            case "RELU6" -> Activation.Function.RELU6;
            default -> throw odd("its activation is " + options.fused() + "; only NONE, RELU and RELU6 are supported");
        };
        if (function == null) {
            return layers;
        }
        var all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = new Activation(name + "_relu", function);
        return all;
    }

    /// The exception for something unsupported or wrong in this operator.
    BadValueException odd(String problem) {
        return new BadValueException(this + " cannot be read: " + problem);
    }

    /// `CONV_2D (operator 3)`, for messages.
    @Override
    public String toString() {
        return kind + " (operator " + place + ")";
    }
}
