package org.mobilenet4j.train;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.image.Image;

/// Photos of a square on noise, whose color is their class: quickly learned, and made anew from their
/// numbers.
public record ColoredSquares(int size, long first) implements DataSet {
    private static final int SIDE = 32;

    @Override
    public String name() {
        return "squares";
    }

    @Override
    public List<String> labels() {
        return List.of("blue", "green", "red");
    }

    @Override
    public int label(int index) {
        return (int) ((first + index) % 3);
    }

    @Override
    public SampleReader shuffled(long seed) {
        var order = new Random(seed)
                .ints(size, 0, Integer.MAX_VALUE)
                .mapToObj(i -> i)
                .toList();
        var sorted = new java.util.ArrayList<Integer>();
        for (int i = 0; i < size; i++) {
            sorted.add(i);
        }
        sorted.sort(java.util.Comparator.comparing(order::get));
        return reader(sorted);
    }

    @Override
    public SampleReader inOrder() {
        return reader(java.util.stream.IntStream.range(0, size).boxed().toList());
    }

    private SampleReader reader(List<Integer> order) {
        var each = order.iterator();
        return new SampleReader() {
            @Override
            public Optional<Sample> next() {
                if (!each.hasNext()) {
                    return Optional.empty();
                }
                int index = each.next();
                return Optional.of(new Sample(index, "square " + index, label(index), () -> picture(index)));
            }

            @Override
            public void close() {}
        };
    }

    private Image picture(int index) {
        var random = new Random(first + index);
        var rgb = new byte[SIDE * SIDE * 3];
        random.nextBytes(rgb);
        int top = random.nextInt(SIDE / 2);
        int left = random.nextInt(SIDE / 2);
        int channel = 2 - label(index);
        for (int y = top; y < top + SIDE / 2; y++) {
            for (int x = left; x < left + SIDE / 2; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * SIDE + x) * 3 + c] = (byte) (c == channel ? 220 : 30);
                }
            }
        }
        return new Image(SIDE, SIDE, rgb);
    }
}
