package org.mobilenet4j.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.junit.jupiter.api.Assumptions;

/// TensorFlow Lite itself, on one thread: what our results are compared with. Where it has no native code for the
/// platform, the test is skipped.
public final class TfliteOracle {
    // Whatever the interpreter refers to must live as long as it does.
    private final FlatBufferModel model;
    private final BuiltinOpResolver operators;
    private final Interpreter interpreter;

    /// @param usesXnnpack whether XNNPACK computes what it can, as by default, or TFLite's own kernels everything
    public TfliteOracle(Path file, boolean usesXnnpack) {
        assumeAvailable();
        this.operators =
                usesXnnpack ? new BuiltinOpResolverWithXNNPACK() : new BuiltinOpResolverWithoutDefaultDelegates();
        // Looks whether all its tables and vectors lie inside of the file first.
        this.model = FlatBufferModel.VerifyAndBuildFromFile(file.toString());
        if (model == null || model.isNull()) {
            throw new IllegalStateException("TFLite could not make sense of the file");
        }
        this.interpreter = new Interpreter((Pointer) null);
        var builder = new InterpreterBuilder(model, operators);
        check("set its threads", builder.SetNumThreads(1));
        check("build its interpreter", builder.apply(interpreter));
        check("allocate its tensors", interpreter.AllocateTensors());
    }

    /// How many operators it runs: what XNNPACK took over counts as one.
    public long steps() {
        return interpreter.execution_plan().limit();
    }

    /// The output for an input of 8-bit integers.
    public byte[] run(byte[] input) {
        interpreter
                .input_tensor(0)
                .data()
                .data()
                .capacity(input.length)
                .asByteBuffer()
                .put(input);
        check("run", interpreter.Invoke());
        var tensor = interpreter.output_tensor(0);
        var output = new byte[(int) tensor.bytes()];
        tensor.data().data().capacity(output.length).asByteBuffer().get(output);
        return output;
    }

    /// The output for an input of floats.
    public float[] run(float[] input) {
        interpreter.typed_input_tensor_float(0).put(input);
        check("run", interpreter.Invoke());
        var output = new float[(int) (interpreter.output_tensor(0).bytes() / Float.BYTES)];
        interpreter.typed_output_tensor_float(0).get(output);
        return output;
    }

    /// All outputs, which are floats, for an input of 8-bit integers.
    public List<float[]> runToFloats(byte[] input) {
        run(input);
        return outputs();
    }

    /// The same for an input of floats.
    public List<float[]> runToFloats(float[] input) {
        run(input);
        return outputs();
    }

    private List<float[]> outputs() {
        var outputs = new ArrayList<float[]>();
        for (int i = 0; i < interpreter.outputs().limit(); i++) {
            var output = new float[(int) (interpreter.output_tensor(i).bytes() / Float.BYTES)];
            interpreter.typed_output_tensor_float(i).get(output);
            outputs.add(output);
        }
        return outputs;
    }

    private static void assumeAvailable() {
        try {
            Loader.load(tensorflowlite.class);
        } catch (UnsatisfiedLinkError e) {
            Assumptions.abort("needs TensorFlow Lite, which is not there for " + Loader.getPlatform());
        }
    }

    private static void check(String what, int status) {
        if (status != tensorflowlite.kTfLiteOk) {
            throw new IllegalStateException("TFLite could not " + what);
        }
    }
}
