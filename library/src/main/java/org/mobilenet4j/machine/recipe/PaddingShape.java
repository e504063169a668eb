package org.mobilenet4j.machine.recipe;

import org.mobilenet4j.kernel.layout.Plane;

/// Zeros around a map: so many rows above and below, so many pixels left and right of each row.
public record PaddingShape(Plane map, int top, int bottom, int left, int right) {}
