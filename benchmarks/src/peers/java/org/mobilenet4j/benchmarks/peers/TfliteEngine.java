package org.mobilenet4j.benchmarks.peers;

import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.mobilenet4j.tensor.Shape;

/// TensorFlow Lite with all its operators on XNNPACK, which packs the weights once.
final class TfliteEngine implements Engine {
    // Whatever the interpreter refers to must live as long as it does.
    private final FlatBufferModel model;
    private final BuiltinOpResolver operators = new BuiltinOpResolverWithXNNPACK();
    private final Interpreter interpreter = new Interpreter((Pointer) null);
    private final int batch;

    TfliteEngine(Path file, Workload workload) {
        this.batch = workload.batch();
        this.model = FlatBufferModel.BuildFromFile(file.toString());
        var builder = new InterpreterBuilder(model, operators);
        check("set its threads", builder.SetNumThreads(workload.threads()));
        check("build its interpreter", builder.apply(interpreter));
        int input = interpreter.inputs().get(0);
        var dims = interpreter.tensor(input).dims().data();
        var image = new Shape(dims.get(1), dims.get(2), dims.get(3));
        check("take this batch", interpreter.ResizeInputTensor(input, new int[] {
            batch, image.height(), image.width(), image.channels()
        }));
        check("allocate its tensors", interpreter.AllocateTensors());
        if (interpreter.execution_plan().limit() != 1) {
            throw new IllegalStateException("TFLite does not run the whole network on XNNPACK");
        }
        interpreter.typed_input_tensor_float(0).put(workload.channelsLast(image));
    }

    @Override
    public void run() {
        check("run", interpreter.Invoke());
    }

    @Override
    public float[] output() {
        var values =
                new float[batch * interpreter.output_tensor(0).dims().data().get(1)];
        interpreter.typed_output_tensor_float(0).get(values);
        return values;
    }

    @Override
    public String version() {
        return tensorflowlite.TfLiteVersion().getString();
    }

    private static void check(String what, int status) {
        if (status != tensorflowlite.kTfLiteOk) {
            throw new IllegalStateException("TFLite could not " + what);
        }
    }
}
