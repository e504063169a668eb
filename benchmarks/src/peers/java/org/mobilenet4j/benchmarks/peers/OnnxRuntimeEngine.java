package org.mobilenet4j.benchmarks.peers;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.mobilenet4j.tensor.Shape;

/// ONNX Runtime with all graph optimizations, a fixed batch size, and input and output in buffers that it reads and
/// writes in place. Its images are NCHW, as its operators expect.
final class OnnxRuntimeEngine implements Engine {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final FloatBuffer output;

    OnnxRuntimeEngine(Path model, Workload workload) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(workload.threads());
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setSymbolicDimensionValue("N", workload.batch());
            this.session = environment.createSession(model.toString(), options);
        }
        var shape = shape(session.getInputInfo());
        var image = new Shape((int) shape[2], (int) shape[3], (int) shape[1]);
        var input = direct(workload.batch() * image.elements());
        input.put(workload.channelsFirst(image)).flip();
        this.inputs = Map.of("input", OnnxTensor.createTensor(environment, input, shape));

        var made = shape(session.getOutputInfo());
        this.output = direct((int) (made[0] * made[1]));
        this.outputs = Map.of("output", OnnxTensor.createTensor(environment, output, made));
    }

    @Override
    public void run() throws OrtException {
        session.run(inputs, outputs).close();
    }

    @Override
    public float[] output() {
        var values = new float[output.capacity()];
        output.get(0, values);
        return values;
    }

    @Override
    public String version() {
        return environment.getVersion();
    }

    /// The shape of the only input or output.
    private static long[] shape(Map<String, NodeInfo> nodes) {
        return ((TensorInfo) nodes.values().iterator().next().getInfo()).getShape();
    }

    private static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
