package org.mobilenet4j.compress.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.data.batch.Rendering;
import org.mobilenet4j.infer.QuantizedModels;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.ColoredSquares;

class LiveTeacherTest {
    private static final Rendering STUDENT =
            new Rendering(School.student().input(), School.teacher(32).preprocessing());

    private static LiveTeacher teacher(Model model) {
        var classes = ClassMap.of(School.COLORS, model.labels(), "t");
        return new LiveTeacher(model, new TeacherOutput.Scores(classes, true), STUDENT);
    }

    private static Batches batches(LiveTeacher teacher) throws IOException {
        var spec = new BatchSpec(STUDENT.input(), STUDENT.preprocessing(), Augmentation.LIGHT.withMixup(0.4), 10, 1, 2);
        return Batches.training(
                new ColoredSquares(20, 0),
                teacher.rendering().map(spec::withSecond).orElse(spec));
    }

    /// Each row: the labels' shares, then the logarithms of what the teacher thinks of the three
    /// colors.
    @Test
    void answersForEachPhotoBehindItsLabels() throws IOException {
        for (int side : new int[] {32, 40}) {
            var model = School.teacher(side);
            var teacher = teacher(model);
            assertThat(teacher.rendering().isPresent()).isEqualTo(side == 40);
            try (var batches = batches(teacher)) {
                batches.start(0);
                var batch = batches.next().orElseThrow();
                var rows = teacher.open(10, 3, 2).targets(batch);
                var theirs = Session.open(model).run(side == 40 ? batch.second() : batch.images(), 10);
                int[] outputs = {2, 3, 0};
                for (int i = 0; i < 10; i++) {
                    for (int c = 0; c < 3; c++) {
                        assertThat(rows[6 * i + c]).isEqualTo(batch.targets()[3 * i + c]);
                        assertThat(rows[6 * i + 3 + c]).isEqualTo((float) Math.log(theirs[4 * i + outputs[c]]));
                    }
                }
            }
        }
    }

    /// A quantized model answers in floats, without rounding: with probabilities that are no multiples
    /// of 1/256, and with features too.
    @Test
    void quantizedModelsTeachInFloats() throws IOException {
        var labels = List.of("a", "blue", "b", "green", "c", "red");
        var model = QuantizedModels.model().withLabels(labels);
        var alone = School.alone(School.student(), Augmentation.NONE, School.RECIPE);
        for (var how : List.of(Distillation.SCORES, Distillation.FEATURES)) {
            var setup = how.apply(alone, "t", model);
            var teacher = setup.teacher().orElseThrow();
            var spec = new BatchSpec(STUDENT.input(), STUDENT.preprocessing(), Augmentation.NONE, 10, 1, 2);
            try (var batches = Batches.training(
                    new ColoredSquares(20, 0),
                    spec.withSecond(teacher.rendering().orElseThrow()))) {
                batches.start(0);
                var rows = teacher.open(10, 3, 2).targets(batches.next().orElseThrow());
                assertThat(rows[3] * 256).isNotCloseTo(Math.round(rows[3] * 256), within(1e-4f));
                for (float value : rows) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    @Tag("alone")
    @Test
    void allocatesNothingAfterTheFirstBatches() throws IOException {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var teacher = teacher(School.teacher(32));
        teacher.plan().awaitWarm();
        var lessons = teacher.open(10, 3, 1);
        try (var batches = batches(teacher)) {
            batches.start(0);
            var batch = batches.next().orElseThrow();
            long bytes = Long.MAX_VALUE;
            // Until the JIT has compiled it, which is what takes objects off the heap.
            for (int round = 0; round < 300 && bytes >= 200; round++) {
                long before = bean.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 20; i++) {
                    lessons.targets(batch);
                }
                bytes = (bean.getCurrentThreadAllocatedBytes() - before) / 200; // of an image
            }
            assertThat(bytes).isLessThan(200);
        }
    }
}
