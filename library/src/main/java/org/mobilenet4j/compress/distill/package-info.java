/// Knowledge distillation: a small network, the student, learns from the outputs of a large one, the teacher, not from
/// labels alone.
///
/// [Distillation] adds a teacher to a training setup; the other classes are its parts. Each method is a
/// [org.mobilenet4j.train.loss.Loss] with matching rows of targets from the teacher:
///
/// - logits, for one class per photo: [SoftTargetLoss] (Hinton et al., arXiv 1503.02531)
/// - probabilities, for any number of labels per photo: [SoftLabelLoss] (section 4.5 of the MobileNet paper)
/// - pooled features: [FeatureLoss] (section 4.6, after FaceNet)
@NullMarked
package org.mobilenet4j.compress.distill;

import org.jspecify.annotations.NullMarked;
