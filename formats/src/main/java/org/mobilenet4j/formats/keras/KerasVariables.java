package org.mobilenet4j.formats.keras;

import java.util.List;
import org.mobilenet4j.tensor.Tensor;

/// The variables of a Keras model's layers.
public interface KerasVariables {
    /// A variable of a layer.
    ///
    /// @param place the models that contain the layer, outermost first, then the layer itself
    /// @param number its index among the layer's variables, from 0
    /// @param names possible names, which differ between versions of Keras
    /// @throws IllegalArgumentException if there is none
    Tensor get(List<KerasLayer> place, int number, List<String> names);
}
