/// A model (network, weights, labels, preprocessing) and the file it is kept in.
///
/// The file is safetensors: a JSON header, then raw little-endian tensors, readable from other languages without this
/// library. The header's `__metadata__` holds the network, the labels, the preprocessing and the notes.
@NullMarked
package org.mobilenet4j.model;

import org.jspecify.annotations.NullMarked;
