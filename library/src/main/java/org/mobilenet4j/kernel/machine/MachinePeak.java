package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.machine.recipe.PeakRecipe;

/// Peak speed of machine code: the sums lie in registers, to and from which they are copied around all rounds.
final class MachinePeak implements PeakKernel {
    private final PeakRecipe.Work work;
    private final PlannedRoutine routine;
    private final MemorySegment sums;

    MachinePeak(Workshop workshop, PeakRecipe.Work work) {
        this.work = work;
        this.routine =
                workshop.routine("peak", (a, convention, name, isa) -> PeakRecipe.emit(a, convention, name, work, isa));
        this.sums = workshop.floats(PeakRecipe.sums(workshop.isa()));
    }

    @Override
    public int multAddsPerUnit() {
        return sums() * work.multAdds();
    }

    private int sums() {
        return (int) (sums.byteSize() / Float.BYTES);
    }

    @Override
    public void run(float[] memory, int from, int to) {
        if (from < to) {
            Workshop.copy(memory, 0, sums, 0, sums());
            routine.call(sums.address(), to - from, 0, 0, 0, 0);
            MemorySegment.copy(sums, ValueLayout.JAVA_FLOAT, 0, memory, 0, sums());
        }
    }
}
