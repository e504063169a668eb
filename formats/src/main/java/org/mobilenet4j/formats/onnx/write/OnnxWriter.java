package org.mobilenet4j.formats.onnx.write;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.AtomicFile;
import org.mobilenet4j.model.file.ModelMetadata;
import org.mobilenet4j.tensor.ElementType;

/// Writes models as ONNX, version 17 of its operators.
///
/// The model takes `input`, N x C x H x W for any number N of images, normalized as its preprocessing
/// says; the layout is that of ONNX's operators and of what PyTorch exports, so that no map is turned
/// around on its way, and other programs find what they expect (`docs/decisions/010-onnx.md`). It makes
/// `output`: N x classes, or N x C x H x W where the network ends in a map. Vectors that a
/// [org.mobilenet4j.arch.Flatten] makes keep our order: row by row, channels innermost.
///
/// A quantized model is written in QDQ form, as engines and their tools exchange them: kernels of 8 bits, with one
/// scale
/// or one for each output channel, and biases of 32 reach their operator through a `DequantizeLinear`,
/// and behind every map that is stored stand a `QuantizeLinear` and a `DequantizeLinear`. Input and
/// output are floats then too. Engines round a little differently than a [org.mobilenet4j.infer.Session]
/// does (`docs/decisions/012-qdq.md`).
///
/// There is an operator for each layer, called as the layer is; dropout is left out. Batch normalization
/// is written where the network has it; [org.mobilenet4j.model.FoldedModel] makes models without.
/// `format`, `name`, labels, preprocessing and notes stand in the metadata ([ModelMetadata]).
public final class OnnxWriter {
    private static final int OPERATOR_SET = 17;
    private static final int IR_VERSION = 8;

    private OnnxWriter() {}

    /// Writes `model` to `file`, whole or not at all.
    ///
    /// @param type how kernels of floats are stored; what is computed with them is float32 either way
    /// @throws IllegalArgumentException when the model is over 2 GiB, ONNX's limit, or a value over
    ///     float16's
    /// @throws IOException when the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        var proto = proto(model, type);
        AtomicFile.write(file, channel -> proto.writeTo(Channels.newOutputStream(channel)));
    }

    /// The bytes of such a file.
    ///
    /// @throws IllegalArgumentException as [#write]
    public static byte[] bytes(Model model, ElementType type) {
        return proto(model, type).toByteArray();
    }

    private static ModelProto proto(Model model, ElementType type) {
        var network = model.network();
        checkSize(model);
        var graph = GraphProto.newBuilder().setName(network.name());
        var values = new OnnxValues(graph, network.input());
        var stored = model.quantization()
                .map(maps -> new OnnxQuantizedLayerWriter(values, network, maps))
                .orElse(null);
        var layers = new OnnxLayerWriter(values, model.weights(), type, stored);
        if (stored != null) {
            stored.storeInput();
        }
        for (var node : network.nodes()) {
            layers.add(node);
            if (stored != null) {
                stored.store(node);
            }
        }
        values.finish(
                network.nodes().isEmpty()
                        ? Node.INPUT
                        : network.nodes().getLast().id());

        var input = network.input();
        var output = network.output();
        graph.addInput(OnnxProtos.declare(OnnxValues.INPUT, input.channels(), input.height(), input.width()));
        graph.addOutput(
                output.pixels() == 1
                        ? OnnxProtos.declare(OnnxValues.OUTPUT, output.channels())
                        : OnnxProtos.declare(OnnxValues.OUTPUT, output.channels(), output.height(), output.width()));
        var proto = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("mobilenet4j")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .addMetadataProps(OnnxProtos.text("format", ModelMetadata.FORMAT))
                .addMetadataProps(OnnxProtos.text("name", network.name()));
        ModelMetadata.write(model).forEach((key, text) -> proto.addMetadataProps(OnnxProtos.text(key, text)));
        return proto.setGraph(graph).build();
    }

    private static void checkSize(Model model) {
        long bytes = model.weights().tensors().values().stream()
                .mapToLong(tensor -> (long) tensor.size() * Float.BYTES)
                .sum();
        if (bytes > Integer.MAX_VALUE - (1 << 24)) {
            throw new BadValueException("the network " + model.network().name() + " has " + bytes
                    + " bytes of weights; an ONNX file may have 2 GiB");
        }
    }
}
