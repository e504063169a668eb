/// Labelled photos for training: data sets, augmentation, and batches that are made ahead of whoever
/// trains.
///
/// Start at [DataSet]; [Batches] turns one into a network's inputs. Augmentation follows Szegedy et
/// al., "Going deeper with convolutions" (2014), as TF-Slim has it; random erasing Zhong et al.
/// (2017), mixup Zhang et al. (2017), cutmix Yun et al. (2019).
@NullMarked
package org.mobilenet4j.data;

import org.jspecify.annotations.NullMarked;
