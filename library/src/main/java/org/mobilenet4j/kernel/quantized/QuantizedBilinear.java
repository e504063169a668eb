package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.arch.BilinearResize.Coordinates;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Interpolation;
import org.mobilenet4j.kernel.layout.Plane;

/// Bilinear resizing of quantized feature maps as in TFLite: UINT8 in float arithmetic, rounded half up; INT8 with
/// 10-bit weights, rounded half away from zero.
public final class QuantizedBilinear implements PlainKernel {
    private static final int BITS = 10;
    private static final int ONE = 1 << BITS;

    private final Plane in;
    private final Plane out;
    private final Interpolation rows;
    private final Interpolation columns;
    private final int[] fixedRows;
    private final int[] fixedColumns;
    private final QuantizedRange stored;

    /// @param in the input
    /// @param out the output, with as many channels, in other memory
    /// @param stored quantization of both
    public QuantizedBilinear(Plane in, Plane out, Coordinates coordinates, QuantizedRange stored) {
        if (in.shape().channels() != out.shape().channels()) {
            throw new IllegalArgumentException("cannot resize " + in.shape() + " to " + out.shape());
        }
        this.in = in;
        this.out = out;
        this.stored = stored;
        int height = in.shape().height();
        int width = in.shape().width();
        this.rows = new Interpolation(height, out.shape().height(), coordinates);
        this.columns = new Interpolation(width, out.shape().width(), coordinates);
        this.fixedRows = fixed(height, out.shape().height(), coordinates);
        this.fixedColumns = fixed(width, out.shape().width(), coordinates);
    }

    /// For each output pixel its position in the input, in units of 1/1024 pixel.
    private static int[] fixed(int in, int out, Coordinates coordinates) {
        boolean aligns = coordinates == Coordinates.ALIGN_CORNERS && out > 1;
        int scale = aligns ? (ONE * (in - 1) + (out - 1) / 2) / (out - 1) : (ONE * in + out / 2) / out;
        var places = new int[out];
        for (int i = 0; i < out; i++) {
            places[i] = i * scale + (coordinates == Coordinates.HALF_PIXEL ? scale / 2 - ONE / 2 : 0);
        }
        return places;
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public Plane out() {
        return out;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                if (stored.isSigned()) {
                    fixedPixel(memory, y, x);
                } else {
                    floatPixel(memory, y, x);
                }
            }
        }
    }

    private void floatPixel(float[] memory, int y, int x) {
        float down = rows.fraction(y);
        float right = columns.fraction(x);
        int topLeft = in.at(rows.lower(y), columns.lower(x));
        int topRight = in.at(rows.lower(y), columns.upper(x));
        int bottomLeft = in.at(rows.upper(y), columns.lower(x));
        int bottomRight = in.at(rows.upper(y), columns.upper(x));
        int target = out.at(y, x);
        int zero = stored.zeroPoint();
        for (int c = 0; c < out.shape().channels(); c++) {
            float sum = (memory[topLeft + c] + zero) * ((1 - down) * (1 - right))
                    + (memory[topRight + c] + zero) * ((1 - down) * right)
                    + (memory[bottomLeft + c] + zero) * (down * (1 - right))
                    + (memory[bottomRight + c] + zero) * (down * right);
            memory[target + c] = stored.clamp((int) (sum + 0.5f));
        }
    }

    private void fixedPixel(float[] memory, int y, int x) {
        int top = lower(fixedRows[y], in.shape().height());
        int bottom = upper(fixedRows[y], in.shape().height());
        int left = lower(fixedColumns[x], in.shape().width());
        int right = upper(fixedColumns[x], in.shape().width());
        int down = fixedRows[y] - ONE * top;
        int across = fixedColumns[x] - ONE * left;
        int topLeft = in.at(top, left);
        int topRight = in.at(top, right);
        int bottomLeft = in.at(bottom, left);
        int bottomRight = in.at(bottom, right);
        int target = out.at(y, x);
        for (int c = 0; c < out.shape().channels(); c++) {
            long sum = weighed(memory[topLeft + c], ONE - down, ONE - across)
                    + weighed(memory[topRight + c], ONE - down, across)
                    + weighed(memory[bottomLeft + c], down, ONE - across)
                    + weighed(memory[bottomRight + c], down, across);
            long half = 1L << (2 * BITS - 1);
            memory[target + c] = stored.clamp((int) ((sum + (sum > 0 ? half : -half)) / (1L << (2 * BITS))));
        }
    }

    /// The quantized value of a value in memory, times both weights.
    private long weighed(float distance, int vertical, int horizontal) {
        return (long) ((int) distance + stored.zeroPoint()) * vertical * horizontal;
    }

    private static int lower(int place, int size) {
        return Math.clamp(place / ONE, 0, size - 1);
    }

    private static int upper(int place, int size) {
        return Math.clamp((place + ONE - 1) / ONE, 0, size - 1);
    }
}
