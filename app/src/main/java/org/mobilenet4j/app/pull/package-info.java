/// Published checkpoints: a catalog, and the download into a cache on this machine.
///
/// The catalog is TF-Slim's `mobilenet_v1.md` (`tensorflow/models`, `research/slim/nets`): sixteen float checkpoints
/// of 2018_02_22, and the sixteen quantized ones of 2018_08_02, whose accuracy was measured on the TFLite file itself.
/// The SHA-256 of the archives are those that public build recipes for embedded Linux check at the same addresses;
/// TensorFlow's own build states one of them.
///
/// Knows nothing of the command line.
@NullMarked
package org.mobilenet4j.app.pull;

import org.jspecify.annotations.NullMarked;
