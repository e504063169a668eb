package org.mobilenet4j.machine.x64;

/// A mask register; its ordinal is its number. As the mask of an instruction, K0 would mean that there is none.
public enum Mask {
    K0,
    K1,
    K2,
    K3,
    K4,
    K5,
    K6,
    K7
}
