package org.mobilenet4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.training.DepthwiseTrainingKernel;

/// The formulas of [DepthwiseTrainingKernel], one row and one vector of channels at a time. 3x3 filters, by far the
/// most common, are processed with all nine weights or sums in registers; others go tap by tap.
record VectorDepthwiseTraining(TapLayout taps) implements DepthwiseTrainingKernel {
    private static final int TRIPLE = 3;

    @Override
    public void filter(
            float[] in, int inAt, float[] weights, float[] out, int outAt, int outStride, int rows, int columns) {
        for (int y = 0; y < rows; y++) {
            row(in, inAt + y * taps.rowStep(), weights, out, outAt + y * columns * outStride, outStride, columns);
        }
    }

    @Override
    public void addGradient(
            float[] in,
            int inAt,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            int gradientRow,
            int rows,
            int columns,
            float[] sums) {
        for (int y = 0; y < rows; y++) {
            int source = inAt + y * taps.rowStep();
            addRow(in, source, gradient, gradientAt + y * gradientRow, gradientStep, columns, sums);
        }
    }

    private void row(float[] in, int inAt, float[] weights, float[] out, int outAt, int outStride, int columns) {
        for (int c = 0; c < taps.channels(); c += Lanes.COUNT) {
            if (taps.height() == TRIPLE && taps.width() == TRIPLE) {
                nine(in, inAt + c, weights, c, out, outAt + c, outStride, columns);
                continue;
            }
            for (int x = 0; x < columns; x++) {
                FloatVector.zero(Lanes.SPECIES).intoArray(out, outAt + x * outStride + c);
            }
            for (int i = 0; i < taps.height(); i++) {
                for (int j = 0; j < taps.width(); j++) {
                    int tap = inAt + i * taps.rowTap() + j * taps.columnTap() + c;
                    int weight = (i * taps.width() + j) * taps.channels() + c;
                    one(in, tap, weights, weight, out, outAt + c, outStride, columns);
                }
            }
        }
    }

    private void one(
            float[] in, int inAt, float[] weights, int at, float[] out, int outAt, int outStride, int columns) {
        var weight = FloatVector.fromArray(Lanes.SPECIES, weights, at);
        for (int x = 0; x < columns; x++) {
            int target = outAt + x * outStride;
            FloatVector.fromArray(Lanes.SPECIES, in, inAt + x * taps.pixelStep())
                    .fma(weight, FloatVector.fromArray(Lanes.SPECIES, out, target))
                    .intoArray(out, target);
        }
    }

    private void nine(
            float[] in, int inAt, float[] weights, int at, float[] out, int outAt, int outStride, int columns) {
        int step = taps.pixelStep();
        int tap = taps.columnTap();
        int row = taps.rowTap();
        int channels = taps.channels();
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

    private void addRow(
            float[] in, int inAt, float[] gradient, int gradientAt, int gradientStep, int columns, float[] sums) {
        for (int c = 0; c < taps.channels(); c += Lanes.COUNT) {
            if (taps.height() == TRIPLE && taps.width() == TRIPLE) {
                addNine(in, inAt + c, gradient, gradientAt + c, gradientStep, columns, sums, c);
                continue;
            }
            for (int i = 0; i < taps.height(); i++) {
                int at = i * taps.width() * taps.channels() + c;
                int place = inAt + i * taps.rowTap() + c;
                for (int j = 0; j < taps.width(); j++) {
                    addOne(
                            in,
                            place + j * taps.columnTap(),
                            gradient,
                            gradientAt + c,
                            gradientStep,
                            columns,
                            sums,
                            at + j * taps.channels());
                }
            }
        }
    }

    private void addOne(
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
            sum = FloatVector.fromArray(Lanes.SPECIES, in, inAt + x * taps.pixelStep())
                    .fma(FloatVector.fromArray(Lanes.SPECIES, gradient, gradientAt + x * gradientStep), sum);
        }
        sum.intoArray(sums, at);
    }

    /// Nine independent sums hide each other's latency.
    private void addNine(
            float[] in,
            int inAt,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            int columns,
            float[] sums,
            int at) {
        int step = taps.pixelStep();
        int tap = taps.columnTap();
        int row = taps.rowTap();
        int channels = taps.channels();
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
