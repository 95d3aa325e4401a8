@NullMarked
package dev.hubferry.orchestrator;

import org.jspecify.annotations.NullMarked;
