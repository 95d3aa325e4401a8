@NullMarked
package dev.hubferry.orchestrator.api.limit;

import org.jspecify.annotations.NullMarked;
