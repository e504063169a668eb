package org.mobilenet4j.server.protocol.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.model.ServedModel;

class InputTensorTest {
    private final InputTensor integers =
            new InputTensor("input", DataType.UINT8, List.of(1L, 2L), new float[] {0, 255}, List.of());

    @Test
    void floatsAreAsTheyCome() {
        var floats = new InputTensor("input", DataType.FP32, List.of(1L), new float[] {0.25f}, List.of());

        assertThat(floats.real(new ServedModel("a", 1, DefaultModel.load()))).containsExactly(0.25f);
    }

    @Test
    void integersMeanNothingToAModelOfFloats() {
        var model = new ServedModel("a", 1, DefaultModel.load());

        assertThatThrownBy(() -> integers.real(model))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("not quantized");
    }
}
