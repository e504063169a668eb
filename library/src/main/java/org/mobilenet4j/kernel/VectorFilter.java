package org.mobilenet4j.kernel;

import jdk.incubator.vector.FloatVector;

/// The formulas of [FilterKernel], a row and a vector of channels at a time. Three by three taps at once, with the
/// weights or the sums in registers, is what nearly all filters are; others go tap by tap.
final class VectorFilter {
    private static final int TRIPLE = 3;

    private VectorFilter() {}

    static void row(
            FilterKernel shape,
            float[] in,
            int inAt,
            float[] weights,
            float[] out,
            int outAt,
            int outStride,
            int columns) {
        for (int c = 0; c < shape.channels(); c += Lanes.COUNT) {
            if (shape.height() == TRIPLE && shape.width() == TRIPLE) {
                nine(shape, in, inAt + c, weights, c, out, outAt + c, outStride, columns);
                continue;
            }
            for (int x = 0; x < columns; x++) {
                FloatVector.zero(Lanes.SPECIES).intoArray(out, outAt + x * outStride + c);
            }
            for (int i = 0; i < shape.height(); i++) {
                for (int j = 0; j < shape.width(); j++) {
                    int tap = inAt + i * shape.rowTap() + j * shape.columnTap() + c;
                    int weight = (i * shape.width() + j) * shape.channels() + c;
                    one(shape, in, tap, weights, weight, out, outAt + c, outStride, columns);
                }
            }
        }
    }

    private static void one(
            FilterKernel shape,
            float[] in,
            int inAt,
            float[] weights,
            int at,
            float[] out,
            int outAt,
            int outStride,
            int columns) {
        var weight = FloatVector.fromArray(Lanes.SPECIES, weights, at);
        for (int x = 0; x < columns; x++) {
            int target = outAt + x * outStride;
            FloatVector.fromArray(Lanes.SPECIES, in, inAt + x * shape.pixelStep())
                    .fma(weight, FloatVector.fromArray(Lanes.SPECIES, out, target))
                    .intoArray(out, target);
        }
    }

    private static void nine(
            FilterKernel shape,
            float[] in,
            int inAt,
            float[] weights,
            int at,
            float[] out,
            int outAt,
            int outStride,
            int columns) {
        int step = shape.pixelStep();
        int tap = shape.columnTap();
        int row = shape.rowTap();
        int channels = shape.channels();
        var w0 = FloatVector.fromArray(Lanes.SPECIES, weights, at);
        var w1 = FloatVector.fromArray(Lanes.SPECIES, weights, at + channels);
        var w2 = FloatVector.fromArray(Lanes.SPECIES, weights, at + 2 * channels);
        var w3 = FloatVector.fromArray(Lanes.SPECIES, weights, at + 3 * channels);
        var w4 = FloatVector.fromArray(Lanes.SPECIES, weights, at + 4 * channels);
        var w5 = FloatVector.fromArray(Lanes.SPECIES, weights, at + 5 * channels);
        var w6 = FloatVector.fromArray(Lanes.SPECIES, weights, at + 6 * channels);
        var w7 = FloatVector.fromArray(Lanes.SPECIES, weights, at + 7 * channels);
        var w8 = FloatVector.fromArray(Lanes.SPECIES, weights, at + 8 * channels);
        for (int x = 0; x < columns; x++) {
            int p = inAt + x * step;
            int q = p + row;
            int r = q + row;
            var top = FloatVector.fromArray(Lanes.SPECIES, in, p).mul(w0);
            var middle = FloatVector.fromArray(Lanes.SPECIES, in, q).mul(w3);
            var bottom = FloatVector.fromArray(Lanes.SPECIES, in, r).mul(w6);
            top = FloatVector.fromArray(Lanes.SPECIES, in, p + tap).fma(w1, top);
            middle = FloatVector.fromArray(Lanes.SPECIES, in, q + tap).fma(w4, middle);
            bottom = FloatVector.fromArray(Lanes.SPECIES, in, r + tap).fma(w7, bottom);
            top = FloatVector.fromArray(Lanes.SPECIES, in, p + 2 * tap).fma(w2, top);
            middle = FloatVector.fromArray(Lanes.SPECIES, in, q + 2 * tap).fma(w5, middle);
            bottom = FloatVector.fromArray(Lanes.SPECIES, in, r + 2 * tap).fma(w8, bottom);
            top.add(middle).add(bottom).intoArray(out, outAt + x * outStride);
        }
    }

