package org.mobilenet4j.formats;

import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;

/// Quantized networks at random, as TFLite files: odd shapes, strides, paddings, depth multipliers, all operators that
/// are read, scales that make use of the whole range.
public final class QuantizedNetworks extends QuantizedTensors {
    /// How many kinds of operators there are to choose from.
    public static final int KINDS = 16;

    private static final int[] ACTIVATIONS = {
        ActivationFunctionType.NONE, ActivationFunctionType.RELU, ActivationFunctionType.RELU6
    };

    private final StringBuilder description = new StringBuilder();
    private final int input;

    private QuantizedNetworks(Scheme scheme, long seed) {
        super(scheme, seed);
        this.input = mapOf(shape);
        this.map = input;
        description.append(scheme).append(' ').append(shape);
    }

    /// A network's file, its input, and what it is.
    public static final class Sample {
        private final byte[] file;
        private final byte[] input;
        private final String description;

        private Sample(byte[] file, byte[] input, String description) {
            this.file = file;
            this.input = input;
            this.description = description;
        }

        public byte[] file() {
            return file;
        }

        public byte[] input() {
            return input;
        }

        public String description() {
            return description;
        }
    }

    /// A network of one to six operators.
    public static Sample of(Scheme scheme, long seed) {
        var network = new QuantizedNetworks(scheme, seed);
        int operators = network.random.nextInt(1, 7);
        for (int i = 0; i < operators; i++) {
            network.add(network.random.nextInt(KINDS));
        }
        network.end();
        if (network.map == network.input) {
            network.relu();
        }
        return network.sample();
    }

    /// A network of the single operator `kind`, from 0 to [#KINDS] - 1.
    public static Sample ofOne(Scheme scheme, int kind, long seed) {
        var network = new QuantizedNetworks(scheme, seed);
        network.add(kind);
        if (network.map == network.input) { // a window that does not fit
            network.relu();
        }
        return network.sample();
    }

    private Sample sample() {
        var bytes = new byte[inputElements];
        random.nextBytes(bytes);
        return new Sample(builder.build(input, map), bytes, description.toString());
    }

    private void add(int kind) {
        switch (kind) {
            case 0, 1, 2 -> conv();
            case 3, 4, 5 -> depthwise();
            case 6 -> pool(BuiltinOperator.AVERAGE_POOL_2D);
            case 7 -> pool(BuiltinOperator.MAX_POOL_2D);
            case 8 -> residual();
            case 9 -> branches();
            case 10 -> pad();
            case 11 -> logistic();
            case 12 -> gate();
            case 13 -> requantize();
            case 14 -> resize();
            default -> relu();
        }
    }

    /// Half of all end as classifiers do.
    private void end() {
        if (random.nextBoolean()) {
            if (random.nextBoolean()) {
                mean();
            }
            dense();
            softmax();
        }
    }

    private Window window(int most) {
        return new Window(
                random.nextInt(1, most + 1),
                random.nextInt(1, most + 1),
                random.nextInt(1, 4),
                random.nextInt(1, 4),
                1,
                random.nextBoolean() ? Padding.SAME : Padding.VALID);
    }

    private static int padding(Window window) {
        return window.padding().equals(Padding.SAME)
                ? org.tensorflow.lite.schema.Padding.SAME
                : org.tensorflow.lite.schema.Padding.VALID;
    }

    private Shape slide(Window window, int channels) {
        boolean same = window.padding().equals(Padding.SAME);
        int rows = same ? shape.height() : shape.height() - window.height() + 1;
        int columns = same ? shape.width() : shape.width() - window.width() + 1;
        return rows < 1 || columns < 1
                ? shape
                : new Shape(
                        Math.ceilDiv(rows, window.strideRows()),
                        Math.ceilDiv(columns, window.strideColumns()),
                        channels);
    }

    private boolean fits(Window window) {
        return window.padding().equals(Padding.SAME)
                || (window.height() <= shape.height() && window.width() <= shape.width());
    }

    private void conv() {
        var window = window(5);
        if (!fits(window)) {
            return;
        }
        int filters = random.nextInt(1, 40);
        int depth = window.taps() * shape.channels();
        int kernel = kernel(filters, depth, 0, filters, window.height(), window.width(), shape.channels());
        int bias = bias(filters, depth);
        int activation = ACTIVATIONS[random.nextInt(3)];
        say("conv " + filters + " " + window + " activation " + activation);
        int from = map;
        next(slide(window, filters), depth, activation);
        builder.conv(from, kernel, bias, map, padding(window), window.strideRows(), window.strideColumns(), activation);
    }

    private void depthwise() {
        var window = window(5);
        if (!fits(window)) {
            return;
        }
        int multiplier = random.nextInt(1, 4);
        int channels = shape.channels() * multiplier;
        int kernel = kernel(channels, window.taps(), 3, 1, window.height(), window.width(), channels);
        int bias = bias(channels, window.taps());
        int activation = ACTIVATIONS[random.nextInt(3)];
        say("depthwise x" + multiplier + " " + window + " activation " + activation);
        int from = map;
        next(slide(window, channels), window.taps(), activation);
        builder.depthwise(
                from,
                kernel,
                bias,
                map,
                padding(window),
                window.strideRows(),
                window.strideColumns(),
                activation,
                multiplier);
    }

    private void dense() {
        int units = random.nextInt(2, 40);
        int inputs = shape.elements();
        // One scale: TFLite reads several for dense layers only in newer versions of the operator.
        int kernel = kernel(units, inputs, 0, units, inputs);
        int bias = bias(units, inputs);
        say("dense " + units);
        int from = map;
        shape = Shape.vector(units);
        scaleFor(inputs);
        map = vector(units);
        builder.dense(from, kernel, bias, map, ActivationFunctionType.NONE);
    }

