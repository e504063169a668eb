/// HDF5 files, as far as Keras writes them: groups, attributes that are texts, and contiguous data sets
/// of floats.
///
/// Written against the HDF5 File Format Specification, version 3.0. Nothing is believed: every place
/// lies inside the file before it is read, no structure is visited twice, and what is copied is bounded
/// by the file's size. Whatever does not fit throws [org.mobilenet4j.error.BadValueException] with one line.
@NullMarked
package org.mobilenet4j.formats.hdf5;

import org.jspecify.annotations.NullMarked;
