package org.mobilenet4j.formats;

import static org.mobilenet4j.formats.TfliteBuilder.counting;

import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Padding;

/// A small classifier with most of the operators that are read: 8x8x3 in, four classes out.
public final class SmallModel {
    private SmallModel() {}

    public static byte[] bytes() {
        return bytes(new byte[0]);
    }

    public static byte[] bytes(byte[] metadata) {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 8, 8, 3);
        int stem = b.conv(
                input,
                b.floats("stem/kernel", counting(4 * 9 * 3), 4, 3, 3, 3),
                b.floats("stem/bias", counting(4), 4),
                b.map("stem", 1, 4, 4, 4),
                Padding.SAME,
                2,
                2,
                ActivationFunctionType.RELU6);
        int kernel = b.plain(
                BuiltinOperator.DEQUANTIZE,
                b.map("dw/kernel", 1, 3, 3, 4),
                b.halves("dw/half", counting(9 * 4), 1, 3, 3, 4));
        int depthwise = b.depthwise(
                stem,
                kernel,
                b.floats("dw/bias", counting(4), 4),
                b.map("dw", 1, 4, 4, 4),
                Padding.SAME,
                1,
                ActivationFunctionType.RELU);
        int residual = b.add(stem, depthwise, b.map("add", 1, 4, 4, 4), ActivationFunctionType.NONE);
        int pooled = b.pool(BuiltinOperator.MAX_POOL_2D, residual, b.map("max", 1, 4, 4, 4), Padding.SAME, 1, 3, 3);
        int joined = b.concatenate(3, b.map("concat", 1, 4, 4, 8), residual, pooled);
        int mean = b.plain(BuiltinOperator.MEAN, b.map("mean", 1, 8), joined, b.ints("axes", new int[] {1, 2}, 2));
        int logits = b.dense(
                mean,
                b.floats("fc/kernel", counting(32), 4, 8),
                b.floats("fc/bias", counting(4), 4),
                b.map("logits", 1, 4),
                ActivationFunctionType.NONE);
        return b.withMetadata(metadata).build(input, b.softmax(logits, b.map("softmax", 1, 4), 1));
    }
}
