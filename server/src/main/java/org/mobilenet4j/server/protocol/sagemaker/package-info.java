/// What a container of SageMaker answers.
@NullMarked
package org.mobilenet4j.server.protocol.sagemaker;

import org.jspecify.annotations.NullMarked;
