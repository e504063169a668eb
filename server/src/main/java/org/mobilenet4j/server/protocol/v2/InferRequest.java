package org.mobilenet4j.server.protocol.v2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to infer.
///
/// @param id that the answer repeats; null if there is none
/// @param input of the network, which has one
/// @param outputs that it asks for; empty for all
/// @param isBinary whether outputs that do not say come as bytes
record InferRequest(@Nullable String id, InputTensor input, List<OutputRequest> outputs, boolean isBinary) {}
