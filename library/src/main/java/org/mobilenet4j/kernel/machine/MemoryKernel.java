package org.mobilenet4j.kernel.machine;

/// A routine that knows all places, and takes nothing but the memory's address.
final class MemoryKernel extends MachineKernel {
    private final PlannedRoutine routine;

    MemoryKernel(PlannedRoutine routine) {
        this.routine = routine;
    }

    @Override
    public int units() {
        return 1;
    }

    @Override
    void run(long memory, int from, int to) {
        routine.call(memory, 0, 0, 0, 0, 0);
    }
}
