package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// An operator of an ONNX graph.
///
/// @param place its position in the order of execution, from 0
/// @param proto the node's message in the file
record OnnxNode(int place, NodeProto proto) {
    /// Limit far above the windows, paddings and group counts of any network.
    private static final int MAX_NUMBER = 1 << 20;

    /// The operator's name, such as `Conv`, with its domain if that is not ONNX's: `com.microsoft.FusedConv`.
    String kind() {
        var domain = proto.getDomain();
        return domain.isEmpty() || domain.equals("ai.onnx") ? proto.getOpType() : domain + "." + proto.getOpType();
    }

    /// The node's name in the file; often empty.
    String name() {
        return proto.getName();
    }

    /// Whether the node has the optional input at `position`.
    boolean hasInput(int position) {
        return position < proto.getInputCount() && !proto.getInput(position).isEmpty();
    }

    /// The name of the tensor it reads at `position`.
    String input(int position) {
        if (!hasInput(position)) {
            throw odd("its input " + position + " is missing");
        }
        return proto.getInput(position);
    }

    /// The name of the only tensor it outputs; optional further outputs must be unused.
    String output() {
        if (proto.getOutputCount() == 0 || proto.getOutput(0).isEmpty()) {
            throw odd("it has no output");
        }
        if (proto.getOutputList().stream().skip(1).anyMatch(name -> !name.isEmpty())) {
            throw odd("it has " + proto.getOutputCount() + " outputs; only one is supported");
        }
        return proto.getOutput(0);
    }

    /// The attribute called `name`, or null.
    @Nullable
    AttributeProto attribute(String name) {
        for (int i = 0; i < proto.getAttributeCount(); i++) {
            if (proto.getAttribute(i).getName().equals(name)) {
                return proto.getAttribute(i);
            }
        }
        return null;
    }

    /// An integer within the limit.
    int whole(String name, int otherwise) {
        var attribute = attribute(name);
        return attribute == null ? otherwise : small(attribute.getI());
    }

    /// A real number: the shortest decimal that rounds to the file's float. An epsilon of 0.001 is then 0.001, as in
    /// the program that wrote it, and not 0.0010000000474974513.
    double real(String name, double otherwise) {
        var attribute = attribute(name);
        return attribute == null ? otherwise : decimal(attribute.getF());
    }

    /// The shortest decimal that rounds to `number`.
    static double decimal(float number) {
        return Double.parseDouble(Float.toString(number));
    }

    /// A text.
    String text(String name, String otherwise) {
        var attribute = attribute(name);
        return attribute == null ? otherwise : attribute.getS().toStringUtf8();
    }

    /// A list of integers, or null.
    long @Nullable [] wholes(String name) {
        var attribute = attribute(name);
        return attribute == null
                ? null
                : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    /// `count` integers within the limit.
    int[] wholes(String name, int count, int otherwise) {
        var given = wholes(name);
        var numbers = new int[count];
        java.util.Arrays.fill(numbers, otherwise);
        if (given != null) {
            if (given.length != count) {
                throw odd("its " + name + " are " + given.length + " values, not " + count
                        + "; only rows and columns are supported");
            }
            java.util.Arrays.setAll(numbers, i -> small(given[i]));
        }
        return numbers;
    }

    private int small(long number) {
        if (Math.abs(number) > MAX_NUMBER || number == Long.MIN_VALUE) {
            throw odd("the number " + number + " is over the limit of " + MAX_NUMBER);
        }
        return (int) number;
    }

    /// The exception for something unsupported or wrong in this operator.
    BadValueException odd(String problem) {
        return new BadValueException(this + " cannot be read: " + problem);
    }

    /// `Conv "conv1" (node 3)`, for messages.
    @Override
    public String toString() {
        var name = name().isEmpty() && proto.getOutputCount() > 0 ? proto.getOutput(0) : name();
        return kind() + " \"" + name + "\" (node " + place + ")";
    }
}
