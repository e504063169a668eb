package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// Runs quantized models from stored numbers to stored numbers.
public final class IntegerRun {
    private IntegerRun() {}

    /// Our output for stored numbers, as stored numbers.
    public static byte[] run(Model model, byte[] input, SessionOptions options) {
        var maps = model.quantization().orElseThrow();
        var from = maps.input();
        var reals = new float[input.length];
        for (int i = 0; i < input.length; i++) {
            reals[i] = from.scale() * (number(input[i], from.type()) - from.zeroPoint());
        }
        var session = Session.open(model, options);
        assertThat(session.plan().usesIntegers()).isTrue();
        var output = session.run(reals, 1);
        var to = maps.of(model.network(), model.network().nodes().size());
        var stored = new byte[output.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (byte) (Math.round(output[i] / to.scale()) + to.zeroPoint());
        }
        return stored;
    }

    public static int number(byte stored, ElementType type) {
        return type == ElementType.UINT8 ? stored & 0xff : stored;
    }
}
