package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.QuantizeKernel;

/// The reference: value by value.
record ScalarQuantize(float scale, int low, int high) implements QuantizeKernel {
    @Override
    public void run(float[] source, int from, float[] memory, int at, int count) {
        for (int i = 0; i < count; i++) {
            float quotient = Math.min(Math.max(source[from + i] / scale, low), high);
            int cut = (int) quotient;
            memory[at + i] = cut + (int) (2 * (quotient - cut));
        }
    }
}
