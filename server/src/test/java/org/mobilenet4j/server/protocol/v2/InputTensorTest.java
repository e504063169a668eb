package org.mobilenet4j.server.protocol.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.compress.quantize.Quantization;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
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

    @Test
    void integersAreThoseOfTheQuantization() {
        var photos = List.of(new Image(80, 80, new byte[80 * 80 * 3]));
        var quantized = Quantization.of(DefaultModel.load(), photos).run();
        var map = quantized.quantization().orElseThrow().input();
        var model = new ServedModel("a", 1, quantized);
        var signed = new InputTensor("input", DataType.INT8, List.of(1L, 2L), new float[] {-128, 127}, List.of());

        assertThat(integers.real(model)).containsExactly(map.scale() * map.low(), map.scale() * map.high());
        assertThat(signed.real(model)).containsExactly(integers.real(model));
    }
}
