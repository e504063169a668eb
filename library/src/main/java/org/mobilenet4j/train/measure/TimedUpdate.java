package org.mobilenet4j.train.measure;

import org.mobilenet4j.kernel.training.UpdateKernel;

/// Updates of weights with a clock around each call.
record TimedUpdate(UpdateKernel kernel, StepClock clock) implements UpdateKernel {
    private void ran(Pass pass, long start, int count, int arrays) {
        clock.ran(pass, start, 0, (long) Float.BYTES * count * arrays);
    }

    @Override
    public void descend(
            float[] values,
            float[] gradients,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float momentum) {
        long start = System.nanoTime();
        kernel.descend(values, gradients, sums, from, to, rate, decay, momentum);
        ran(Pass.OPTIMIZE, start, to - from, 5);
    }

    @Override
    public void descendAhead(
            float[] values,
            float[] gradients,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float momentum) {
        long start = System.nanoTime();
        kernel.descendAhead(values, gradients, sums, from, to, rate, decay, momentum);
        ran(Pass.OPTIMIZE, start, to - from, 5);
    }

    @Override
    public void rmsPropTensorFlow(
            float[] values,
            float[] gradients,
            float[] squares,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float fresh,
            float momentum,
            float epsilon) {
        long start = System.nanoTime();
        kernel.rmsPropTensorFlow(values, gradients, squares, sums, from, to, rate, decay, fresh, momentum, epsilon);
        ran(Pass.OPTIMIZE, start, to - from, 7);
    }

    @Override
    public void rmsPropPyTorch(
            float[] values,
            float[] gradients,
            float[] squares,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float old,
            float fresh,
            float momentum,
            float epsilon) {
        long start = System.nanoTime();
        kernel.rmsPropPyTorch(values, gradients, squares, sums, from, to, rate, decay, old, fresh, momentum, epsilon);
        ran(Pass.OPTIMIZE, start, to - from, 7);
    }

    @Override
    public void adamW(
            float[] values,
            float[] gradients,
            float[] means,
            float[] squares,
            int from,
            int to,
            float shrink,
            float size,
            float root,
            float freshMean,
            float oldSquare,
            float freshSquare,
            float epsilon) {
        long start = System.nanoTime();
        kernel.adamW(
                values,
                gradients,
                means,
                squares,
                from,
                to,
                shrink,
                size,
                root,
                freshMean,
                oldSquare,
                freshSquare,
                epsilon);
        ran(Pass.OPTIMIZE, start, to - from, 7);
    }

    @Override
    public void average(float[] values, float[] averages, int from, int to, float fresh) {
        long start = System.nanoTime();
        kernel.average(values, averages, from, to, fresh);
        ran(Pass.AVERAGE, start, to - from, 3);
    }
}
