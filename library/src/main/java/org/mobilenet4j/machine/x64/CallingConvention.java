package org.mobilenet4j.machine.x64;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;

import java.util.List;

/// Where a platform's callers put six integers, and what they want back as it was. RBP and RSP are kept in both.
///
/// @param arguments    the registers of the first arguments; others lie on the stack
/// @param shadowSpace  bytes between the return address and the arguments on the stack, which are the callee's to use
/// @param kept         the general registers that a callee keeps
/// @param firstVector  the first of the vector registers whose low 128 bits a callee keeps
/// @param keptVectors  how many there are
public record CallingConvention(
        List<Gpr> arguments, int shadowSpace, List<Gpr> kept, int firstVector, int keptVectors) {

    /// Linux, macOS and the other Unixes.
    public static final CallingConvention SYSTEM_V =
            new CallingConvention(List.of(RDI, RSI, RDX, RCX, R8, R9), 0, List.of(RBX, R12, R13, R14, R15), 0, 0);

    /// Windows.
    public static final CallingConvention WINDOWS =
            new CallingConvention(List.of(RCX, RDX, R8, R9), 32, List.of(RBX, RDI, RSI, R12, R13, R14, R15), 6, 10);
}
