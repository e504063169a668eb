package org.mobilenet4j.benchmarks.peers;

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
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.tensor.Shape;

/// ONNX Runtime with all graph optimizations, and suppression by its own operator. Photos are resized by this library's
/// preprocessing, and put into the order of its images.
final class OnnxRuntimeDetectorEngine implements Engine {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Image photo;
    private final Preprocessor preprocessor;
    private final Shape shape;
    private final float[] rows;
    private final float[] planes;
    private final FloatBuffer input;
    private final Map<String, OnnxTensor> inputs;
    private float[] scores = new float[0];

    OnnxRuntimeDetectorEngine(Path model, Preprocessing preprocessing, Workload workload) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(workload.threads());
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            this.session = environment.createSession(model.toString(), options);
        }
        var info = session.getInputInfo().values().iterator().next();
        var dims = ((TensorInfo) info.getInfo()).getShape();
        this.shape = new Shape((int) dims[2], (int) dims[3], (int) dims[1]);
        this.photo = DetectionWorkload.image(workload);
        this.preprocessor = new Preprocessor(preprocessing, shape);
        this.rows = new float[shape.elements()];
        this.planes = new float[shape.elements()];
        this.input = ByteBuffer.allocateDirect(shape.elements() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.inputs = Map.of(info.getName(), OnnxTensor.createTensor(environment, input, dims));
    }

    @Override
    public void run() throws OrtException {
        preprocessor.apply(photo, rows, 0);
        int pixels = shape.pixels();
        for (int pixel = 0, at = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < shape.channels(); channel++) {
                planes[channel * pixels + pixel] = rows[at++];
            }
        }
        input.put(0, planes);
        try (var result = session.run(inputs)) {
            result.get(0).getValue();
            scores = (float[]) result.get(1).getValue();
            result.get(2).getValue();
        }
    }

    @Override
    public float[] output() {
        return DetectionWorkload.scores(scores, scores.length);
    }

    @Override
    public String version() {
        return environment.getVersion();
    }
}
