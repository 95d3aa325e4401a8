@NullMarked
package dev.hubferry.orchestrator.api.security;

import org.jspecify.annotations.NullMarked;
