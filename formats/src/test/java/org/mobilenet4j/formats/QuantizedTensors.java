package org.mobilenet4j.formats;

import java.util.Arrays;
import java.util.Random;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.TensorType;

/// The tensors of a quantized network at random, in scales that make use of the whole range.
public abstract class QuantizedTensors {
    /// How integers are scaled.
    public enum Scheme {
        /// The older way: everything is UINT8 with one scale and zero point.
        UINT8,
        /// INT8 with one scale for each tensor.
        INT8,
        /// INT8 with a scale for each output channel of a kernel.
        INT8_PER_CHANNEL
    }

    final Random random;
    final Scheme scheme;
    final TfliteBuilder builder = new TfliteBuilder();
    int inputElements;
    /// Of the kernel that was made last.
    float[] kernelScales = {};

    // The map that the next operator reads.
    int map;
    Shape shape;
    float scale;
    int zeroPoint;

    QuantizedTensors(Scheme scheme, long seed) {
        this.scheme = scheme;
        this.random = new Random(seed);
        this.shape = new Shape(random.nextInt(1, 14), random.nextInt(1, 14), random.nextInt(1, 20));
        this.scale = random.nextFloat(0.005f, 0.05f);
        this.zeroPoint = zeroPoint();
    }

    final int zeroPoint() {
        return scheme == Scheme.UINT8 ? random.nextInt(256) : random.nextInt(-128, 128);
    }

    final int kernel(int outputs, int depth, int axis, int... dims) {
        int size = outputs * depth;
        var values = new byte[size];
        random.nextBytes(values);
        long[] zeros = {0};
        kernelScales = new float[] {random.nextFloat(0.001f, 0.02f)};
        if (scheme == Scheme.UINT8) {
            zeros[0] = random.nextInt(100, 156);
        } else {
            for (int i = 0; i < size; i++) {
                values[i] = (byte) Math.max(values[i], -127);
            }
        }
        if (scheme == Scheme.INT8_PER_CHANNEL && dims.length == 4) {
            kernelScales = new float[outputs];
            zeros = new long[outputs];
            for (int o = 0; o < outputs; o++) {
                kernelScales[o] = random.nextFloat(0.005f, 0.02f);
            }
        }
        int type = scheme == Scheme.UINT8 ? TensorType.UINT8 : TensorType.INT8;
        return builder.quantize(builder.tensor("kernel", type, values, dims), kernelScales, zeros, axis);
    }

    final int bias(int outputs, int depth) {
        var values = new int[outputs];
        int most = (int) (4000 * Math.sqrt(depth));
        Arrays.setAll(values, i -> random.nextInt(-most, most + 1));
        var scales = new float[kernelScales.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scale * kernelScales[i];
        }
        return builder.quantize(builder.ints("bias", values, outputs), scales, new long[scales.length], 0);
    }

    /// The output of a linear layer, in a scale that its sums fill.
    final void next(Shape newShape, int depth, int activation) {
        shape = newShape;
        scaleFor(depth);
        if (activation != ActivationFunctionType.NONE && random.nextBoolean()) {
            zeroPoint = scheme == Scheme.UINT8 ? 0 : -128;
        }
        map = mapOf(shape);
    }

    final void scaleFor(int depth) {
        float mean = 0;
        for (float kernelScale : kernelScales) {
            mean += kernelScale / kernelScales.length;
        }
        scale = (float) (scale * mean * 70 * 70 * Math.sqrt(depth) / 40) * random.nextFloat(0.5f, 2f);
        zeroPoint = zeroPoint();
    }

    final int mapOf(Shape of) {
        inputElements = inputElements == 0 ? of.elements() : inputElements;
        return map(1, of.height(), of.width(), of.channels());
    }

    final int vector(int channels) {
        return map(1, channels);
    }

    private int map(int... dims) {
        int type = scheme == Scheme.UINT8 ? TensorType.UINT8 : TensorType.INT8;
        return builder.quantize(
                builder.tensor("map", type, new byte[0], dims), new float[] {scale}, new long[] {zeroPoint}, 0);
    }
}
