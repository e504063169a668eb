package org.mobilenet4j.machine;

/// What a processor answers.
interface CpuidLeaves {
    /// EAX, EBX, ECX and EDX after `cpuid` with these in EAX and ECX.
    int[] ask(int leaf, int part);

    /// EDX:EAX after `xgetbv`: which registers the system saves. Only where leaf 1 says that it may be asked.
    long saved();
}
