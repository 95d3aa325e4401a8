@NullMarked
package dev.hubferry.orchestrator.config;

import org.jspecify.annotations.NullMarked;
