package org.mobilenet4j.app.cli.text;

import org.mobilenet4j.infer.measure.Machine;

/// The machine that something was measured on.
///
/// @param architecture of the processor
/// @param processors available to the JVM
/// @param vectorBits width of the kernels' vectors, 0 if they are plain loops
/// @param machineCode which instructions machine code is written in, or why there is none
/// @param jvm name and version
public record Host(String os, String architecture, int processors, int vectorBits, String machineCode, String jvm) {
    public static Host current() {
        return new Host(
                property("os.name"),
                property("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Machine.vectorBits(),
                Machine.machineCode(),
                property("java.vm.name") + " " + property("java.vm.version"));
    }

    private static String property(String key) {
        return System.getProperty(key, "unknown");
    }
}
