/// TensorFlow's frozen graphs and SavedModels. [TensorflowReader] resolves functions and variables; the graph that
/// results is read by the package for TensorFlow.js, which has the same graphs.
@NullMarked
package org.mobilenet4j.formats.tensorflow;

import org.jspecify.annotations.NullMarked;
