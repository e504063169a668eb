/// Labeled photos: data sets, their subsets and splits, and the order in which an epoch reads them.
///
/// Start at [DataSet]; [org.mobilenet4j.data.batch.Batches] turns one into a network's inputs.
@NullMarked
package org.mobilenet4j.data;

import org.jspecify.annotations.NullMarked;
