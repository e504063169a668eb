/// Data augmentation: crops, flips, colors, random erasing (Szegedy et al., "Going deeper with convolutions", 2014, as
/// in TF-Slim; random erasing: Zhong et al., 2017).
@NullMarked
package org.mobilenet4j.data.augment;

import org.jspecify.annotations.NullMarked;
