/// Reads the subset of HDF5 that Keras writes: groups, string attributes, and contiguous data sets of floats.
///
/// Written against the HDF5 File Format Specification, version 3.0. Files are not trusted: every position is checked to
/// lie inside the file before it is read, no structure is visited twice, and copies are bounded by the file's size.
/// Anything unsupported or damaged throws [org.mobilenet4j.error.BadValueException] with a one-line message.
@NullMarked
package org.mobilenet4j.formats.hdf5;

import org.jspecify.annotations.NullMarked;
