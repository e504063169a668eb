package org.mobilenet4j.formats;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// ONNX Runtime, on one thread of the CPU and, if not asked to, without rewriting the graph: what our results are
/// compared
/// with.
public final class OnnxOracle implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Shape input;
    private final Shape output;

    private OnnxOracle(byte[] model, Shape input, Shape output, OrtSession.SessionOptions.OptLevel level)
            throws OrtException {
        this.input = input;
        this.output = output;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(level);
            this.session = environment.createSession(model, options);
        }
    }

    /// The engine, with this network loaded.
    static OnnxOracle open(Network network, Weights weights) throws OrtException {
        var model = new Model(network, weights, List.of(), Preprocessing.TF_SLIM);
        return open(OnnxWriter.bytes(model, ElementType.FLOAT32), network);
    }

    /// The engine, with a file loaded that is `network`, whatever its layout is.
    public static OnnxOracle open(byte[] model, Network network) throws OrtException {
        return new OnnxOracle(model, network.input(), network.output(), OrtSession.SessionOptions.OptLevel.NO_OPT);
    }

    /// The same, but with the graph rewritten as people run it: operators between integers become such of
    /// integers.
    public static OnnxOracle openRewritten(byte[] model, Network network) throws OrtException {
        return new OnnxOracle(model, network.input(), network.output(), OrtSession.SessionOptions.OptLevel.ALL_OPT);
    }

    /// The outputs for `batch` images, dense NHWC one after the other, as a session of ours takes and
    /// makes them.
    public float[] run(float[] images, int batch) throws OrtException {
        var outer = session.getInputInfo().values().iterator().next();
        long[] dims = ((TensorInfo) outer.getInfo()).getShape();
        boolean channelsLast = dims.length == 4 && dims[3] == input.channels() && dims[1] == input.height();
        long[] shape = dims.length == 2
                ? new long[] {batch, input.channels()}
                : channelsLast
                        ? new long[] {batch, input.height(), input.width(), input.channels()}
                        : new long[] {batch, input.channels(), input.height(), input.width()};
        var values = channelsLast ? images : turned(images, batch, input.pixels(), input.channels());
        try (var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                var result = session.run(Map.of(outer.getName(), tensor))) {
            var made = (OnnxTensor) result.get(0);
            var all = new float[made.getFloatBuffer().remaining()];
            made.getFloatBuffer().get(all);
            long[] outputDims = made.getInfo().getShape();
            boolean map = outputDims.length == 4 && outputDims[1] == output.channels();
            return map ? turned(all, batch, output.channels(), output.pixels()) : all;
        }
    }

    /// All outputs for one image, dense NHWC, in their order; integers as floats.
    public List<float[]> runToAll(float[] image) throws OrtException {
        var outer = session.getInputInfo().values().iterator().next();
        long[] shape = {1, input.channels(), input.height(), input.width()};
        var values = turned(image, 1, input.pixels(), input.channels());
        try (var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                var result = session.run(Map.of(outer.getName(), tensor))) {
            var all = new ArrayList<float[]>();
            for (int i = 0; i < result.size(); i++) {
                all.add(numbers((OnnxTensor) result.get(i)));
            }
            return all;
        }
    }

    /// The answer to one image of bytes, whatever type its numbers have.
    ///
    /// @param pixels dense NHWC
    public float[] answer(byte[] pixels) throws OrtException {
        var outer = session.getInputInfo().values().iterator().next();
        long[] dims = ((TensorInfo) outer.getInfo()).getShape();
        boolean channelsLast = dims[3] == input.channels() && dims[1] == input.height();
        long[] shape = channelsLast
                ? new long[] {1, input.height(), input.width(), input.channels()}
                : new long[] {1, input.channels(), input.height(), input.width()};
        var ordered = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int turned = i % input.channels() * input.pixels() + i / input.channels();
            ordered[channelsLast ? i : turned] = pixels[i];
        }
        try (var tensor = OnnxTensor.createTensor(environment, ByteBuffer.wrap(ordered), shape, OnnxJavaType.UINT8);
                var result = session.run(Map.of(outer.getName(), tensor))) {
            return numbers((OnnxTensor) result.get(0));
        }
    }

    /// The answer to one image of floats, dense NHWC, where it is integers.
    public float[] choice(float[] pixels) throws OrtException {
        var outer = session.getInputInfo().values().iterator().next();
        long[] shape = {1, input.channels(), input.height(), input.width()};
        var values = FloatBuffer.wrap(turned(pixels, 1, input.pixels(), input.channels()));
        try (var tensor = OnnxTensor.createTensor(environment, values, shape);
                var result = session.run(Map.of(outer.getName(), tensor))) {
            return numbers((OnnxTensor) result.get(0));
        }
    }

    private static float[] numbers(OnnxTensor tensor) {
        return switch (tensor.getInfo().type) {
            case INT64 -> {
                var longs = tensor.getLongBuffer();
                var all = new float[longs.remaining()];
                for (int i = 0; i < all.length; i++) {
                    all[i] = longs.get(i);
                }
                yield all;
            }
            case UINT8 -> {
                var bytes = tensor.getByteBuffer();
                var all = new float[bytes.remaining()];
                for (int i = 0; i < all.length; i++) {
                    all[i] = bytes.get(i) & 0xff;
                }
                yield all;
            }
            default -> {
                var floats = tensor.getFloatBuffer();
                var all = new float[floats.remaining()];
                floats.get(all);
                yield all;
            }
        };
    }

    /// For each image, rows become columns.
    private static float[] turned(float[] from, int batch, int rows, int columns) {
        var to = new float[from.length];
        for (int n = 0; n < batch; n++) {
            int base = n * rows * columns;
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    to[base + c * rows + r] = from[base + r * columns + c];
                }
            }
        }
        return to;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
