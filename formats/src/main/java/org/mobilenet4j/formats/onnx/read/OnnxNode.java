package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// An operator of an ONNX graph.
///
/// @param place its place in the order of execution, from 0
/// @param proto what the file says of it
record OnnxNode(int place, NodeProto proto) {
    /// No window, padding or group count of a network is near this.
    private static final int MAX_NUMBER = 1 << 20;

    /// The operator's name, such as `Conv`, behind its maker's where that is not ONNX:
    /// `com.microsoft.FusedConv`.
    String kind() {
        var domain = proto.getDomain();
        return domain.isEmpty() || domain.equals("ai.onnx") ? proto.getOpType() : domain + "." + proto.getOpType();
    }

    /// What the file calls it; empty for many.
    String name() {
        return proto.getName();
    }

    /// Whether the optional input at `position` is there.
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

    /// The name of the only tensor it makes; others that it could make must not be named.
    String output() {
        if (proto.getOutputCount() == 0 || proto.getOutput(0).isEmpty()) {
            throw odd("it has no output");
        }
        if (proto.getOutputList().stream().skip(1).anyMatch(name -> !name.isEmpty())) {
            throw odd("it has " + proto.getOutputCount() + " outputs; one is read");
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

    /// An integer that is not large.
    int whole(String name, int otherwise) {
        var attribute = attribute(name);
        return attribute == null ? otherwise : small(attribute.getI());
    }

    /// A number: the shortest decimal that is the file's float. An epsilon of 0.001 is 0.001 then, as in
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

    /// `count` integers that are not large.
    int[] wholes(String name, int count, int otherwise) {
        var given = wholes(name);
        var numbers = new int[count];
        java.util.Arrays.fill(numbers, otherwise);
        if (given != null) {
            if (given.length != count) {
                throw odd("its " + name + " are " + given.length + " numbers, not " + count
                        + "; rows and columns are read");
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

    /// What to throw when this operator is not as it can be read.
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
