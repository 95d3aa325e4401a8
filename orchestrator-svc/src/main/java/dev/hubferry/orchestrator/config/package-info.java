/** What can be configured, and how the parts are put together. */
@NullMarked
package dev.hubferry.orchestrator.config;

import org.jspecify.annotations.NullMarked;
