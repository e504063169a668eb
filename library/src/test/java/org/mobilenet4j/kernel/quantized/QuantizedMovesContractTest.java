package org.mobilenet4j.kernel.quantized;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.kernel.plain.ChannelShuffleKernel;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.quantized.QuantizedScene.Numbers;
import org.mobilenet4j.tensor.Shape;

/// Values that move, or that a table replaces, one by one.
class QuantizedMovesContractTest {
    private static Shape shape(int channels) {
        return new Shape(1 + channels % 3, 1 + channels % 4, channels);
    }

    @Test
    void copiesOfEverySize() {
        for (int channels = 1; channels < 300; channels += 1 + channels / 40) {
            var scene = new QuantizedScene(channels % 5, channels);
            var numbers = Numbers.all().get(channels % Numbers.all().size());
            var in = scene.input(shape(channels), numbers);
            var out = scene.output(shape(channels), numbers);
            scene.check(new Copy(in.plane(), out.plane()), out, (y, x, c) -> scene.number(in, y, x, c));
        }
    }

    @Test
    void tablesOfEverySize() {
        var random = new Random(5);
        for (int channels = 1; channels < 100; channels += 1 + channels / 20) {
            for (var from : Numbers.all()) {
                var to = Numbers.all().get(random.nextInt(Numbers.all().size()));
                var scene = new QuantizedScene(channels % 5, channels);
                var in = scene.input(shape(channels), from);
                var out = scene.output(shape(channels), to);
                var results = new float[256];
                for (int i = 0; i < results.length; i++) {
                    results[i] = random.nextInt(to.least(), to.greatest() + 1) - to.zeroPoint();
                }
                int least = from.least() - from.zeroPoint();
                var table = new Lookup.Table(least, results);
                scene.check(
                        new Lookup(in.plane(), out.plane(), table),
                        out,
                        (y, x, c) -> (int) results[scene.distance(in, y, x, c) - least] + to.zeroPoint());
            }
        }
    }

    @Test
    void channelsThatAreShuffled() {
        var scene = new QuantizedScene(2, 1);
        var in = scene.input(new Shape(2, 3, 12), Numbers.int8(7));
        var out = scene.output(new Shape(2, 3, 12), Numbers.int8(7));
        scene.check(
                new ChannelShuffleKernel(in.plane(), out.plane(), 3),
                out,
                (y, x, c) -> scene.number(in, y, x, c % 3 * 4 + c / 3));
    }
}
