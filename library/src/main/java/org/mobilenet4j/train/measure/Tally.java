package org.mobilenet4j.train.measure;

import java.util.Arrays;

/// What one thread did in one step: the time, the work and the bytes of each pass of each stage.
final class Tally {
    private static final int PASSES = Pass.values().length;

    private final long[] nanos;
    private final long[] multAdds;
    private final long[] bytes;
    private final long[] ends;
    private int stage;
    /// Time within kernels since the last [#begin].
    private long inKernels;

    Tally(int stages) {
        nanos = new long[stages * PASSES];
        multAdds = new long[stages * PASSES];
        bytes = new long[stages * PASSES];
        ends = new long[stages];
    }

    @SuppressWarnings("EnumOrdinal") // a place in arrays that live as long as the process
    private static int at(int stage, Pass pass) {
        return stage * PASSES + pass.ordinal();
    }

    void begin(int newStage) {
        stage = newStage;
        inKernels = 0;
    }

    /// A kernel of the current stage is done.
    void ran(Pass pass, long time, long kernelMultAdds, long kernelBytes) {
        int at = at(stage, pass);
        nanos[at] += time;
        multAdds[at] += kernelMultAdds;
        bytes[at] += kernelBytes;
        inKernels += time;
    }

    /// A share of the current stage is done, from the time `start` to the time `end`.
    void end(long start, long end) {
        nanos[at(stage, Pass.OTHER)] += end - start - inKernels;
        ends[stage] = end;
    }

    /// When the thread was done with that stage of this step; 0 if it took no part.
    long endOf(int which) {
        return ends[which];
    }

    long nanos(int which, Pass pass) {
        return nanos[at(which, pass)];
    }

    long multAdds(int which, Pass pass) {
        return multAdds[at(which, pass)];
    }

    long bytes(int which, Pass pass) {
        return bytes[at(which, pass)];
    }

    /// Begins another step.
    void clear() {
        Arrays.fill(nanos, 0);
        Arrays.fill(multAdds, 0);
        Arrays.fill(bytes, 0);
        Arrays.fill(ends, 0);
    }
}
