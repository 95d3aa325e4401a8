@NullMarked
package dev.hubferry.orchestrator.api.spec;

import org.jspecify.annotations.NullMarked;
