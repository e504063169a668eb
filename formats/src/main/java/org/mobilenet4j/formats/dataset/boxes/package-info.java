/// Photos with the boxes of the objects in them, as other programs write them: COCO's JSON, Pascal VOC's XML, CSV and
/// YOLO's text files.
///
/// Start at [AnnotationFiles], which recognizes the form. Each form becomes [MarkedPhoto]s; [AnnotationBuilder] holds
/// them against the photos themselves.
@NullMarked
package org.mobilenet4j.formats.dataset.boxes;

import org.jspecify.annotations.NullMarked;
