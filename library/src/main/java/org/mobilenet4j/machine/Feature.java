package org.mobilenet4j.machine;

/// What a processor may be able to do, and its system lets it.
public enum Feature {
    AVX2,
    FMA,
    BMI1,
    /// Dot products of bytes with 256 bits.
    AVX_VNNI,
    AVX512F,
    AVX512BW,
    AVX512DQ,
    AVX512VL,
    /// Dot products of bytes with 512 bits.
    AVX512_VNNI,
    /// Dot products of pairs of bfloat16.
    AVX512_BF16,
    /// NEON: 32 registers of 128 bits, on AArch64.
    ASIMD,
    /// Dot products of bytes on AArch64.
    ASIMDDP
}
