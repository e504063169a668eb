package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.tensor.Shape;

/// The mean of the quantized values under a window, rounded as in TFLite's AVERAGE_POOL_2D: half up for unsigned
/// types, half away from zero for signed ones. The mean includes the zero point, so the quantized values themselves
/// are rounded.
///
/// @param geometry the planes and the window; positions outside the feature map are skipped
/// @param from quantization of the input
/// @param to quantization of the output, narrowed to the range of its activation
public record QuantizedAveragePool(ConvShape geometry, QuantizedRange from, QuantizedRange to) implements PlainKernel {
    @Override
    public List<Plane> inputs() {
        return List.of(geometry.in());
    }

    @Override
    public Plane out() {
        return geometry.out();
    }

    /// One unit is one channel.
    @Override
    public int units() {
        return geometry.out().shape().channels();
    }

    @Override
    public int grain() {
        return Tuning.LINE;
    }

    @Override
    public void run(float[] memory, int fromChannel, int toChannel) {
        var window = geometry.window();
        Shape input = geometry.in().shape();
        Shape output = geometry.out().shape();
        for (int y = 0; y < output.height(); y++) {
            int top = y * window.strideRows() - window.top(input);
            int firstRow = Math.max(top, 0);
            int lastRow = Math.min(top + window.height(), input.height());
            for (int x = 0; x < output.width(); x++) {
                int left = x * window.strideColumns() - window.left(input);
                int first = Math.max(left, 0);
                int last = Math.min(left + window.width(), input.width());
                int count = (lastRow - firstRow) * (last - first);
                for (int c = fromChannel; c < toChannel; c++) {
                    int sum = count * from.zeroPoint();
                    for (int row = firstRow; row < lastRow; row++) {
                        for (int column = first; column < last; column++) {
                            sum += (int) memory[geometry.in().at(row, column) + c];
                        }
                    }
                    int half = sum > 0 ? count / 2 : -(count / 2);
                    int mean = from.isSigned() ? (sum + half) / count : (sum + count / 2) / count;
                    memory[geometry.out().at(y, x) + c] = to.clamp(mean);
                }
            }
        }
    }
}
