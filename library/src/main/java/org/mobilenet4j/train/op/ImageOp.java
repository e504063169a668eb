package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.mobilenet4j.tensor.Shape;

/// A layer without weights that is rare or cheap: processes one whole image at a time, dense, in plain loops.
abstract class ImageOp extends TrainingOp {
    final Shape in;
    final Shape out;

    ImageOp(View input, FeatureMap output) {
        super(output, input);
        this.in = input.map().shape;
        this.out = output.shape;
    }

    /// Computes the output at `outAt` from the input at `inAt`, both dense in `memory`.
    abstract void forward(float[] memory, int inAt, int outAt, int image);

    /// Adds to the input's gradient at `inGradientAt`, which starts as zeros.
    abstract void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image);

    @Override
    public final int scratch() {
        int inStride = input().map().stride;
        return in.pixels() * inStride + 2 * in.elements() + out.pixels() * output().stride + out.elements();
    }

    @Override
    public final void forward(int from, int to, int shard, float[] scratch) {
        int outAt = in.elements();
        int stridedAt = outAt + out.elements();
        for (int image = from; image < to; image++) {
            readInput(image, scratch, stridedAt);
            forward(scratch, 0, outAt, image);
            int pixel = image * out.pixels();
            copy(scratch, outAt, out.channels(), output().values(), output().at(pixel), output().stride, out);
            output().wrote(pixel, out.pixels(), shard);
        }
    }

    private void readInput(int image, float[] scratch, int stridedAt) {
        int stride = input().map().stride;
        input().read(image * in.pixels(), in.pixels(), scratch, stridedAt, stride);
        copy(scratch, stridedAt, stride, scratch, 0, in.channels(), in);
    }

    @Override
    public final void backward(int from, int to, int shard, float[] scratch) {
        if (!input().map().wantsGradient()) {
            return;
        }
        int inStride = input().map().stride;
        int outAt = in.elements();
        int backAt = outAt + out.elements();
        int stridedAt = backAt + in.elements();
        for (int image = from; image < to; image++) {
            readInput(image, scratch, stridedAt);
            output().readGradient(image * out.pixels(), out.pixels(), scratch, stridedAt, output().stride);
            copy(scratch, stridedAt, output().stride, scratch, outAt, out.channels(), out);
            Arrays.fill(scratch, backAt, backAt + in.elements(), 0f);
            backward(scratch, 0, outAt, backAt, image);
            Arrays.fill(scratch, stridedAt, stridedAt + in.pixels() * inStride, 0f);
            copy(scratch, backAt, in.channels(), scratch, stridedAt, inStride, in);
            input().accumulateGradient(scratch, stridedAt, inStride, image * in.pixels(), in.pixels(), adds(0), shard);
        }
    }

    private static void copy(float[] from, int at, int stride, float[] to, int target, int targetStride, Shape shape) {
        for (int p = 0; p < shape.pixels(); p++) {
            System.arraycopy(from, at + p * stride, to, target + p * targetStride, shape.channels());
        }
    }
}
