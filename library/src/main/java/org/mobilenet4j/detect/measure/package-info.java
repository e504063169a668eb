/// How well a detector finds what is marked in photos, as the field measures it.
///
/// [CocoEvaluation] is COCO's average precision and recall, figure by figure what its reference
/// implementation computes (`pycocotools`, Lin et al., arXiv 1405.0312); [VocEvaluation] is Pascal
/// VOC's. Both take a [org.mobilenet4j.data.box.Annotations] and the detections of each of its photos.
@NullMarked
package org.mobilenet4j.detect.measure;

import org.jspecify.annotations.NullMarked;
