package org.mobilenet4j.formats.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.error.BadValueException;

class ConstantFoldingTest {
    private final ConstantFolding folding = new ConstantFolding(0);

    private static Constant wholes(List<Integer> dims, double... values) {
        return Constant.ofWholes(dims, values);
    }

    private static void check(Constant actual, List<Integer> dims, double... values) {
        assertThat(actual.dims()).isEqualTo(dims);
        assertThat(actual.values()).containsExactly(values);
    }

    /// The head of Keras's own MobileNet: the first dimension of a shape, and three known ones behind it.
    @Test
    void aShapeIsTakenApartAndPutTogether() {
        var shape = Constant.ofWholes(List.of(1, 7, 7, 64));
        var batch = folding.slice(shape, List.of(0), List.of(1), List.of(1), 0, 0, 1);
        check(batch, List.of(), 1);
        var ones = Constant.ofWholes(List.of(), 49);
        check(folding.stack(List.of(batch, ones, wholes(List.of(), 64)), 0), List.of(3), 1, 49, 64);
    }

    /// `Tensordot`, as which TensorFlow writes a dense layer over a map.
    @Test
    void theFreeAxesOfAShapeAreMultiplied() {
        var shape = Constant.ofWholes(List.of(1, 7, 5, 64));
        var free = folding.gather(shape, Constant.ofWholes(List.of(0, 1, 2)), 0);
        var rows = folding.reduce(free, List.of(0), false, (a, b) -> a * b);
        var columns = folding.gather(shape, Constant.ofWholes(List.of(-1)), 0);
        check(rows, List.of(), 35);
        check(folding.concatenate(List.of(free, columns), 0), List.of(4), 1, 7, 5, 64);
    }

    @Test
    void slicesCountFromTheEndAndBackwards() {
        var list = Constant.ofWholes(List.of(10, 11, 12, 13));
        check(folding.slice(list, 0, -2, Integer.MAX_VALUE, 1), List.of(2), 12, 13);
        check(folding.slice(list, 0, -1, Long.MIN_VALUE, -2), List.of(2), 13, 11);
        check(folding.slice(list, 0, 3, 1, 1), List.of(0));
        check(folding.slice(list, List.of(5), List.of(0), List.of(-1), 1, 1, 0), List.of(4), 13, 12, 11, 10);
    }

    @Test
    void weightsAreTransposedAndReshaped() {
        var matrix = wholes(List.of(2, 3), 0, 1, 2, 3, 4, 5);
        check(folding.transpose(matrix, List.of(1, 0)), List.of(3, 2), 0, 3, 1, 4, 2, 5);
        check(folding.reshape(matrix, List.of(3, -1)), List.of(3, 2), 0, 1, 2, 3, 4, 5);
        var cube = wholes(List.of(2, 1, 3), 0, 1, 2, 3, 4, 5);
        check(folding.transpose(cube, List.of(2, 0, 1)), List.of(3, 2, 1), 0, 3, 1, 4, 2, 5);
        check(folding.squeeze(cube, List.of()), List.of(2, 3), 0, 1, 2, 3, 4, 5);
        check(folding.unsqueeze(matrix, List.of(0, -1)), List.of(1, 2, 3, 1), 0, 1, 2, 3, 4, 5);
    }

    @Test
    void partsAreJoinedAlongAnyAxis() {
        var left = wholes(List.of(2, 1), 0, 1);
        var right = wholes(List.of(2, 2), 2, 3, 4, 5);
        check(folding.concatenate(List.of(left, right), -1), List.of(2, 3), 0, 2, 3, 1, 4, 5);
        check(folding.gather(right, wholes(List.of(1), 1), 1), List.of(2, 1), 3, 5);
        check(folding.reduce(right, List.of(1), true, Double::sum), List.of(2, 1), 5, 9);
    }

    @Test
    void operandsAreBroadcastAndRoundedAsTheirTypes() {
        var column = wholes(List.of(2, 1), 7, -7);
        var row = wholes(List.of(2), 2, 3);
        check(folding.apply(Arithmetic.DIV, column, row), List.of(2, 2), 3, 2, -3, -2);
        var third = folding.apply(Arithmetic.DIV, Constant.ofReals(List.of(), 1), Constant.ofReals(List.of(), 3));
        check(third, List.of(), (double) (1 / 3f));
        check(folding.cast(Constant.ofReals(List.of(), -1.7), true), List.of(), -1);
        check(folding.map(Constant.ofReals(List.of(1), 4), Math::sqrt), List.of(1), 2);
        check(folding.fill(List.of(2), Constant.ofWholes(List.of(), 3)), List.of(2), 3, 3);
    }

    @Test
    void nonsenseIsRefused() {
        var list = Constant.ofWholes(List.of(1, 2, 3));
        assertThatThrownBy(() -> folding.gather(list, Constant.ofWholes(List.of(3)), 0))
                .isInstanceOf(BadValueException.class)
                .hasMessage("takes element 3 of 3");
        assertThatThrownBy(() -> folding.apply(Arithmetic.ADD, list, Constant.ofWholes(List.of(1, 2))))
                .hasMessageContaining("do not match");
        assertThatThrownBy(() -> folding.transpose(list, List.of(1))).isInstanceOf(BadValueException.class);
        assertThatThrownBy(() -> folding.reshape(list, List.of(2, -1))).isInstanceOf(BadValueException.class);
        assertThatThrownBy(() -> folding.slice(list, 0, 0, 1, 0)).hasMessageContaining("step of 0");
    }

    /// A few bytes of shape ask for 4 GB.
    @Test
    void aSmallFileComputesLittle() {
        var value = Constant.ofReals(List.of(), 0);
        assertThatThrownBy(() -> folding.fill(List.of(1 << 15, 1 << 15), value))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("more values than its size allows");
        folding.fill(List.of(1 << 15), value);
        folding.fill(List.of(1 << 15), value);
        assertThatThrownBy(() -> folding.fill(List.of(1), value)).isInstanceOf(BadValueException.class);
    }
}