    private void pool(int code) {
        var window = window(4);
        if (!fits(window)) {
            return;
        }
        say(BuiltinOperator.name(code) + " " + window);
        int from = map;
        shape = slide(window, shape.channels());
        map = mapOf(shape);
        builder.pool(
                code,
                from,
                map,
                padding(window),
                window.strideRows(),
                window.strideColumns(),
                window.height(),
                window.width());
    }

    private void residual() {
        int first = map;
        var firstShape = shape;
        float firstScale = scale;
        int channels = shape.channels();
        int kernel = kernel(channels, 9, 3, 1, 3, 3, channels);
        int bias = bias(channels, 9);
        int from = map;
        next(firstShape, 9, ActivationFunctionType.NONE);
        builder.depthwise(from, kernel, bias, map, org.tensorflow.lite.schema.Padding.SAME, 1, 0, 1);
        int activation = ACTIVATIONS[random.nextInt(3)];
        say("residual, activation " + activation);
        int second = map;
        scale = Math.max(firstScale, scale) * random.nextFloat(0.8f, 1.8f);
        zeroPoint = zeroPoint();
        map = mapOf(shape);
        builder.add(first, second, map, activation);
    }

    private void branches() {
        int first = map;
        float firstScale = scale;
        int firstZero = zeroPoint;
        int channels = shape.channels();
        int kernel = kernel(channels, 9, 3, 1, 3, 3, channels);
        int bias = bias(channels, 9);
        next(shape, 9, ActivationFunctionType.NONE);
        if (scheme != Scheme.UINT8) { // TFLite joins INT8 maps of one scale only
            scale = firstScale;
            zeroPoint = firstZero;
            map = mapOf(shape);
        }
        builder.depthwise(first, kernel, bias, map, org.tensorflow.lite.schema.Padding.SAME, 1, 0, 1);
        say("concatenation");
        int second = map;
        if (scheme == Scheme.UINT8) {
            scale *= random.nextFloat(0.7f, 1.6f);
            zeroPoint = zeroPoint();
        }
        shape = shape.withChannels(2 * channels);
        map = mapOf(shape);
        builder.concatenate(3, map, first, second);
    }

    private void pad() {
        int top = random.nextInt(3);
        int bottom = random.nextInt(3);
        int left = random.nextInt(3);
        int right = random.nextInt(3);
        int pads = builder.ints("pads", new int[] {0, 0, top, bottom, left, right, 0, 0}, 4, 2);
        say("pad " + top + bottom + left + right);
        int from = map;
        shape = new Shape(shape.height() + top + bottom, shape.width() + left + right, shape.channels());
        map = mapOf(shape);
        builder.plain(BuiltinOperator.PAD, map, from, pads);
    }

    private void relu() {
        int code = random.nextBoolean() ? BuiltinOperator.RELU : BuiltinOperator.RELU6;
        say(BuiltinOperator.name(code));
        int from = map;
        scale *= random.nextFloat(0.5f, 1.5f);
        zeroPoint = zeroPoint();
        map = mapOf(shape);
        builder.plain(code, map, from);
    }

    private void logistic() {
        say("logistic");
        int from = map;
        probability();
        map = mapOf(shape);
        builder.plain(BuiltinOperator.LOGISTIC, map, from);
    }

    /// The scale and zero point that TFLite wants of probabilities.
    private void probability() {
        scale = 1 / 256f;
        zeroPoint = scheme == Scheme.UINT8 ? 0 : -128;
    }

    /// The map times itself, or times what a sigmoid makes of it.
    private void gate() {
        int first = map;
        float firstScale = scale;
        if (random.nextBoolean()) {
            logistic();
        }
        int activation = ACTIVATIONS[random.nextInt(3)];
        say("multiply, activation " + activation);
        int second = map;
        scale = firstScale * scale * random.nextFloat(20, 150);
        zeroPoint = zeroPoint();
        map = mapOf(shape);
        builder.multiply(first, second, map, activation);
    }

    private void requantize() {
        say("quantize");
        int from = map;
        scale *= random.nextFloat(0.3f, 3);
        zeroPoint = zeroPoint();
        map = mapOf(shape);
        builder.plain(BuiltinOperator.QUANTIZE, map, from);
    }

    private void resize() {
        int height = random.nextInt(1, 2 * shape.height() + 2);
        int width = random.nextInt(1, 2 * shape.width() + 2);
        int coordinates = random.nextInt(3);
        say("resize " + height + "x" + width + ", coordinates " + coordinates);
        int size = builder.ints("size", new int[] {height, width}, 2);
        int from = map;
        shape = new Shape(height, width, shape.channels());
        map = mapOf(shape);
        builder.resize(from, size, map, coordinates == 1, coordinates == 2);
    }

    void mean() {
        boolean keepsDims = random.nextBoolean();
        int axes = builder.ints("axes", new int[] {1, 2}, 2);
        say("mean, keeps dims: " + keepsDims);
        int from = map;
        scale *= random.nextFloat(0.3f, 1.2f);
        zeroPoint = zeroPoint();
        shape = Shape.vector(shape.channels());
        map = keepsDims ? mapOf(shape) : vector(shape.channels());
        builder.mean(from, axes, map, keepsDims);
    }

    void softmax() {
        say("softmax");
        int from = map;
        probability();
        map = vector(shape.channels());
        builder.softmax(from, map, 1);
    }

    private void say(String operator) {
        description.append(", ").append(operator);
    }
}
