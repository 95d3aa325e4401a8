/** What the OpenAPI document says beyond what stands at the methods: errors, examples, units. */
@NullMarked
package dev.hubferry.orchestrator.api.openapi;

import org.jspecify.annotations.NullMarked;
