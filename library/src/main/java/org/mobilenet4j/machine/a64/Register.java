package org.mobilenet4j.machine.a64;

/// A general register of 64 bits. Number 31 is the stack pointer or zero, as the instruction has it. X18 is the
/// platform's, so it is missing here.
public enum Register {
    X0(0),
    X1(1),
    X2(2),
    X3(3),
    X4(4),
    X5(5),
    X6(6),
    X7(7),
    X8(8),
    X9(9),
    X10(10),
    X11(11),
    X12(12),
    X13(13),
    X14(14),
    X15(15),
    X16(16),
    X17(17),
    X19(19),
    X20(20),
    X21(21),
    X22(22),
    X23(23),
    X24(24),
    X25(25),
    X26(26),
    X27(27),
    X28(28),
    /// Where the caller's frame is.
    X29(29),
    /// Where to return to.
    X30(30),
    /// The stack pointer.
    SP(31),
    /// Always 0.
    ZR(31);

    private final int number;

    Register(int number) {
        this.number = number;
    }

    /// Its number: 0 to 31.
    public int number() {
        return number;
    }

    /// Its number where 31 would be the stack pointer.
    int orStack() {
        if (this == ZR) {
            throw new IllegalArgumentException("no zero register here");
        }
        return number;
    }

    /// Its number where 31 would be zero.
    int orZero() {
        if (this == SP) {
            throw new IllegalArgumentException("no stack pointer here");
        }
        return number;
    }
}
