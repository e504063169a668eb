package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.arch.BilinearResize.Coordinates;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Interpolation;
import org.mobilenet4j.kernel.layout.Plane;

/// Resizes a float feature map by bilinear interpolation, see [org.mobilenet4j.arch.BilinearResize].
///
/// @param in the input
/// @param out the output, with as many channels, in other memory
/// @param rows interpolation along rows
/// @param columns interpolation along columns
public record Bilinear(Plane in, Plane out, Interpolation rows, Interpolation columns) implements PlainKernel {
    public Bilinear {
        var shape = out.shape();
        if (in.shape().channels() != shape.channels()
                || rows.size() != shape.height()
                || columns.size() != shape.width()) {
            throw new IllegalArgumentException("cannot resize " + in.shape() + " to " + shape);
        }
    }

    /// A kernel for one place in a network.
    public static Bilinear of(Plane in, Plane out, Coordinates coordinates) {
        return new Bilinear(
                in,
                out,
                new Interpolation(in.shape().height(), out.shape().height(), coordinates),
                new Interpolation(in.shape().width(), out.shape().width(), coordinates));
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            float down = rows.fraction(y);
            for (int x = 0; x < out.shape().width(); x++) {
                float right = columns.fraction(x);
                int topLeft = in.at(rows.lower(y), columns.lower(x));
                int topRight = in.at(rows.lower(y), columns.upper(x));
                int bottomLeft = in.at(rows.upper(y), columns.lower(x));
                int bottomRight = in.at(rows.upper(y), columns.upper(x));
                int target = out.at(y, x);
                for (int c = 0; c < out.shape().channels(); c++) {
                    memory[target + c] = memory[topLeft + c] * ((1 - down) * (1 - right))
                            + memory[topRight + c] * ((1 - down) * right)
                            + memory[bottomLeft + c] * (down * (1 - right))
                            + memory[bottomRight + c] * (down * right);
                }
            }
        }
    }
}
