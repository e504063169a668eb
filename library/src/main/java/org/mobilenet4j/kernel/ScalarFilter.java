package org.mobilenet4j.kernel;

/// The formulas of [FilterKernel], a row at a time and value by value.
final class ScalarFilter {
    private ScalarFilter() {}

    static void row(
            FilterKernel shape,
            float[] in,
            int inAt,
            float[] weights,
            float[] out,
            int outAt,
            int outStride,
            int columns) {
        for (int x = 0; x < columns; x++) {
            for (int c = 0; c < shape.channels(); c++) {
                float sum = 0;
                for (int i = 0; i < shape.height(); i++) {
                    for (int j = 0; j < shape.width(); j++) {
                        int place = inAt + x * shape.pixelStep() + i * shape.rowTap() + j * shape.columnTap() + c;
                        sum = Math.fma(in[place], weights[(i * shape.width() + j) * shape.channels() + c], sum);
                    }
                }
                out[outAt + x * outStride + c] = sum;
            }
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
        for (int i = 0; i < shape.height(); i++) {
            for (int j = 0; j < shape.width(); j++) {
                for (int c = 0; c < shape.channels(); c++) {
                    float sum = 0;
                    for (int x = 0; x < columns; x++) {
                        int place = inAt + x * shape.pixelStep() + i * shape.rowTap() + j * shape.columnTap() + c;
                        sum = Math.fma(in[place], gradient[gradientAt + x * gradientStep + c], sum);
                    }
                    sums[(i * shape.width() + j) * shape.channels() + c] += sum;
                }
            }
        }
    }
}
