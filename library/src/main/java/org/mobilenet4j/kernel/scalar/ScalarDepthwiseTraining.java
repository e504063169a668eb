package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.training.DepthwiseTrainingKernel;

/// The formulas of [DepthwiseTrainingKernel], a row at a time and value by value.
record ScalarDepthwiseTraining(TapLayout taps) implements DepthwiseTrainingKernel {
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
        for (int x = 0; x < columns; x++) {
            for (int c = 0; c < taps.channels(); c++) {
                float sum = 0;
                for (int i = 0; i < taps.height(); i++) {
                    for (int j = 0; j < taps.width(); j++) {
                        int place = inAt + x * taps.pixelStep() + i * taps.rowTap() + j * taps.columnTap() + c;
                        sum = Math.fma(in[place], weights[(i * taps.width() + j) * taps.channels() + c], sum);
                    }
                }
                out[outAt + x * outStride + c] = sum;
            }
        }
    }

    private void addRow(
            float[] in, int inAt, float[] gradient, int gradientAt, int gradientStep, int columns, float[] sums) {
        for (int i = 0; i < taps.height(); i++) {
            for (int j = 0; j < taps.width(); j++) {
                for (int c = 0; c < taps.channels(); c++) {
                    float sum = 0;
                    for (int x = 0; x < columns; x++) {
                        int place = inAt + x * taps.pixelStep() + i * taps.rowTap() + j * taps.columnTap() + c;
                        sum = Math.fma(in[place], gradient[gradientAt + x * gradientStep + c], sum);
                    }
                    sums[(i * taps.width() + j) * taps.channels() + c] += sum;
                }
            }
        }
    }
}
