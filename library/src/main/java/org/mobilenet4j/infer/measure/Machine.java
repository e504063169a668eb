package org.mobilenet4j.infer.measure;

import java.util.Arrays;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// The measured peak of one thread of this machine: the roof of the roofline model (Williams, Waterman and
/// Patterson, *Roofline*, 2009).
///
/// @param peakGigaflops operations per second, in 10^9, without memory access, a mult-add counting as two; of the
///     kernels that inference uses
/// @param gigabytesPerSecond read from memory, or from the caches as far as they hold the data
public record Machine(double peakGigaflops, double gigabytesPerSecond) {
    /// Long enough for a busy machine to show its best.
    private static final Repetition PATIENCE = new Repetition(100_000, 300_000_000);

    private static final long LEAST_BYTES = 1 << 20;
    private static final long MOST_BYTES = 1 << 30;

    /// Small enough to be run until the JIT has compiled the loop, large enough for the loop to count.
    private static final Repetition WARMING = new Repetition(20_000, 1_000_000_000);

    private static final int WARMING_FLOATS = 256;

    /// Measures for about a second, reading `bytes` bytes repeatedly: as many as one image of a network touches, so
    /// that they come from the same caches.
    public static Machine measure(long bytes) {
        var kernel = KernelVariant.preferred().kernels().peak();
        return new Machine(peak(kernel), measureReads(floats(bytes)));
    }

    /// The same with mult-adds in bfloat16, where this process has instructions for these.
    public static Machine measureBfloat16(long bytes) {
        var kernel = KernelVariant.preferred().bfloat16Kernels().peak();
        return new Machine(peak(kernel), measureReads(floats(bytes)));
    }

    private static int floats(long bytes) {
        return (int) (Math.clamp(bytes, LEAST_BYTES, MOST_BYTES) / Float.BYTES);
    }

    /// The same with as many bytes, and mult-adds of the kind, as an image of `plan` takes.
    public static Machine measure(Plan plan) {
        if (!plan.usesIntegers()) {
            return measure(plan.footprintBytes());
        }
        var kernels = KernelVariant.preferred().forIntegers().integerKernels();
        return new Machine(peak(kernels.peak()), measureReads(floats(plan.footprintBytes())));
    }

    /// Vector width of this process's kernels for float inference in bits; 0 for plain loops.
    public static int vectorBits() {
        return KernelVariant.vectorBits();
    }

    /// One line: which instructions this process's machine code is written in, or why there is none.
    public static String machineCode() {
        return KernelVariant.machineCode();
    }

    /// The least time for so much work: for its mult-adds or its bytes, whichever takes longer.
    public double leastMillis(long multAdds, long bytes) {
        return Math.max(computeMillis(multAdds), memoryMillis(bytes));
    }

    /// Whether the mult-adds take longer than the bytes.
    public boolean isBoundByCompute(long multAdds, long bytes) {
        return computeMillis(multAdds) > memoryMillis(bytes);
    }

    private double computeMillis(long multAdds) {
        return 2e-6 * multAdds / peakGigaflops;
    }

    private double memoryMillis(long bytes) {
        return 1e-6 * bytes / gigabytesPerSecond;
    }

    private static double peak(PeakKernel kernel) {
        var memory = new float[PeakKernel.MEMORY];
        kernel.warmUp(memory, new Warmth());
        var times = PATIENCE.time(() -> kernel.run(memory));
        return 2e-6 * kernel.multAddsPerUnit() * kernel.units() / times.minMillis();
    }

    /// The JDK compares arrays as fast as it can read them, with or without the vector module.
    private static double measureReads(int floats) {
        var memory = new float[floats];
        WARMING.run(() -> compareHalves(memory, WARMING_FLOATS));
        var times = PATIENCE.time(() -> compareHalves(memory, floats));
        return 1e-6 * floats * Float.BYTES / times.minMillis();
    }

    private static void compareHalves(float[] memory, int size) {
        if (Arrays.mismatch(memory, 0, size / 2, memory, size / 2, size / 2 * 2) >= 0) {
            throw new IllegalStateException("two halves of zeros differ");
        }
    }
}
