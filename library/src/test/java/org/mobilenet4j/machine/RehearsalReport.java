package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import org.mobilenet4j.machine.x64.X64Assembler;

/// The main class of a process of its own: prints how many classes a thousand calls after the rehearsal load.
final class RehearsalReport {
    private static final int CALLS = 1000;

    private RehearsalReport() {}

    static void main(String[] arguments) {
        Target target = MachineSupport.target().orElseThrow();
        target.rehearse();
        var assembler = new X64Assembler();
        assembler.entry("own");
        assembler.ret();
        NativeRoutine routine = target.load(assembler.finish(), Arena.ofAuto()).routine("own");
        routine.call(0, 0, 0, 0, 0, 0);
        var classes = ManagementFactory.getClassLoadingMXBean();
        long before = classes.getTotalLoadedClassCount();
        for (int i = 0; i < CALLS; i++) {
            routine.call(0, 0, 0, 0, 0, 0);
        }
        IO.println(classes.getTotalLoadedClassCount() - before);
    }
}
