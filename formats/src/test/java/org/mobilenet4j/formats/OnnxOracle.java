package org.mobilenet4j.formats;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// ONNX Runtime, on one thread of the CPU and without rewriting the graph: what our results are compared with.
final class OnnxOracle implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Shape input;

    private OnnxOracle(byte[] model, Shape input) throws OrtException {
        this.input = input;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            this.session = environment.createSession(model, options);
        }
    }

    /// The engine, with this network loaded.
    static OnnxOracle open(Network network, Weights weights) throws OrtException {
        return new OnnxOracle(OnnxNetworkWriter.write(network, weights), network.input());
    }

    /// The outputs for `batch` images, dense NHWC one after the other.
    float[] run(float[] images, int batch) throws OrtException {
        long[] shape = {batch, input.height(), input.width(), input.channels()};
        try (var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
                var result = session.run(Map.of("input", tensor))) {
            var values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            var output = new float[values.remaining()];
            values.get(output);
            return output;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