    static void addRow(
            FilterKernel shape,
            float[] in,
            int inAt,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            int columns,
            float[] sums) {
        for (int c = 0; c < shape.channels(); c += Lanes.COUNT) {
            if (shape.height() == TRIPLE && shape.width() == TRIPLE) {
                addNine(shape, in, inAt + c, gradient, gradientAt + c, gradientStep, columns, sums, c);
                continue;
            }
            for (int i = 0; i < shape.height(); i++) {
                int at = i * shape.width() * shape.channels() + c;
                int place = inAt + i * shape.rowTap() + c;
                for (int j = 0; j < shape.width(); j++) {
                    addOne(
                            shape,
                            in,
                            place + j * shape.columnTap(),
                            gradient,
                            gradientAt + c,
                            gradientStep,
                            columns,
                            sums,
                            at + j * shape.channels());
                }
            }
        }
    }

    private static void addOne(
            FilterKernel shape,
            float[] in,
            int inAt,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            int columns,
            float[] sums,
            int at) {
        var sum = FloatVector.fromArray(Lanes.SPECIES, sums, at);
        for (int x = 0; x < columns; x++) {
            sum = FloatVector.fromArray(Lanes.SPECIES, in, inAt + x * shape.pixelStep())
                    .fma(FloatVector.fromArray(Lanes.SPECIES, gradient, gradientAt + x * gradientStep), sum);
        }
        sum.intoArray(sums, at);
    }

    /// Nine sums hide each other's latency.
    private static void addNine(
            FilterKernel shape,
            float[] in,
            int inAt,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            int columns,
            float[] sums,
            int at) {
        int step = shape.pixelStep();
        int tap = shape.columnTap();
        int row = shape.rowTap();
        int channels = shape.channels();
        var s0 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 0 * channels);
        var s1 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 1 * channels);
        var s2 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 2 * channels);
        var s3 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 3 * channels);
        var s4 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 4 * channels);
        var s5 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 5 * channels);
        var s6 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 6 * channels);
        var s7 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 7 * channels);
        var s8 = FloatVector.fromArray(Lanes.SPECIES, sums, at + 8 * channels);
        for (int x = 0; x < columns; x++) {
            int p = inAt + x * step;
            int q = p + row;
            int r = q + row;
            var g = FloatVector.fromArray(Lanes.SPECIES, gradient, gradientAt + x * gradientStep);
            s0 = FloatVector.fromArray(Lanes.SPECIES, in, p + 0 * tap).fma(g, s0);
            s1 = FloatVector.fromArray(Lanes.SPECIES, in, p + 1 * tap).fma(g, s1);
            s2 = FloatVector.fromArray(Lanes.SPECIES, in, p + 2 * tap).fma(g, s2);
            s3 = FloatVector.fromArray(Lanes.SPECIES, in, q + 0 * tap).fma(g, s3);
            s4 = FloatVector.fromArray(Lanes.SPECIES, in, q + 1 * tap).fma(g, s4);
            s5 = FloatVector.fromArray(Lanes.SPECIES, in, q + 2 * tap).fma(g, s5);
            s6 = FloatVector.fromArray(Lanes.SPECIES, in, r + 0 * tap).fma(g, s6);
            s7 = FloatVector.fromArray(Lanes.SPECIES, in, r + 1 * tap).fma(g, s7);
            s8 = FloatVector.fromArray(Lanes.SPECIES, in, r + 2 * tap).fma(g, s8);
        }
        s0.intoArray(sums, at + 0 * channels);
        s1.intoArray(sums, at + 1 * channels);
        s2.intoArray(sums, at + 2 * channels);
        s3.intoArray(sums, at + 3 * channels);
        s4.intoArray(sums, at + 4 * channels);
        s5.intoArray(sums, at + 5 * channels);
        s6.intoArray(sums, at + 6 * channels);
        s7.intoArray(sums, at + 7 * channels);
        s8.intoArray(sums, at + 8 * channels);
    }
}
