package org.mobilenet4j.train.measure;

import org.mobilenet4j.kernel.DelegatingKernels;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.DepthwiseTrainingKernel;
import org.mobilenet4j.kernel.training.FakeQuantizeKernel;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.kernel.training.Im2colKernel;
import org.mobilenet4j.kernel.training.NormKernel;
import org.mobilenet4j.kernel.training.UpdateKernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// The kernels of training with a clock around each call.
final class TimedKernels extends DelegatingKernels {
    private final StepClock clock;

    TimedKernels(Kernels kernels, StepClock clock) {
        super(kernels);
        this.clock = clock;
    }

    private static long floats(long count) {
        return Float.BYTES * count;
    }

    @Override
    public GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows) {
        return new Gemm(super.gemm(depth, width, inStride, outStride, mostRows), depth, width, clock);
    }

    @Override
    public WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride) {
        return new WeightGradient(super.weightGradient(depth, width, inStride, outStride), depth, width, clock);
    }

    @Override
    public Im2colKernel im2col(int[] runs, int length, int rowStride) {
        var kernel = super.im2col(runs, length, rowStride);
        return (map, window, step, count, rows, row) -> {
            long start = System.nanoTime();
            kernel.unfold(map, window, step, count, rows, row);
            clock.ran(Pass.UNFOLD, start, 0, floats(2L * count * runs.length * length));
        };
    }

    @Override
    public DepthwiseTrainingKernel depthwiseTraining(TapLayout taps) {
        return new Depthwise(super.depthwiseTraining(taps), taps, clock);
    }

    @Override
    public NormKernel norm() {
        return new TimedNorm(super.norm(), clock);
    }

    @Override
    public FakeQuantizeKernel fakeQuantize() {
        return new TimedFakeQuantize(super.fakeQuantize(), clock);
    }

    @Override
    public UpdateKernel update() {
        return new TimedUpdate(super.update(), clock);
    }

    private record Gemm(GemmKernel kernel, int depth, int width, StepClock clock) implements GemmKernel {
        @Override
        public int packedSize() {
            return kernel.packedSize();
        }

        @Override
        public void pack(float[] values, int at, int rowStride, int columnStride, float[] packed) {
            long start = System.nanoTime();
            kernel.pack(values, at, rowStride, columnStride, packed);
            clock.ran(Pass.PACK, start, 0, floats((long) depth * width + packed.length));
        }

        @Override
        public void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt) {
            long start = System.nanoTime();
            kernel.multiply(in, inAt, rows, packed, bias, out, outAt);
            ran(start, rows);
        }

        @Override
        public void multiply(
                float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt, Ahead ahead) {
            long start = System.nanoTime();
            kernel.multiply(in, inAt, rows, packed, bias, out, outAt, ahead);
            ran(start, rows);
        }

        private void ran(long start, int rows) {
            long weights = (long) depth * width;
            clock.ran(Pass.PRODUCT, start, rows * weights, floats((long) rows * (depth + width) + weights));
        }
    }

    private record WeightGradient(WeightGradientKernel kernel, int depth, int width, StepClock clock)
            implements WeightGradientKernel {
        @Override
        public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums) {
            long start = System.nanoTime();
            kernel.add(in, inAt, out, outAt, rows, sums);
            ran(start, rows);
        }

        @Override
        public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums, Ahead ahead) {
            long start = System.nanoTime();
            kernel.add(in, inAt, out, outAt, rows, sums, ahead);
            ran(start, rows);
        }

        private void ran(long start, int rows) {
            long weights = (long) depth * width;
            clock.ran(Pass.WEIGHT_GRADIENT, start, rows * weights, floats((long) rows * (depth + width) + 2 * weights));
        }
    }

    private record Depthwise(DepthwiseTrainingKernel kernel, TapLayout taps, StepClock clock)
            implements DepthwiseTrainingKernel {
        @Override
        public void filter(
                float[] in, int inAt, float[] weights, float[] out, int outAt, int outStride, int rows, int columns) {
            long start = System.nanoTime();
            kernel.filter(in, inAt, weights, out, outAt, outStride, rows, columns);
            ran(Pass.DEPTHWISE, start, rows, columns);
        }

        @Override
        public void filter(
                float[] in,
                int inAt,
                float[] weights,
                float[] out,
                int outAt,
                int outStride,
                int rows,
                int columns,
                Ahead ahead) {
            long start = System.nanoTime();
            kernel.filter(in, inAt, weights, out, outAt, outStride, rows, columns, ahead);
            ran(Pass.DEPTHWISE, start, rows, columns);
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
            long start = System.nanoTime();
            kernel.addGradient(in, inAt, gradient, gradientAt, gradientStep, gradientRow, rows, columns, sums);
            ran(Pass.WEIGHT_GRADIENT, start, rows, columns);
        }

        /// Inputs and outputs are counted as floats of whole rows.
        private void ran(Pass pass, long start, int rows, int columns) {
            long values = (long) rows * columns * taps.channels();
            long inputs = (long) rows * taps.rowStep() + (long) (taps.height() - 1) * taps.rowTap();
            clock.ran(pass, start, values * taps.height() * taps.width(), floats(values + inputs));
        }
    }
}
