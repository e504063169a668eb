package org.mobilenet4j.formats.tensorflow;

import static org.mobilenet4j.formats.tensorflow.TfFiles.attribute;
import static org.mobilenet4j.formats.tensorflow.TfFiles.field;
import static org.mobilenet4j.formats.tensorflow.TfFiles.number;
import static org.mobilenet4j.formats.tensorflow.TfFiles.shape;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.tensor.Tensor;

/// The nodes of a graph that is being written. Each method returns the name by which other nodes read the node.
final class GraphNodes {
    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    /// The file.
    byte[] bytes() {
        return graph.toByteArray();
    }

    static byte[] real(String name, float value) {
        return attribute(
                name,
                ByteBuffer.allocate(5)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) ((4 << 3) | 5))
                        .putFloat(value)
                        .array());
    }

    String add(byte[] node, String name) {
        graph.writeBytes(field(1, node));
        return name;
    }

    String node(String name, String op, String inputs, byte[]... attributes) {
        return add(TfFiles.node(name, op, inputs, attributes), name);
    }

    String constant(String name, int... values) {
        return add(TfFiles.constant(name, values), name);
    }

    String constant(String name, float... values) {
        return add(TfFiles.constant(name, Tensor.of(values, values.length)), name);
    }

    String constant(String name, Tensor tensor) {
        add(TfFiles.constant(name, tensor), name);
        return node(name + "/read", "Identity", name);
    }

    void scalar(String name, int value) {
        add(
                TfFiles.node(
                        name,
                        "Const",
                        "",
                        attribute("value", field(8, number(1, 3), field(2, shape()), field(7, TfFiles.varint(value))))),
                name);
    }
}
