package org.mobilenet4j.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.tensor.Shape;

/// TensorFlow Lite with XNNPACK and its own post-processing operator. Photos are resized by this library's
/// preprocessing, as TensorFlow Lite has none for Java.
final class TfliteDetectorEngine implements Engine {
    // Whatever the interpreter refers to must live as long as it does.
    private final FlatBufferModel model;
    private final BuiltinOpResolver operators = new BuiltinOpResolverWithXNNPACK();
    private final Interpreter interpreter = new Interpreter((Pointer) null);
    private final Image photo;
    private final Preprocessor preprocessor;
    private final float[] input;
    private final byte[] stored;
    private final float[] boxes;
    private final float[] classes;
    private final float[] scores;
    private final float[] count = new float[1];

    TfliteDetectorEngine(Path file, Workload workload) {
        this.model = FlatBufferModel.BuildFromFile(file.toString());
        var builder = new InterpreterBuilder(model, operators);
        check("set its threads", builder.SetNumThreads(workload.threads()));
        check("build its interpreter", builder.apply(interpreter));
        check("allocate its tensors", interpreter.AllocateTensors());
        var dims = interpreter.tensor(interpreter.inputs().get(0)).dims().data();
        var shape = new Shape(dims.get(1), dims.get(2), dims.get(3));
        boolean isStored = interpreter.input_tensor(0).type() != tensorflowlite.kTfLiteFloat32;
        this.photo = DetectionWorkload.image(workload);
        this.preprocessor = new Preprocessor(isStored ? DetectionWorkload.BYTES : DetectionWorkload.FLOATS, shape);
        this.input = new float[shape.elements()];
        this.stored = new byte[isStored ? input.length : 0];
        this.boxes = new float[size(0)];
        this.classes = new float[size(1)];
        this.scores = new float[size(2)];
    }

    private int size(int output) {
        return (int) (interpreter.output_tensor(output).bytes() / Float.BYTES);
    }

    @Override
    public void run() {
        preprocessor.apply(photo, input, 0);
        if (stored.length == 0) {
            interpreter.typed_input_tensor_float(0).put(input);
        } else {
            for (int i = 0; i < stored.length; i++) {
                stored[i] = (byte) Math.round(input[i]);
            }
            bytes().put(stored);
        }
        check("run", interpreter.Invoke());
        interpreter.typed_output_tensor_float(0).get(boxes);
        interpreter.typed_output_tensor_float(1).get(classes);
        interpreter.typed_output_tensor_float(2).get(scores);
        interpreter.typed_output_tensor_float(3).get(count);
    }

    private ByteBuffer bytes() {
        var tensor = interpreter.input_tensor(0);
        return tensor.data().data().capacity(tensor.bytes()).asByteBuffer();
    }

    @Override
    public float[] output() {
        return DetectionWorkload.scores(scores, (int) count[0]);
    }

    @Override
    public String version() {
        return tensorflowlite.TfLiteVersion().getString() + ", "
                + interpreter.execution_plan().limit() + " steps";
    }

    private static void check(String what, int status) {
        if (status != tensorflowlite.kTfLiteOk) {
            throw new IllegalStateException("TFLite could not " + what);
        }
    }
}
