package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Scratch;
import org.mobilenet4j.kernel.layout.ConvShape;

/// The reference: for each output pixel and each tap, a row of the kernel is multiplied by a pixel and added.
///
/// Fused multiply-adds in the same order as in the vector variant give the same bits. Each pixel is first copied
/// next to the sums, so that the JIT sees three arrays indexed alike and can vectorize.
final class ScalarDepthwise implements DepthwiseKernel, ArrayKernel {
    private final ConvShape shape;
    /// `[tap][channel]`.
    private final float[][] taps;
    private final float[] bias;
    private final int multiplier;
    private final Scratch scratch;

    ScalarDepthwise(ConvShape shape, float[] kernel, float[] bias) {
        this.shape = shape;
        this.bias = bias.clone();
        this.multiplier = shape.out().shape().channels() / shape.in().shape().channels();
        this.scratch = new Scratch(bias.length);
        this.taps = new float[shape.window().taps()][bias.length];
        for (int tap = 0; tap < taps.length; tap++) {
            System.arraycopy(kernel, tap * bias.length, taps[tap], 0, bias.length);
        }
    }

    /// One unit is one output row.
    @Override
    public int units() {
        return shape.out().shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        var sums = scratch.take();
        var pixel = scratch.take();
        for (int y = from; y < to; y++) {
            for (int x = 0; x < shape.out().shape().width(); x++) {
                window(memory, shape.windowAt(y, x), pixel, sums);
                System.arraycopy(sums, 0, memory, shape.out().at(y, x), sums.length);
            }
        }
        scratch.give(sums);
        scratch.give(pixel);
    }

    private void window(float[] memory, int start, float[] pixel, float[] sums) {
        System.arraycopy(bias, 0, sums, 0, sums.length);
        int tap = 0;
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                copyPixel(memory, start + shape.tapAt(i, j), pixel);
                addProducts(sums, pixel, taps[tap++]);
            }
        }
        ScalarConv.clamp(sums, shape.clamp());
    }

    /// Repeats every channel once per output.
    private void copyPixel(float[] memory, int at, float[] pixel) {
        if (multiplier == 1) {
            System.arraycopy(memory, at, pixel, 0, pixel.length);
            return;
        }
        for (int n = 0; n < pixel.length; n++) {
            pixel[n] = memory[at + n / multiplier];
        }
    }

    private static void addProducts(float[] sums, float[] pixel, float[] weights) {
        for (int n = 0; n < sums.length; n++) {
            sums[n] = Math.fma(pixel[n], weights[n], sums[n]);
        }
    }
}
