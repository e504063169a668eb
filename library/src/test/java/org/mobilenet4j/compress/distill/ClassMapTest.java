package org.mobilenet4j.compress.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassMapTest {
    private static final List<String> KNOWN = List.of("ant", "bee", "cat", "crane", "crane");

    /// Probabilities of a part of the classes, in another order, are that part's renormalized.
    @Test
    void restrictsAndReordersByName() {
        var answer = new TeacherOutput.Scores(ClassMap.of(List.of("cat", "ant"), KNOWN, "all"), true);
        var row = new float[3];
        answer.write(new float[] {9, 0.3f, 0.5f, 0.1f, 0.05f, 0.05f}, 1, row, 1);
        double cat = Math.exp(row[1] - LossRows.logTotal(row, 1, 2, 1));
        assertThat(cat).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void scoresBeforeASoftmaxStayAsTheyAre() {
        var row = new float[2];
        new TeacherOutput.Scores(ClassMap.of(List.of("b", "a"), List.of("a", "b"), "t"), false)
                .write(new float[] {-3, 7}, 0, row, 0);
        assertThat(row).containsExactly(7, -3);
    }

    /// What underflowed is unlikely, not impossible: its logarithm is finite.
    @Test
    void zeroIsVeryUnlikely() {
        var row = new float[2];
        new TeacherOutput.Scores(ClassMap.of(List.of("a", "b"), List.of("a", "b"), "t"), true)
                .write(new float[] {1, 0}, 0, row, 0);
        assertThat(row[0]).isZero();
        assertThat(row[1]).isBetween(-104f, -103f);
    }

    @Test
    void theSameListNeedsNoNamesThatDiffer() {
        var map = ClassMap.of(KNOWN, KNOWN, "t");
        assertThat(map.size()).isEqualTo(5);
        assertThat(map.output(4)).isEqualTo(4);
    }

    @Test
    void saysWhichClassItDoesNotKnow() {
        assertThatThrownBy(() -> ClassMap.of(List.of("ant", "emu", "fox"), KNOWN, "zoo"))
                .hasMessage("the teacher zoo does not know the class 'emu' and 1 more of the data's 3; use a teacher"
                        + " that knows all of them, or match features");
        assertThatThrownBy(() -> ClassMap.of(List.of("ant", "crane"), KNOWN, "zoo"))
                .hasMessageContaining("several classes called 'crane'");
        assertThatThrownBy(() -> ClassMap.of(List.of("ant", "bee"), List.of(), "zoo"))
                .hasMessageContaining("has no class names");
    }
}
