package org.mobilenet4j.app.experiment.run;

import java.util.zip.CRC32C;
import org.mobilenet4j.compress.distill.Distillation;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.TrainingSetup;

/// Who teaches a network, and how.
///
/// @param name what people call the teacher
/// @param model the teacher; it knows the classes of the photos by their names, and maybe others
/// @param how its answers are learned
public record Teaching(String name, Model model, Distillation how) {
    TrainingSetup apply(TrainingSetup alone) {
        return how.apply(alone, name, model);
    }

    /// What results depend on: the teacher's weights and how they are learned from.
    String identity() {
        var sum = new CRC32C();
        model.weights().tensors().values().forEach(tensor -> {
            for (float value : tensor.toArray()) {
                int bits = Float.floatToRawIntBits(value);
                for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                    sum.update(bits >>> shift);
                }
            }
        });
        return model.network().name() + " " + Long.toHexString(sum.getValue()) + ", " + how;
    }
}
