/// Random changes to photos while a network is trained: crops, flips, colors, erased rectangles (Szegedy et al., "Going
/// deeper with convolutions", 2014, as TF-Slim has it; random erasing: Zhong et al., 2017).
@NullMarked
package org.mobilenet4j.data.augment;

import org.jspecify.annotations.NullMarked;
