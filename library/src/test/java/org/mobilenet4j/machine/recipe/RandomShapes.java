package org.mobilenet4j.machine.recipe;

import java.util.List;
import java.util.Random;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.tensor.Shape;

/// Shapes of any kind, small ones more often than large ones.
public final class RandomShapes {
    /// How many to try for each recipe and instruction set, more than 10,000 layers in all; more than usual for a soak.
    public static final int COUNT = Integer.getInteger("mobilenet4j.recipes", 700);

    private final Random random;

    public RandomShapes(Random random) {
        this.random = random;
    }

    /// From 1 to `most`, more often at the lower end.
    public int size(int most) {
        return 1 + random.nextInt(1 + random.nextInt(most));
    }

    public Window window(boolean mayBeDilated) {
        int most = random.nextInt(4) == 0 ? 7 : 3;
        int height = size(most);
        int width = random.nextBoolean() ? height : size(most);
        Padding padding = switch (random.nextInt(4)) {
            case 0 -> Padding.VALID;
            case 1 -> Padding.SYMMETRIC;
            case 2 -> new Padding.Explicit(random.nextInt(height), random.nextInt(height), 0, 1);
            default -> Padding.SAME;
        };
        return new Window(height, width, size(3), size(3), mayBeDilated ? size(3) : 1, padding);
    }

    /// A convolution's planes: odd strides, gaps, and room around the input as far as the window reaches.
    public ConvShape conv(Window window, int height, int width, int inputs, int outputs, int groups) {
        var reach =
                new Shape(Math.max(height, window.effectiveHeight()), Math.max(width, window.effectiveWidth()), inputs);
        int left = window.left(reach);
        int top = window.top(reach);
        int rows = (reach.height() + top + window.bottom(reach) - window.effectiveHeight()) / window.strideRows() + 1;
        int columns =
                (reach.width() + left + window.right(reach) - window.effectiveWidth()) / window.strideColumns() + 1;
        int pixel = inputs + gap();
        int row = pixel * (left + reach.width() + window.right(reach)) + gap();
        var in = new Plane(top * row + left * pixel, reach, row, pixel);
        int outPixel = outputs + gap();
        var out = new Plane(random.nextInt(5), new Shape(rows, columns, outputs), outPixel * columns + gap(), outPixel);
        return new ConvShape(in, out, window, groups, List.of(Clamp.values()).get(random.nextInt(3)));
    }

    private int gap() {
        return random.nextBoolean() ? 0 : random.nextInt(20);
    }
}
