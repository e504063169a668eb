package org.mobilenet4j.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.mobilenet4j.tensor.Shape;

/// TensorFlow Lite with all operators on XNNPACK, which packs the weights once; for a quantized network, with those
/// operators that XNNPACK supports, as by default, and with quantized inputs and outputs.
final class TfliteEngine implements Engine {
    // Whatever the interpreter refers to must live as long as it does.
    private final FlatBufferModel model;
    private final BuiltinOpResolver operators = new BuiltinOpResolverWithXNNPACK();
    private final Interpreter interpreter = new Interpreter((Pointer) null);
    private final int batch;
    private final boolean isQuantized;

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
        this.isQuantized = interpreter.input_tensor(0).type() != tensorflowlite.kTfLiteFloat32;
        if (isQuantized) {
            store(workload.channelsLast(image));
            return;
        }
        if (steps() != 1) {
            throw new IllegalStateException("TFLite does not run the whole network on XNNPACK");
        }
        interpreter.typed_input_tensor_float(0).put(workload.channelsLast(image));
    }

    /// The number of operators it runs: adjacent ones taken over by XNNPACK count as one.
    private long steps() {
        return interpreter.execution_plan().limit();
    }

    private void store(float[] images) {
        var tensor = interpreter.input_tensor(0);
        int least = least(tensor);
        var stored = bytes(tensor);
        for (float value : images) {
            long number = Math.round((double) value / tensor.params().scale())
                    + tensor.params().zero_point();
            stored.put((byte) Math.clamp(number, least, least + 255));
        }
    }

    private float[] load() {
        var tensor = interpreter.output_tensor(0);
        var stored = bytes(tensor);
        var values = new float[stored.capacity()];
        for (int i = 0; i < values.length; i++) {
            int number = least(tensor) == 0 ? Byte.toUnsignedInt(stored.get(i)) : stored.get(i);
            values[i] = tensor.params().scale() * (number - tensor.params().zero_point());
        }
        return values;
    }

    private static int least(TfLiteTensor tensor) {
        return tensor.type() == tensorflowlite.kTfLiteUInt8 ? 0 : Byte.MIN_VALUE;
    }

    private static ByteBuffer bytes(TfLiteTensor tensor) {
        return tensor.data().data().capacity(tensor.bytes()).asByteBuffer();
    }

    @Override
    public void run() {
        check("run", interpreter.Invoke());
    }

    @Override
    public float[] output() {
        if (isQuantized) {
            return load();
        }
        var values =
                new float[batch * interpreter.output_tensor(0).dims().data().get(1)];
        interpreter.typed_output_tensor_float(0).get(values);
        return values;
    }

    @Override
    public String version() {
        var version = tensorflowlite.TfLiteVersion().getString();
        return isQuantized ? version + ", " + steps() + " steps" : version;
    }

    private static void check(String what, int status) {
        if (status != tensorflowlite.kTfLiteOk) {
            throw new IllegalStateException("TFLite could not " + what);
        }
    }
}
