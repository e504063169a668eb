package org.mobilenet4j.compress.distill;

import java.util.Optional;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.batch.Rendering;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Teacher;

/// A teacher model that is run on every batch, by the inference engine, before the student.
final class LiveTeacher implements Teacher {
    private final Plan plan;
    private final Rendering view;
    private final boolean isViewShared;
    private final TeacherOutput answer;
    private final String identity;

    /// @param model the teacher model
    /// @param answer which of its outputs are targets
    /// @param student how photos are rendered for the student; the teacher sees the same crop
    LiveTeacher(Model model, TeacherOutput answer, Rendering student) {
        var cropped = model.preprocessing().withCrop(student.preprocessing().crop());
        // A quantized model is run with its dequantized weights.
        this.plan = Plan.of(model, SessionOptions.DEFAULT.withNumbers(SessionOptions.Numbers.FLOATS));
        this.view = new Rendering(model.network().input(), cropped);
        this.isViewShared = view.equals(student);
        this.answer = answer;
        this.identity = Fingerprint.of(model.withPreprocessing(cropped));
    }

    /// How photos are rendered for the teacher, even if the student's rendering is the same.
    Rendering view() {
        return view;
    }

    Plan plan() {
        return plan;
    }

    TeacherOutput answer() {
        return answer;
    }

    @Override
    public Optional<Rendering> rendering() {
        return isViewShared ? Optional.empty() : Optional.of(view);
    }

    @Override
    public Network trained(Network student) {
        return answer instanceof TeacherOutput.Features features
                ? FeatureBranch.of(student, features.width())
                : student;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Lessons open(int batch, int classes, int threads) {
        var session = Session.open(plan, threads);
        int width = plan.outputShape().elements();
        var outputs = new float[Math.multiplyExact(batch, width)];
        var rows = new TargetRows(batch, classes, answer.width());
        return now -> {
            session.run(isViewShared ? now.images() : now.second(), now.count(), outputs);
            rows.label(now);
            for (int row = 0; row < now.count(); row++) {
                answer.write(outputs, row * width, rows.values(), rows.answer(row));
            }
            return rows.values();
        };
    }
}
