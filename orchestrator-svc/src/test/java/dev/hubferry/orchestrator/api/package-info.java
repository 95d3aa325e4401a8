@NullMarked
package dev.hubferry.orchestrator.api;

import org.jspecify.annotations.NullMarked;
