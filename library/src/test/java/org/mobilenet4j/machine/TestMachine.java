package org.mobilenet4j.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The machine that tests run code on.
public final class TestMachine {
    private TestMachine() {}

    /// Skips the test where there is none.
    public static Machine get() {
        assumeTrue(MachineSupport.machine().isPresent(), MachineSupport.reason());
        return MachineSupport.machine().orElseThrow();
    }

    /// Skips the test unless the processor has those instructions.
    public static Machine with(Isa isa) {
        Machine machine = get();
        assumeTrue(isa.compareTo(machine.isa()) >= 0, "the processor, or a property, permits no " + isa.text());
        return machine;
    }
}
