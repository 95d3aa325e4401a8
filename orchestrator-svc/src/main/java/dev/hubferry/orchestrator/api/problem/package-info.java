/** Everything that the API answers when it does not do what it was asked. */
@NullMarked
package dev.hubferry.orchestrator.api.problem;

import org.jspecify.annotations.NullMarked;
