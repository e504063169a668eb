package org.mobilenet4j.kernel.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.error.BadValueException;

/// What the system properties choose.
@Tag("contract")
class KernelVariantTest {
    @ParameterizedTest
    @CsvSource({
        ",, MACHINE",
        ", off, MACHINE",
        ", 256, VECTOR",
        "machine,, MACHINE",
        "machine, off, MACHINE",
        "scalar,, SCALAR",
        "scalar, 256, SCALAR",
        "vector,, VECTOR",
        "vector, off, VECTOR",
        "'', off, MACHINE",
        "'',, MACHINE"
    })
    void theNewerPropertyDecides(String kernels, String vector, KernelVariant variant) {
        assertThat(KernelVariant.wanted(kernels, vector)).isEqualTo(variant);
    }

    @ParameterizedTest
    @CsvSource({"fast", "VECTOR", "512"})
    void otherVariantsAreRefused(String kernels) {
        assertThatThrownBy(() -> KernelVariant.wanted(kernels, null))
                .isInstanceOf(BadValueException.class)
                .hasMessage("-Dmobilenet4j.kernels=" + kernels + ": take machine, vector or scalar");
    }

    @Test
    void vectorsNeedTheirModule() {
        boolean hasModule =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

        assertThat(KernelVariant.available().contains(KernelVariant.VECTOR)).isEqualTo(hasModule);
        assertThat(KernelVariant.available()).contains(KernelVariant.SCALAR, KernelVariant.preferred());
    }
}
