/// Where in a photo a classifier sees a class: [Explainer] makes an [ActivationMap] of it, [Overlay] a picture.
///
/// Class activation maps are those of Zhou et al., *Learning Deep Features for Discriminative Localization* (2016); the
/// gradients that make them work for any last layers are those of Selvaraju et al., *Grad-CAM* (2017).
@NullMarked
package org.mobilenet4j.explain;

import org.jspecify.annotations.NullMarked;
