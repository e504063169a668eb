/// Distillation: a small network learns from what a large one says of photos, not from their labels
/// alone.
///
/// [Distillation] makes a taught training of a plain one; all else is its parts. Each way of teaching
/// is a [org.mobilenet4j.train.loss.Loss] and the teacher's rows of targets that it reads:
///
/// - scores, for one class a photo: [SoftTargetLoss] (Hinton et al., arXiv 1503.02531)
/// - probabilities, for any number of labels a photo: [SoftLabelLoss] (section 4.5 of the MobileNet
///   paper)
/// - pooled features: [FeatureLoss] (section 4.6, after FaceNet)
@NullMarked
package org.mobilenet4j.compress.distill;

import org.jspecify.annotations.NullMarked;
