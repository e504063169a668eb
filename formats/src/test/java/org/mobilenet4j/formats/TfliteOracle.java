package org.mobilenet4j.formats;

import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/// TensorFlow Lite itself, on one thread: what our results are compared with.
final class TfliteOracle {
    // Whatever the interpreter refers to must live as long as it does.
    private final FlatBufferModel model;
    private final BuiltinOpResolver operators;
    private final Interpreter interpreter = new Interpreter((Pointer) null);

    /// @param usesXnnpack whether XNNPACK computes what it can, as by default, or TFLite's own kernels everything
    TfliteOracle(Path file, boolean usesXnnpack) {
        this.operators =
                usesXnnpack ? new BuiltinOpResolverWithXNNPACK() : new BuiltinOpResolverWithoutDefaultDelegates();
        this.model = FlatBufferModel.BuildFromFile(file.toString());
        var builder = new InterpreterBuilder(model, operators);
        check("set its threads", builder.SetNumThreads(1));
        check("build its interpreter", builder.apply(interpreter));
        check("allocate its tensors", interpreter.AllocateTensors());
    }

    /// The output for an input of 8-bit whole numbers.
    byte[] run(byte[] input) {
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

    private static void check(String what, int status) {
        if (status != tensorflowlite.kTfLiteOk) {
            throw new IllegalStateException("TFLite could not " + what);
        }
    }
}
