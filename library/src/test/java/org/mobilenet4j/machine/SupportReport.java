package org.mobilenet4j.machine;

/// Prints what [MachineSupport] finds, in a process of its own; with an argument, how long that took.
final class SupportReport {
    private SupportReport() {}

    static void main(String[] arguments) {
        long start = System.nanoTime();
        String reason = MachineSupport.reason();
        long end = System.nanoTime();
        IO.println(reason + (arguments.length == 0 ? "" : ", after " + (end - start) / 1000 + " us"));
    }
}
