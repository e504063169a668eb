package org.mobilenet4j.formats;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
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
        long[] dims = ((ai.onnxruntime.TensorInfo) outer.getInfo()).getShape();
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
